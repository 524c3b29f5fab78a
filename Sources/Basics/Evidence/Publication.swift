/// What the servers of a zone are to serve, and what each of them was found to serve.
package import DNSData

/// Records of one name and type that are waited for.
package struct AwaitedRecords: Hashable, Sendable {
  package let name: Name
  package let type: RecordType
  /// Empty: nothing of the kind is to stand there.
  package let records: [Record]
  /// What is asked to see them, all of it at `name`.
  package let questions: [Question]

  package init(_ name: Name, _ type: RecordType, _ records: [Record], questions: [Question]) {
    self.name = name
    self.type = type
    self.records = records
    self.questions = questions
  }

  package init(_ record: Record) {
    self.init(record.name, record.type, [record], questions: [Question(record.name, record.type)])
  }
}

/// What came of awaited records at one server.
package enum ServedState: Hashable, Sendable {
  case served
  /// What of them is not there, and what stands in its place, with the aliases that lead to it.
  case lacking([Record], instead: [Record])
  /// It answers, and does not speak for the zone (RFC 1034 §4.2.1).
  case withoutAuthority
  case unknown(LookupFailure)

  package var isLacking: Bool {
    switch self {
    case .lacking, .withoutAuthority: true
    case .served, .unknown: false
    }
  }
}

/// Says whether what a server answers is what is waited for.
package protocol PublicationMeasure: Sendable {
  var awaited: [AwaitedRecords] { get }
  /// One for each of `awaited`, in their order; `answers` are those of one server.
  func states(_ answers: KnownAnswers) -> [ServedState]
}

/// One look at all servers.
package struct PublicationState: Hashable, Sendable {
  package struct Finding: Hashable, Sendable {
    package let awaited: AwaitedRecords
    package let state: ServedState

    package init(_ awaited: AwaitedRecords, _ state: ServedState) {
      self.awaited = awaited
      self.state = state
    }
  }

  package struct Server: Hashable, Sendable {
    /// More than one where they share the address.
    package let names: [Name]
    package let address: ServerAddress
    package let findings: [Finding]

    package init(_ names: [Name], _ address: ServerAddress, _ findings: [Finding]) {
      self.names = names
      self.address = address
      self.findings = findings
    }
  }

  /// Servers that are not among those asked, or may not be.
  package enum Unasked: Hashable, Sendable {
    /// The look-up that would tell them failed.
    case lookUp(Question, LookupFailure)
    /// No zone above the name has name servers.
    case noServers(of: Name)
    case noAddress(of: Name)
    /// The name, of a zone or of a server, has more servers or addresses than are asked.
    case tooMany(of: Name)
  }

  package enum Standing: Hashable, Sendable {
    case served, lacking, unknown
  }

  package let servers: [Server]
  package let unasked: [Unasked]
  package let time: Timestamp

  package init(_ servers: [Server], unasked: [Unasked], at time: Timestamp) {
    self.servers = servers
    self.unasked = unasked
    self.time = time
  }

  /// Served is what every server serves; what a server lacks is known, whatever others could not tell.
  package var standing: Standing {
    let states = servers.flatMap(\.findings).map(\.state)
    if states.contains(where: \.isLacking) { return .lacking }
    return !states.isEmpty && unasked.isEmpty && states.allSatisfy { $0 == .served } ? .served : .unknown
  }
}

/// Why nobody waits any longer.
package enum WaitEnding: String, Hashable, Sendable {
  case served
  case timeOver = "time-over"
  case interrupted
}
