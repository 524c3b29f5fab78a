package import DNSData
import Evidence
package import MTASTS

/// The answer to whoever asks for the MTA-STS policy of a domain with a record (RFC 8461 §3.3).
package struct PolicyFetch: Subject {
  package let document: Document

  package static func observe(_ facts: Facts) -> Observation<PolicyFetch> {
    guard let answer = facts.mtastsAnswer, !facts.takesNoMail else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    guard facts.hasMTASTS(facts.domain), let host = MTASTSDiscovery.policyHost(for: facts.domain) else {
      return .notApplicable
    }
    guard facts.snapshot.request.probing.fetches else {
      return Observation([], gaps: [Gap(Place(host), .notTested(.notProbed))])
    }
    // Without an address there is nothing to ask, which is the fault of other rules.
    guard let fetch = facts.fetch(at: host, MTASTSDiscovery.policyPath) else {
      return Observation([], gaps: HostAddresses(host, in: facts).gaps)
    }
    let (document, gaps) = Document.observe(fetch)
    return Observation([document].compactMap(\.self).map(PolicyFetch.init), gaps: gaps)
  }
}

/// A policy that was served as a whole; what it says may be at fault.
package struct ServedPolicy: Subject {
  package let document: Document
  package let policy: MTASTSPolicy

  package static func observe(_ facts: Facts) -> Observation<ServedPolicy> {
    let fetch = facts.observation(of: PolicyFetch.self)
    let served = fetch.subjects.compactMap { fetch in
      fetch.document.body.map { ServedPolicy(document: fetch.document, policy: MTASTSPolicy($0)) }
    }
    return Observation(served, gaps: fetch.gaps)
  }

  /// One fault for each kind of fault that belongs to `aspect`, with the first line that has it.
  package func faults(
    of aspect: PolicyAspect, severity: (MTASTSPolicyFault.Kind) -> Severity? = { _ in nil }
  ) -> [Fault] {
    var seen: Set<MTASTSPolicyFault.Kind> = []
    let faults = policy.faults.filter { $0.kind.aspect == aspect && seen.insert($0.kind).inserted }
    return faults.map { fault in
      document.fault(
        severity: severity(fault.kind), words(of: fault),
        observed: line(around: fault.range).map { "\(foreign: $0)" })
    }
  }

  private func words(of fault: MTASTSPolicyFault) -> Message {
    guard !fault.range.isEmpty, fault.range.count < policy.octets.count else {
      return "\(own: fault.kind.description)"
    }
    let number = policy.octets[..<fault.range.lowerBound].filter { $0 == 0x0A }.count + 1
    return "Line \(number) of the policy: \(own: fault.kind.description)"
  }

  /// nil where something is missing.
  private func line(around range: Range<Int>) -> [UInt8]? {
    let octets = policy.octets
    guard range.upperBound <= octets.count, !range.isEmpty else { return nil }
    let start = octets[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = octets[range.lowerBound...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? octets.count
    return start < end ? Array(octets[start..<end]) : nil
  }
}

/// What a fault of a policy is about: one rule each.
package enum PolicyAspect: Hashable, Sendable {
  case size, version, mode, maxAge, hosts, patterns, form, repetition
}

extension MTASTSPolicyFault.Kind {
  package var aspect: PolicyAspect {
    switch self {
    case .tooLarge: .size
    case .empty, .versionMissing, .versionInvalid: .version
    case .modeMissing, .modeInvalid: .mode
    case .maxAgeMissing, .maxAgeInvalid, .maxAgeTooLarge: .maxAge
    case .patternsMissing: .hosts
    case .pattern: .patterns
    case .html, .byteOrderMark, .bareCarriageReturn, .emptyLine, .leadingWhiteSpace, .tab, .missingColon,
      .illegalName, .fieldNameNotLowerCase, .emptyValue, .illegalOctet, .notUTF8:
      .form
    case .duplicate: .repetition
    }
  }
}

/// A policy that senders take and that demands something of the MX hosts, and those hosts.
package struct PolicyInForce: Subject {
  package let document: Document
  package let policy: MTASTSPolicy
  package let isEnforced: Bool
  /// Those of the MX records, each once.
  package let hosts: [Name]

  package static func observe(_ facts: Facts) -> Observation<PolicyInForce> {
    let served = facts.observation(of: ServedPolicy.self)
    let inForce = served.subjects.compactMap { served -> PolicyInForce? in
      guard served.policy.usability == .ok else { return nil }
      let isEnforced: Bool
      switch served.policy.mode {
      case .enforce?: isEnforced = true
      case .testing?: isEnforced = false
      case MTASTSMode.none?, nil: return nil
      }
      return PolicyInForce(
        document: served.document, policy: served.policy, isEnforced: isEnforced, hosts: facts.exchangers)
    }
    if !inForce.isEmpty, let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    return Observation(inForce.filter { !$0.hosts.isEmpty }, gaps: served.gaps)
  }

  /// As senders act: mail is held back, or delivered all the same and reported.
  package var severity: Severity { isEnforced ? .critical : .medium }

  /// "in mode enforce".
  package var modeWords: Message { isEnforced ? "in mode enforce" : "in mode testing" }

  /// Hosts that the policy does not name are told of once, not at every one of their ports.
  fileprivate func demands(_ server: MailServer) -> Bool {
    server.isForMail && hosts.contains(server.host) && policy.covers(server.host)
  }
}

/// An MX host under a policy, as far as a rule must look at its server: `S` says how far.
package struct PolicedServer<S: ServerSubject>: Subject {
  package let policy: PolicyInForce
  package let subject: S

  package static func observe(_ facts: Facts) -> Observation<PolicedServer<S>> {
    let inForce = facts.observation(of: PolicyInForce.self)
    guard let policy = inForce.subjects.first else { return Observation([], gaps: inForce.gaps) }
    // What other ports did not tell is not missing here.
    let servers = facts.observation(of: Receiving<S>.self)
    let policed = servers.subjects.map(\.subject).filter { policy.demands($0.server) }.map {
      PolicedServer(policy: policy, subject: $0)
    }
    return Observation(policed, gaps: inForce.gaps + servers.gaps)
  }

  /// Whose the server is, where it is not the domain's own.
  package var ownerWords: Message {
    subject.server.ownership == .own ? "" : " It belongs to another organisation, which must mend it."
  }
}

/// The policy host asked over IPv6 alone, where it serves the policy and has addresses of both families.
package struct PolicyOverIPv6: Subject {
  package let document: Document

  package static func observe(_ facts: Facts) -> Observation<PolicyOverIPv6> {
    let served = facts.observation(of: ServedPolicy.self)
    guard let host = served.subjects.first?.document.fetch.request.host else {
      return Observation([], gaps: served.gaps)
    }
    guard let fetch = facts.fetchOverIPv6(at: host, MTASTSDiscovery.policyPath) else { return .notApplicable }
    let (document, gaps) = Document.observe(fetch)
    if fetch.failure == .unreachable, !facts.hasReachedIPv6 {
      return Observation([], gaps: gaps.map { Gap($0.place, .notTested(.familyMissing)) })
    }
    return Observation([document].compactMap(\.self).map(PolicyOverIPv6.init), gaps: gaps)
  }
}

/// What the policy host of a domain without a record serves.
package struct UnannouncedPolicy: Subject {
  package let document: Document
  /// nil where it serves no policy.
  package let policy: MTASTSPolicy?

  package static func observe(_ facts: Facts) -> Observation<UnannouncedPolicy> {
    guard let answer = facts.mtastsAnswer, facts.role == .mail, !facts.isMTASTSMeant else {
      return .notApplicable
    }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    guard let host = MTASTSDiscovery.policyHost(for: facts.domain) else { return .notApplicable }
    guard facts.snapshot.request.probing.fetches else {
      return Observation([], gaps: [Gap(Place(host), .notTested(.notProbed))])
    }
    guard let fetch = facts.fetch(at: host, MTASTSDiscovery.policyPath) else {
      return Observation([], gaps: HostAddresses(host, in: facts).gaps)
    }
    let (document, gaps) = Document.observe(fetch)
    let policies = [document].compactMap(\.self).map { document in
      UnannouncedPolicy(document: document, policy: document.body.map { MTASTSPolicy($0) })
    }
    return Observation(policies, gaps: gaps)
  }
}

extension Facts {
  /// Some server answered over IPv6 in this audit, so that this machine can speak it.
  var hasReachedIPv6: Bool {
    snapshot.fetches.contains { $0.responder?.family == .v6 }
      || snapshot.probes.contains { probe in
        probe.request.address.family == .v6 && (probe.conversation != nil || probe.outcome == .refused)
      }
  }
}
