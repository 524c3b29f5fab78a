/// Which mail servers an audit connects to.
package enum Probing: Hashable, Sendable, Codable {
  case none
  /// The usual ports, or of them only these.
  case usual(only: Set<UInt16>?)
  /// Also what takes more connections: certificates for each algorithm, pinned or not, and signatures with SHA-1; and
  /// what servers may take for an attack (`ProbeConduct.trial`).
  case full(only: Set<UInt16>?)

  package func includes(_ service: ProbedService) -> Bool {
    switch self {
    case .none: false
    case .usual(let ports), .full(let ports): ports?.contains(service.port) ?? true
    }
  }

  /// Documents over HTTPS too: unless only some ports are wanted.
  package var fetches: Bool {
    switch self {
    case .none: false
    case .usual(let ports), .full(let ports): ports == nil
    }
  }

  package var isFull: Bool {
    switch self {
    case .none, .usual: false
    case .full: true
    }
  }
}
