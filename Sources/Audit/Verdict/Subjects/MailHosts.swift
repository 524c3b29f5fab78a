package import DNSData
import PublicSuffix

/// The addresses of one host, as far as they could be learnt.
package struct HostAddresses: Hashable, Sendable {
  package let host: Name
  /// nil if the Collector had no reason to ask, or too many others to ask for.
  package let a: Answer?
  package let aaaa: Answer?

  package init(_ host: Name, in facts: Facts) {
    self.host = host
    a = facts.snapshot.answer(host, .a)
    aaaa = facts.snapshot.answer(host, .aaaa)
  }

  private var answers: [Answer] { [a, aaaa].compactMap(\.self) }

  package var addresses: [IPAddress] { answers.flatMap(\.records).compactMap(\.address) }

  /// Where the host leads as an alias; nil if it is none.
  package var aliasTarget: Name? { answers.lazy.compactMap(\.aliasTargets.last).first }

  /// Nothing was asked where there are more hosts than the audit looks at.
  package var gaps: [Gap] {
    guard !answers.isEmpty else { return [Gap(Place(host), .notTested(.limitReached))] }
    return answers.filter { $0.failure != nil }.map(Gap.init)
  }

  /// Neither family failed to answer, and neither has an address.
  package var isProvenEmpty: Bool { answers.count == 2 && gaps.isEmpty && addresses.isEmpty }

  /// The name does not exist at all; one answer proves it for both families (RFC 8020).
  package var isNoSuchName: Bool {
    answers.contains { if case .noSuchName = $0.outcome { true } else { false } }
  }

  /// It has no address, or none that is public.
  package func isProvenUnreachable(allowed: [IPNetwork]) -> Bool {
    guard !isNoSuchName, !isProvenEmpty else { return true }
    return gaps.isEmpty && !addresses.isEmpty
      && addresses.allSatisfy { SpecialPurpose.block(of: $0, allowed: allowed) != nil }
  }

  /// The answer that best shows where a statement about this host comes from.
  package var witness: Answer? { answers.first { $0.failure == nil } ?? answers.first }
}

extension Ground {
  package static func addresses(of host: Name) -> [Ground] {
    [.lookup(Question(host, .a)), .lookup(Question(host, .aaaa))]
  }
}

extension Record {
  package var address: IPAddress? {
    switch data {
    case .a(let address): .v4(address)
    case .aaaa(let address): .v6(address)
    default: nil
    }
  }
}

/// Whose a host is: what belongs to a third party is judged as theirs.
package enum Ownership: Hashable, Sendable {
  case own, thirdParty
}

/// One MX record and where it leads.
package struct MXTarget: Subject {
  package let answer: Answer
  package let preference: UInt16
  package let addresses: HostAddresses
  package let ownership: Ownership
  /// No other MX host has, or may have, an address that senders can reach.
  package let isLastHope: Bool
  /// The SOA look-up of the target's registrable domain, made when the target does not exist.
  package let registration: Answer?

  package var host: Name { addresses.host }

  /// The record that leads here, and the host's addresses.
  package var grounds: [Ground] {
    answer.records.filter { $0.exchanger?.exchange == host }.map(Ground.record) + Ground.addresses(of: host)
  }

  package static func observe(_ facts: Facts) -> Observation<MXTarget> {
    guard let answer = facts.mx else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let hopes = Set(
      facts.exchangers.filter {
        !HostAddresses($0, in: facts).isProvenUnreachable(allowed: facts.allowedNetworks)
      })
    let targets = answer.records.compactMap(\.exchanger).filter { !$0.isNull }.map { mx in
      MXTarget(
        answer: answer, preference: mx.preference, addresses: HostAddresses(mx.exchange, in: facts),
        ownership: facts.ownership(of: mx.exchange), isLastHope: hopes.subtracting([mx.exchange]).isEmpty,
        registration: facts.registration(of: mx.exchange))
    }
    let registrations = targets.compactMap(\.registration).filter { $0.failure != nil }.map(Gap.init)
    return Observation(targets, gaps: targets.flatMap(\.addresses.gaps) + registrations)
  }
}

extension Record {
  package var exchanger: MX? {
    if case .mx(let mx) = data { mx } else { nil }
  }
}

/// A host that receives mail: the target of an MX record, or the domain itself where there is none (RFC 5321 §5.1).
package struct MailHost: Subject {
  package let addresses: HostAddresses
  package let ownership: Ownership

  package static func observe(_ facts: Facts) -> Observation<MailHost> {
    guard facts.role != .undetermined || facts.mx?.failure == nil else {
      return Observation([], gaps: facts.mx.map { [Gap($0)] } ?? [])
    }
    let names = facts.role == .implicitMail ? [facts.domain] : facts.exchangers
    let hosts = names.map {
      MailHost(addresses: HostAddresses($0, in: facts), ownership: facts.ownership(of: $0))
    }
    return Observation(hosts, gaps: hosts.flatMap(\.addresses.gaps))
  }
}

/// An address that the domain's mail leaves from.
package struct Sender: Subject, Hashable {
  package enum Origin: Hashable, Sendable {
    /// The user named it; the MX host of the own organisation that has it, if there is one.
    case given(host: Name?)
    /// An MX host of the domain's own organisation that its SPF passes.
    case inferred(host: Name)
  }

  package struct ReverseName: Hashable, Sendable {
    package let name: Name
    /// The forward look-up in the sender's family; nil if there were too many names to ask.
    package let forward: Answer?
    package let confirms: Bool
  }

  package let address: IPAddress
  package let origin: Origin
  /// The PTR look-up.
  package let reverse: Answer
  package let names: [ReverseName]

  /// The own MX host that has this address.
  package var host: Name? {
    switch origin {
    case .given(let host): host
    case .inferred(let host): host
    }
  }

  package var place: Place { Place(reverse.question.name, .ptr, address: address) }

  package static func observe(_ facts: Facts) -> Observation<Sender> {
    let senders = facts.senders
    let gaps = senders.flatMap { sender in
      ([sender.reverse] + sender.names.compactMap(\.forward)).filter { $0.failure != nil }.map(Gap.init)
    }
    return Observation(senders, gaps: gaps + facts.senderGaps)
  }

  /// nil if its PTR was never asked.
  init?(_ address: IPAddress, _ origin: Origin, in facts: Facts) {
    guard let reverse = facts.snapshot.answer(address.reverseName, .ptr) else { return nil }
    self.address = address
    self.origin = origin
    self.reverse = reverse
    names = reverse.records.compactMap { record in
      guard case .ptr(let name) = record.data else { return nil }
      let forward = facts.snapshot.answer(name, address.family == .v4 ? .a : .aaaa)
      return ReverseName(
        name: name, forward: forward,
        confirms: forward?.records.contains { $0.address == address } == true)
    }
  }
}
