package import DNSData
package import Evidence

/// One thing that is wrong at one place. All of it is data; sentences are finished and escaped in Reports.
package struct Fault: Hashable, Sendable {
  package let place: Place
  /// Who said what was observed.
  package let source: Responder
  package let severity: Severity?
  package let message: Message
  package let observed: Message?
  package let expected: Message?
  package let mend: Mend?
  /// What is broken where other rules may come upon it by other ways.
  package let link: BrokenLink?
  /// What it follows from, where that is not as the operator means it.
  private(set) var grounds: [Ground] = []

  /// `severity` stays nil where the rule's own applies.
  package init(
    at place: Place, saidBy source: Responder, severity: Severity? = nil, _ message: Message,
    observed: Message? = nil, expected: Message? = nil, mend: Mend? = nil, link: BrokenLink? = nil
  ) {
    self.place = place
    self.source = source
    self.severity = severity
    self.message = message
    self.observed = observed
    self.expected = expected
    self.mend = mend
    self.link = link
  }

  /// A fault of what `answer` says.
  package init(
    in answer: Answer, severity: Severity? = nil, _ message: Message, observed: Message? = nil,
    expected: Message? = nil, mend: Mend? = nil
  ) {
    self.init(
      at: Place(answer.question.name, answer.question.type), saidBy: answer.responder, severity: severity,
      message,
      observed: observed, expected: expected, mend: mend)
  }
}

extension Fault {
  /// The same with another mend.
  package func proposing(_ mend: Mend?) -> Fault {
    changed(message: message, severity: severity, mend: mend)
  }

  /// The same, which follows from others where the expected configuration wants something else there.
  package func resting(on grounds: [Ground]) -> Fault {
    var fault = self
    fault.grounds += grounds
    return fault
  }

  /// The same, and what follows from it: as bad as the worst of that.
  func causing(_ consequences: Message, severity: Severity) -> Fault {
    changed(message: "\(message) From this follows: \(consequences).", severity: severity, mend: mend)
  }

  private func changed(message: Message, severity: Severity?, mend: Mend?) -> Fault {
    Fault(
      at: place, saidBy: source, severity: severity, message, observed: observed, expected: expected,
      mend: mend, link: link
    ).resting(on: grounds)
  }

  /// Without a mend that changes records of somebody else, such as those where an alias leads: nobody can paste them.
  /// A PTR record belongs to the network's owner, who publishes what the holder of the address asks for.
  func mendable(in facts: Facts) -> Fault {
    let changed = (mend?.records ?? []) + (mend?.removals ?? [])
    guard changed.contains(where: { $0.type != .ptr && facts.ownership(of: $0.name) == .thirdParty }) else {
      return self
    }
    return proposing(nil)
  }
}

/// The end of a link between names, to which several may lead: MX and SRV records, the settings of mail programs.
package enum BrokenLink: Hashable, Sendable {
  /// The host has none.
  case addresses(of: Name)
  /// Nothing listens there.
  case port(UInt16, of: Name)
  /// Nothing that the zone signs is trusted, by this cause.
  case trust(in: Name, BrokenTrust.Cause)
}

/// What a finding follows from.
package enum Ground: Hashable, Sendable {
  /// What a look-up shows.
  case lookup(Question)
  /// A record that leads to where the finding is.
  case record(Record)
}

/// Where something is: a name, and as far as it matters the record type, the address and the port.
package struct Place: Hashable, Sendable {
  package let name: Name
  package let type: RecordType?
  package let address: IPAddress?
  package let port: UInt16?

  package init(_ name: Name, _ type: RecordType? = nil, address: IPAddress? = nil, port: UInt16? = nil) {
    self.name = name
    self.type = type
    self.address = address
    self.port = port
  }

  /// The server there, where the place is one of a server.
  package var server: Responder? {
    guard let address, let port else { return nil }
    return .server(ServerAddress(address, port: port))
  }
}

/// The change of the zone that would mend a fault: `records` are to be published, `removals` go, and whatever else
/// stands at those names stays.
package struct Mend: Hashable, Sendable {
  package let records: [Record]
  package let removals: [Record]
  /// What the operator must fill in or know, if the lines alone do not say it.
  package let note: String?

  package init(publish records: [Record] = [], remove removals: [Record] = [], note: String? = nil) {
    self.records = records
    self.removals = removals
    self.note = note
  }
}

/// What could not be observed, and why. Never reads as "missing" or "fine".
package struct Gap: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// It was asked, and the answer failed.
    case failed(Answer)
    /// What came back is not to be believed; the link that does not hold.
    case bogus(ChainBreak)
    /// A server was called, and told nothing that could be judged.
    case noConversation(SilentServer)
    /// A document was asked for, and what came back proves nothing.
    case noDocument(WithheldDocument)
    /// This call or this machine cannot ask.
    case notTested(NotTested)
  }

  package let place: Place
  package let reason: Reason

  package init(_ place: Place, _ reason: Reason) {
    self.place = place
    self.reason = reason
  }

  /// From an answer that failed.
  package init(_ answer: Answer) {
    place = Place(answer.question.name, answer.question.type)
    switch answer.failure {
    case .notInFiles: reason = .notTested(.notInFiles)
    case .limitReached: reason = .notTested(.limitReached)
    case .addressNotAllowed: reason = .notTested(.addressNotAllowed)
    default: reason = .failed(answer)
    }
  }

  package var isUnknown: Bool {
    switch reason {
    case .failed, .bogus, .noConversation, .noDocument: true
    case .notTested: false
    }
  }
}

/// Why a mail server told nothing.
package enum SilentServer: Hashable, Sendable {
  case refusedConnection
  case connectionTimedOut
  case unreachable
  /// It hung up, fell silent, or spoke something else; the stage that was reached.
  case ended(MailSession.Interruption, MailSession.Stage)
  case unintelligible(MailSession.Stage)
  /// It turned this client away, for now or for good: the reply.
  case turnedAway(MailReply)
  /// The TLS handshake failed.
  case handshakeFailed(TLSFailure)
}

/// Why it is not known what a document says.
package enum WithheldDocument: Hashable, Sendable {
  /// None that proves something about the server.
  case failed(FetchFailure)
  /// A status that speaks of the moment or of this client.
  case putOff(Int)
  /// It leads elsewhere, where nobody went.
  case redirected
}

package enum NotTested: Hashable, Sendable, CaseIterable {
  case notInFiles
  case limitReached
  /// No selector was given, and none of the common ones has a key.
  case noSelector
  /// No selector was given; keys at common names do not tell which of them sign.
  case noSelectorGiven
  /// Nothing tells which addresses send.
  case noSender
  /// Mail servers are not connected to.
  case notProbed
  /// A special-purpose address of a server, not allowed with `--allow-addresses`.
  case addressNotAllowed
  /// This machine has no route for the address family.
  case familyMissing
  /// Every connection to port 25 timed out, while other ports answered: this network most likely blocks it.
  case smtpBlocked
  /// This machine cannot fetch documents.
  case noFetchHere
  /// The audit was over first.
  case auditEnded
  /// This machine cannot speak TLS as wanted, or has no CA store.
  case noTLSHere
  /// Nothing was asked that would tell whether signatures protect it, or the resolver passes none on.
  case notValidated
  /// Offline, or through the resolver alone.
  case serversNotAsked
  /// No name server anywhere answers this machine.
  case directPortClosed
  /// A blocklist answers with its own error code.
  case blocklistRefuses
  /// A blocklist fails its own test, so that nothing it says counts.
  case blocklistUnreliable
  /// A blocklist answers registered resolvers only.
  case blocklistUnregistered
  /// A blocklist answers with a code whose meaning is not described.
  case blocklistCodeUnexplained
}
