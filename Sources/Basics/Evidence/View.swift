/// Whom the audited zones are looked up at.
package enum View: String, Hashable, Sendable, Codable, CaseIterable {
  /// At their authoritative servers; what nobody there says is taken from the resolver, and that is told.
  case auto
  /// At the resolver, like everything else.
  case recursive
  /// At their authoritative servers alone.
  case authoritative

  package var asksServers: Bool { self != .recursive }
}
