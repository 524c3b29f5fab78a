import DANE
package import DNSData
package import Evidence

/// What a sender that uses DANE finds when it looks for the TLSA records of one port of a host (RFC 7672 §2.2.2, §2.2.3).
package enum TLSAFinding: Hashable, Sendable {
  /// Signed, with the name below which they stand: the host's, or the one where its alias leads.
  case records(base: Name, Answer)
  /// There are none; the answer that says so first.
  case none(Answer)
  /// There are some that are not signed: they count as none (§2.2).
  case insecureRecords(Answer, Insecurity)
  /// The host's addresses are not signed, so that nobody looks (§2.2.2).
  case insecureAddresses(Insecurity)
  /// The host has no address.
  case noAddress
  /// Everybody's look-up fails: nothing is delivered to the host (§2.1.2).
  case failure(Question, ProvenFailure)
  case unknown(Gap)

  /// The records that count are there.
  package var hasPins: Bool { if case .records = self { true } else { false } }
}

extension Facts {
  /// Only hosts that mail is delivered to may be aliases: SRV records lead to none (RFC 2782).
  package func tlsa(of host: Name, port: UInt16 = TLSAName.smtpPort) -> TLSAFinding {
    switch addressTrust(of: host) {
    case .secure(let expanded?) where port == TLSAName.smtpPort: tlsa(below: [expanded, host], port)
    case .secure, .insecureBehindSecureAlias: tlsa(below: [host], port)
    case .insecure(let insecurity): .insecureAddresses(insecurity)
    case .bogus(let question, let link): .failure(question, .bogus(link))
    case .noAddress: .noAddress
    case .unknown(let gap): .unknown(gap)
    }
  }

  /// The first of the names with signed records counts; a failure ends the search.
  private func tlsa(below bases: [Name], _ port: UInt16) -> TLSAFinding {
    var last: TLSAFinding?
    for base in bases {
      guard let name = TLSAName.of(host: base, port: port), case let question = Question(name, .tlsa) else {
        continue
      }
      if let failure = provenFailure(question) { return .failure(question, failure) }
      guard let answer = snapshot[question] else {
        return .unknown(Gap(Place(name, .tlsa), .notTested(.limitReached)))
      }
      guard answer.failure == nil else { return .unknown(Gap(answer)) }
      switch trust(question) {
      case .secure where answer.tlsa.isEmpty: last = last ?? TLSAFinding.none(answer)
      case .secure: return .records(base: base, answer)
      case .insecure(let insecurity):
        // Records that nobody heeds are what is to be told of.
        last = answer.tlsa.isEmpty ? last ?? TLSAFinding.none(answer) : .insecureRecords(answer, insecurity)
      case .bogus(let link): return .failure(question, .bogus(link))
      case .unknown(let answer): return .unknown(Gap(Place(name, .tlsa), .failed(answer)))
      case .notTested(let reason): return .unknown(Gap(Place(name, .tlsa), .notTested(reason)))
      }
    }
    return last ?? .unknown(Gap(Place(bases.last ?? domain, .tlsa), .notTested(.limitReached)))
  }
}

/// How far DNSSEC carries the addresses of a host (RFC 7672 §2.2.2).
package enum AddressTrust: Hashable, Sendable {
  /// Where the alias leads, if the host is one.
  case secure(expanded: Name?)
  /// The host is an alias that is signed, and what it leads to is not.
  case insecureBehindSecureAlias
  case insecure(Insecurity)
  case bogus(Question, ChainBreak)
  case noAddress
  case unknown(Gap)
}

extension Facts {
  package func addressTrust(of host: Name) -> AddressTrust {
    let questions = [Question(host, .a), Question(host, .aaaa)]
    // One look-up that fails for everybody is enough to pass the host over.
    for question in questions {
      if case .bogus(let link) = trust(question) { return .bogus(question, link) }
    }
    let answers = questions.compactMap { snapshot[$0] }
    let found = answers.filter { !$0.records.isEmpty }
    guard !found.isEmpty else {
      if let failed = answers.first(where: { $0.failure != nil }) { return .unknown(Gap(failed)) }
      return answers.count == questions.count
        ? .noAddress : .unknown(Gap(Place(host, .a), .notTested(.limitReached)))
    }
    var insecurity: Insecurity?
    for answer in found {
      let trust = trust(answer.question)
      if let gap = trust.gap(at: Place(host, answer.question.type)) { return .unknown(gap) }
      if case .insecure(let reason) = trust { insecurity = insecurity ?? reason }
    }
    guard let insecurity else { return .secure(expanded: found.lazy.compactMap(\.aliasTargets.last).first) }
    return found.contains { !$0.aliases.isEmpty } ? aliasTrust(of: host, insecurity) : .insecure(insecurity)
  }

  private func aliasTrust(of host: Name, _ insecurity: Insecurity) -> AddressTrust {
    let alias = Question(host, .cname)
    return switch trust(alias) {
    case .secure: .insecureBehindSecureAlias
    case .insecure: .insecure(insecurity)
    case .bogus(let link): .bogus(alias, link)
    case .unknown(let answer): .unknown(Gap(Place(host, .cname), .failed(answer)))
    case .notTested(let reason): .unknown(Gap(Place(host, .cname), .notTested(reason)))
    }
  }
}
