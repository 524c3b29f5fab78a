package import DNSData
package import Evidence

/// What `mailaudit wait` prints: one word, then a line for each server, and below it what that server lacks.
package struct WaitReport {
  package typealias Word = PublicationState.Standing

  /// Shown of what stands in the place of one awaited record set.
  private static let maximumShown = 8

  private let state: PublicationState
  private let ending: WaitEnding

  package init(_ state: PublicationState, _ ending: WaitEnding) {
    self.state = state
    self.ending = ending
  }

  /// Who is interrupted does not know how it would have ended.
  package var word: Word { ending == .interrupted ? .unknown : state.standing }

  package var text: String {
    let note = ending == .interrupted ? ["Interrupted: this is what was seen last."] : []
    let servers = state.servers.flatMap { server in
      [Self.line(server)] + server.findings.flatMap(Self.lines)
    }
    let unasked = state.unasked.map(\.sentence)
    return ([word.text] + note + servers + unasked).joined(separator: "\n") + "\n"
  }

  /// One for each server: who it is, and how much it serves.
  package static func lines(_ state: PublicationState) -> [String] { state.servers.map(line) }

  private static func line(_ server: PublicationState.Server) -> String {
    "\(server.names.map(\.display).joined(separator: ", ")) \(server.address): \(server.count) of "
      + "\(server.findings.count)"
  }

  private static func lines(_ finding: PublicationState.Finding) -> [String] {
    let place = "\(finding.awaited.name.display) \(finding.awaited.type)"
    switch finding.state {
    case .served: return []
    case .withoutAuthority:
      return lacking(finding.awaited.records, place) + ["  instead: it does not speak for the zone"]
    case .unknown(let failure): return ["  unknown: \(place): \(failure.sentence)"]
    case .lacking(let records, let instead):
      let shown = instead.prefix(maximumShown).map { "  instead: \(line($0))" }
      let rest = instead.count - shown.count
      let more = rest > 0 ? ["  instead: \(rest) more"] : []
      return lacking(records, place) + (shown.isEmpty ? ["  instead: nothing"] : shown) + more
    }
  }

  private static func lacking(_ records: [Record], _ place: String) -> [String] {
    // Where nothing is to stand, nothing can be named that is not there.
    records.isEmpty ? ["  lacks: no \(place)"] : records.map { "  lacks: \(line($0))" }
  }

  private static func line(_ record: Record) -> String { Printable.text(Array(record.withoutTTL.utf8)) }

  // MARK: - For programs

  /// Names are stable; additions are compatible.
  package func json(domain: Name, waited: Duration, tool: String) throws -> String {
    try JSONText.encode(
      Document(
        tool: tool, domain: domain.display, time: state.time, result: word.text, ended: ending.rawValue,
        seconds: waited.components.seconds, servers: state.servers.map(Document.Server.init),
        unasked: state.unasked.map(\.sentence)))
  }

  private struct Document: Encodable {
    struct Server: Encodable {
      let names: [String]
      let address: String
      let wanted: Int
      let served: Int
      let records: [Finding]

      init(_ server: PublicationState.Server) {
        names = server.names.map(\.display)
        address = server.address.description
        wanted = server.findings.count
        served = server.count
        records = server.findings.map(Finding.init)
      }
    }

    struct Finding: Encodable {
      let name: String
      let type: String
      let state: String
      let wanted: [String]
      /// nil unless the server answers for its zone, and not as is wanted.
      let lacking: [String]?
      let instead: [String]?
      let message: String?

      init(_ finding: PublicationState.Finding) {
        name = finding.awaited.name.display
        type = finding.awaited.type.description
        wanted = finding.awaited.records.map(\.withoutTTL)
        var lacking: [Record]?
        var instead: [Record]?
        switch finding.state {
        case .served: (state, message) = ("served", nil)
        case .withoutAuthority: (state, message) = ("lacking", "it does not speak for the zone")
        case .unknown(let failure): (state, message) = ("unknown", failure.sentence)
        case .lacking(let records, let others):
          (state, message) = ("lacking", nil)
          lacking = records
          instead = others
        }
        self.lacking = lacking?.map(\.withoutTTL)
        self.instead = instead?.map(\.withoutTTL)
      }
    }

    var format = "mailaudit.wait"
    var version = JSONReport.version
    let tool: String
    let domain: String
    let time: Timestamp
    let result: String
    let ended: String
    let seconds: Int64
    let servers: [Server]
    let unasked: [String]
  }
}

extension PublicationState.Standing {
  fileprivate var text: String {
    switch self {
    case .served: "served"
    case .lacking: "lacking"
    case .unknown: "unknown"
    }
  }
}

extension PublicationState.Server {
  fileprivate var count: Int { findings.count { $0.state == .served } }
}

extension PublicationState.Unasked {
  fileprivate var sentence: String {
    switch self {
    case .lookUp(let question, let failure):
      "not asked: whom \(question.name.display) \(question.type) tells: \(failure.sentence)"
    case .noServers(let name): "not asked: \(name.display) is in no zone that names its servers"
    case .noAddress(let name): "not asked: \(name.display) has no address to ask at"
    case .tooMany(let name): "not asked: \(name.display) has more servers or addresses than are asked"
    }
  }
}

extension Record {
  fileprivate var withoutTTL: String { "\(name.display) \(type) \(data)" }
}
