package import DANE
package import DNSData
package import Evidence

/// The TLSA records for one port of one host that clients heed, because they and the host's addresses are signed: 25 of
/// every MX host, and the ports for clients of the own ones.
package struct TLSAPublication: Subject {
  package let host: Name
  package let port: UInt16
  /// The host, or where it leads as an alias.
  package let base: Name
  package let answer: Answer
  package let set: TLSASet

  package static func observe(_ facts: Facts) -> Observation<TLSAPublication> {
    let hosts = facts.observation(of: HostTLSA.self)
    var published: [TLSAPublication] = []
    var gaps = hosts.gaps
    for (host, door) in hosts.subjects.flatMap({ host in host.publishing.map { (host.host, $0) } }) {
      switch facts.tlsa(of: host, port: door.port) {
      case .records(let base, let answer):
        published.append(
          TLSAPublication(
            host: host, port: door.port, base: base, answer: answer,
            set: TLSASet(answer.tlsa, for: door.application)))
      case .unknown(let gap): gaps.append(gap)
      case .failure(let question, _):
        if let answer = facts.snapshot[question], answer.failure != nil { gaps.append(Gap(answer)) }
      case .none, .insecureRecords, .insecureAddresses, .noAddress: break
      }
    }
    return Observation(published, gaps: gaps)
  }

  /// Those for the hosts that deliver, who look at port 25 alone: what is not known of other ports is no gap of it.
  static func atPort25(_ facts: Facts) -> Observation<TLSAPublication> {
    let all = observe(facts)
    let elsewhere = facts.exchangers.flatMap { host in
      TLSAName.clientPorts.compactMap { TLSAName.of(host: host, port: $0) }
        + [TLSAName.parent(of: host)].compactMap(\.self)
    }
    let others = Set(elsewhere)
    return Observation(
      all.subjects.filter(\.isForMail),
      gaps: all.gaps.filter { $0.place.type != .tlsa || !others.contains($0.place.name) })
  }

  package var isForMail: Bool { self.set.application == .smtp }

  /// A fault of all records together. Hardly any mail program looks for the records of client ports yet.
  package func fault(_ message: Message, expected: Message? = nil, mend: Mend? = nil) -> Fault {
    Fault(in: answer, severity: isForMail ? nil : .low, message, expected: expected, mend: mend)
  }
}

/// TLSA records for one port of one host that nobody heeds, because they or the host's addresses are not signed.
package struct InsecureTLSA: Subject {
  package enum Cause: Hashable, Sendable {
    case records(Insecurity)
    /// The host's addresses are not signed, and nobody looks for its records (RFC 7672 §2.2.2).
    case addresses(Insecurity)

    package var insecurity: Insecurity {
      switch self {
      case .records(let insecurity), .addresses(let insecurity): insecurity
      }
    }
  }

  package let host: Name
  package let answer: Answer
  package let cause: Cause
  package let ownership: Ownership
  package let isForMail: Bool

  package static func observe(_ facts: Facts) -> Observation<InsecureTLSA> {
    let hosts = facts.observation(of: HostTLSA.self)
    var found: [InsecureTLSA] = []
    var gaps = hosts.gaps
    for (host, door) in hosts.subjects.flatMap({ host in host.publishing.map { (host.host, $0) } }) {
      func add(_ answer: Answer, _ cause: Cause) {
        found.append(
          InsecureTLSA(
            host: host, answer: answer, cause: cause, ownership: facts.ownership(of: host),
            isForMail: door.application == .smtp))
      }
      switch facts.tlsa(of: host, port: door.port) {
      case .insecureRecords(let answer, let insecurity): add(answer, .records(insecurity))
      case .insecureAddresses(let insecurity):
        if let answer = door.answers.first(where: { !$0.tlsa.isEmpty }) {
          add(answer, .addresses(insecurity))
        }
      case .unknown(let gap): gaps.append(gap)
      case .records, .none, .noAddress, .failure: break
      }
    }
    return Observation(found, gaps: gaps)
  }

  /// The name of the records is an alias that is signed, and leads to where nothing is (RFC 7671 §6).
  package var isBehindAlias: Bool {
    guard case .records(let insecurity) = cause, !answer.aliases.isEmpty else { return false }
    return !answer.question.name.isAtOrBelow(insecurity.zone)
  }

  /// What a provider alone can change weighs less, and so do the ports for mail programs.
  package func fault(_ message: Message, observed: Message? = nil, expected: Message? = nil) -> Fault {
    let severity: Severity? = !isForMail ? .low : ownership == .own ? nil : .medium
    return Fault(in: answer, severity: severity, message, observed: observed, expected: expected)
  }
}

/// One MX host, and what was asked of its TLSA records, signed or not.
package struct HostTLSA: Subject {
  package struct Door: Hashable, Sendable {
    package let port: UInt16
    package let answers: [Answer]

    package var application: DANEApplication { port == TLSAName.smtpPort ? .smtp : .srv }
  }

  package let host: Name
  /// At port 25.
  package let mail: Answer
  /// The same where the host leads as an alias.
  package let expanded: Answer?
  /// At the ports for clients, in the order of `TLSAName.clientPorts`; none for a third party's host.
  package let clients: [Answer]
  /// `_tcp` itself, which tells whether anything stands below; nil for a third party's host.
  package let parent: Answer?
  /// Below `_tcp` at a label that nobody has published.
  package let wildcard: Answer?
  /// Where there are records.
  package let publishing: [Door]

  private var answers: [Answer] { [mail] + clients + [expanded, parent, wildcard].compactMap(\.self) }

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
    let target = HostAddresses(host, in: facts).aliasTarget
    let doors = TLSAName.clientPorts.compactMap { port in
      answer(TLSAName.of(host: host, port: port)).map { Door(port: port, answers: [$0]) }
    }
    self.host = host
    self.mail = mail
    self.parent = answer(parent)
    expanded = answer(target.flatMap { TLSAName.of(host: $0) })
    clients = doors.flatMap(\.answers)
    wildcard = parent.flatMap { facts.wildcard(.tlsa, below: $0) }
    let ownDoor = Door(port: TLSAName.smtpPort, answers: [mail, expanded].compactMap(\.self))
    publishing = ([ownDoor] + doors).filter { $0.answers.contains { !$0.tlsa.isEmpty } }
  }
}

/// The same where what is published is signed, so that somebody heeds it.
package struct SignedHostTLSA: Subject {
  package let host: HostTLSA

  package static func observe(_ facts: Facts) -> Observation<SignedHostTLSA> {
    let hosts = facts.observation(of: HostTLSA.self)
    var gaps = hosts.gaps
    let signed = hosts.subjects.filter { host in
      let published = (host.publishing.flatMap(\.answers) + [host.wildcard].compactMap(\.self)).filter {
        !$0.tlsa.isEmpty
      }
      let trusts = published.map { facts.trust($0.question) }
      let open = zip(trusts, published).compactMap { trust, answer in
        trust.gap(at: Place(answer.question.name, .tlsa))
      }
      gaps += open
      return open.isEmpty && (published.isEmpty || trusts.contains(.secure))
    }
    return Observation(signed.map(SignedHostTLSA.init), gaps: gaps)
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
