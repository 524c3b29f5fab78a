import BIMI
import CAA
import DMARC
import DNSData
import Evidence
import MTASTS
import PublicSuffix
import SPF
import TLSRPT

// What is asked of the policies that the domain publishes.

extension Inquiry {
  /// Names above a deep domain that the DMARC tree walk leaves out.
  private static let maximumSkippedNames = 10

  func policies(_ known: KnownAnswers) -> Set<Question> {
    var questions = SPFTree.evaluate(request.domain, known).needed
    for sender in possibleSenders(known) {
      questions.formUnion(spfCheck(of: sender).evaluate(known).needed)
    }
    questions.formUnion(DMARCDiscovery.evaluate(domain: request.domain, answers: known).needed)
    questions.formUnion(skippedPolicies)
    questions.formUnion(legacyPolicies(known))
    questions.formUnion(policyWildcards(known))
    questions.formUnion(transportPolicies(known))
    if let name = BIMIName.of(domain: request.domain) { questions.insert(Question(name, .txt)) }
    return questions
  }

  func spfCheck(of sender: IPAddress) -> SPFCheck { spfCheck(of: sender, as: request.domain) }

  private func spfCheck(of sender: IPAddress, as identity: Name) -> SPFCheck {
    SPFCheck(
      client: sender, mailFrom: "postmaster@\(identity.display)", helo: identity.display,
      now: Timestamp(milliseconds: 0))
  }

  /// SPF of the other names that the expected senders show.
  func identities(_ known: KnownAnswers) -> Set<Question> {
    request.wanted.identities.reduce(into: []) { questions, identity in
      for sender in request.senders {
        questions.formUnion(spfCheck(of: sender, as: identity).evaluate(known).needed)
      }
    }
  }

  // MARK: - DMARC

  /// Records above a deep domain that the tree walk leaves out.
  private var skippedPolicies: Set<Question> {
    let names = DMARCDiscovery.skippedTargets(of: request.domain).prefix(Self.maximumSkippedNames)
    return Set(
      names.compactMap { try? $0.prepending(DMARCDiscovery.prefix) }.map { Question($0, .txt) })
  }

  /// What receivers of the RFC 7489 generation ask for.
  private func legacyPolicies(_ known: KnownAnswers) -> Set<Question> {
    let organization = SuffixList.registrableDomain(of: request.domain) ?? request.domain
    return DMARCLegacyDiscovery.evaluate(
      domain: request.domain, organizationalDomain: organization, answers: known
    ).needed
  }

  /// Whether an alias at `_dmarc` that leads to no record is that of a wildcard, and whether names that nobody has
  /// published are missing where `np` counts on it.
  private func policyWildcards(_ known: KnownAnswers) -> Set<Question> {
    guard case .result(let discovery) = DMARCDiscovery.evaluate(domain: request.domain, answers: known) else {
      return []
    }
    return Set(
      discovery.steps.filter { step in
        switch step.finding {
        case .noRecord: step.question.flatMap(known)?.aliases.isEmpty == false
        case .record(let record): record.settings.nonexistentPolicy != nil
        case .multipleRecords, .failed: false
        }
      }.compactMap { step in
        (try? step.target.prepending(request.probeLabel)).map { Question($0, .txt) }
      })
  }

  // MARK: - MTA-STS, TLS reporting

  private func transportPolicies(_ known: KnownAnswers) -> Set<Question> {
    var questions = TLSRPTDiscovery.evaluate(domain: request.domain, answers: known).needed
    switch MTASTSDiscovery.evaluate(domain: request.domain, answers: known) {
    case .needs(let needed): questions.formUnion(needed)
    case .result(let discovery):
      if discovery.texts.contains(where: { $0.standing != .unrelated }),
        let host = MTASTSDiscovery.policyHost(for: request.domain)
      {
        questions.formUnion([Question(host, .a), Question(host, .aaaa)])
        questions.formUnion(CAADiscovery.evaluate(name: host, answers: known).needed)
      }
      // A policy may be served that nobody asks for; an address is enough to know that the host is there.
      if mayServeUnannounced(discovery, known), let host = MTASTSDiscovery.policyHost(for: request.domain) {
        questions.insert(Question(host, .a))
        if case .noData = known(Question(host, .a))?.outcome { questions.insert(Question(host, .aaaa)) }
      }
      // Policies are not inherited (RFC 8461 §3.4), though one further up is often believed to be.
      if discovery.finding == .noRecord, let organization = SuffixList.registrableDomain(of: request.domain) {
        questions.formUnion(MTASTSDiscovery.evaluate(domain: organization, answers: known).needed)
      }
    }
    return questions
  }
}
