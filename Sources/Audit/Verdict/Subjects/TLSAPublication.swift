package import DANE
package import DNSData

/// The TLSA records for one port of one host: 25 of every MX host, and the ports for clients of the own ones.
/// Whether they are signed, so that anybody heeds them at all, is not looked at here.
package struct TLSAPublication: Subject {
  package let host: Name
  package let answer: Answer
  package let set: TLSASet

  package static func observe(_ facts: Facts) -> Observation<TLSAPublication> {
    let hosts = HostTLSA.observe(facts)
    let answers = hosts.subjects.flatMap { host in
      [(host.host, host.mail, DANEApplication.smtp)] + host.clients.map { (host.host, $0, .srv) }
    }
    let published = answers.compactMap { host, answer, application -> TLSAPublication? in
      guard !answer.tlsa.isEmpty else { return nil }
      return TLSAPublication(host: host, answer: answer, set: TLSASet(answer.tlsa, for: application))
    }
    return Observation(published, gaps: hosts.gaps)
  }

  /// Those for the hosts that deliver, who look at port 25 alone: what is not known of other ports is no gap of it.
  static func atPort25(_ facts: Facts) -> Observation<TLSAPublication> {
    let all = observe(facts)
    let names = Set(facts.exchangers.compactMap { TLSAName.of(host: $0) })
    return Observation(
      all.subjects.filter(\.isForMail),
      gaps: all.gaps.filter { $0.place.type != .tlsa || names.contains($0.place.name) })
  }

  package var isForMail: Bool { self.set.application == .smtp }

  /// A fault of all records together. Hardly any mail program looks for the records of client ports yet.
  package func fault(_ message: Message, expected: Message? = nil, mend: Mend? = nil) -> Fault {
    Fault(in: answer, severity: isForMail ? nil : .low, message, expected: expected, mend: mend)
  }
}

/// One MX host, and what was asked of its TLSA records.
package struct HostTLSA: Subject {
  package let host: Name
  /// At port 25.
  package let mail: Answer
  /// At the ports for clients, in the order of `TLSAName.clientPorts`; none for a third party's host.
  package let clients: [Answer]
  /// `_tcp` itself, which tells whether anything stands below; nil for a third party's host.
  package let parent: Answer?
  /// Below `_tcp` at a label that nobody has published.
  package let wildcard: Answer?

  private var answers: [Answer] { [mail] + clients + [parent, wildcard].compactMap(\.self) }

  package static func observe(_ facts: Facts) -> Observation<HostTLSA> {
    if let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    let hosts = facts.exchangers.compactMap { HostTLSA($0, in: facts) }
    // More hosts than the Collector asks for.
    let asked = Set(hosts.map(\.host))
    let unasked = facts.exchangers.filter { !asked.contains($0) }.compactMap { TLSAName.of(host: $0) }
    return Observation(
      hosts,
      gaps: hosts.flatMap(\.answers).filter { $0.failure != nil }.map(Gap.init)
        + unasked.map { Gap(Place($0, .tlsa), .notTested(.limitReached)) })
  }

  private init?(_ host: Name, in facts: Facts) {
    func answer(_ name: Name?) -> Answer? { name.flatMap { facts.snapshot.answer($0, .tlsa) } }
    guard let mail = answer(TLSAName.of(host: host)) else { return nil }
    let parent = TLSAName.parent(of: host)
    self.host = host
    self.mail = mail
    self.parent = answer(parent)
    clients = TLSAName.clientPorts.compactMap { answer(TLSAName.of(host: host, port: $0)) }
    wildcard = parent.flatMap { facts.wildcard(.tlsa, below: $0) }
  }
}

extension Answer {
  package var tlsa: [TLSA] { records.compactMap { if case .tlsa(let tlsa) = $0.data { tlsa } else { nil } } }
}

extension TLSAAssessment {
  /// "3 1 1": the three numbers in front of the data, by which operators call a record.
  package var shortName: Message {
    "\(Int(record.usage)) \(Int(record.selector)) \(Int(record.matchingType))"
  }
}
