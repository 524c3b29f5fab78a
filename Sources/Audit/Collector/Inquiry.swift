import CAA
import DANE
import DMARC
package import DNSData
package import Evidence
import MailDiscovery
import PublicSuffix
import SPF

/// What an audit needs to know: a pure function of the answers known so far. Everything that does not wait for an
/// answer is in the first set, so that an audit takes as many rounds as its longest chain of questions.
package struct Inquiry: Sendable {
  /// MX hosts looked at; SPF's own limit is 10 (RFC 7208 §4.6.4), and senders try few.
  package static let maximumExchangers = 20
  /// Reverse names of one address that are confirmed (RFC 7208 §5.5).
  package static let maximumReverseNames = 10
  /// Names above a deep domain that the DMARC tree walk leaves out.
  package static let maximumSkippedNames = 10
  /// Hosts to which SRV records lead; eight services of one or two hosts each are many.
  package static let maximumServiceTargets = 20
  /// Selectors that signers use by default: tried when none is given. What is missed there proves nothing.
  package static let commonSelectors = [
    "default", "dkim", "google", "k1", "mail", "s1", "s2", "selector1", "selector2",
  ]

  let request: AuditRequest

  package init(_ request: AuditRequest) { self.request = request }

  /// Asked already or not.
  package func needs(_ known: KnownAnswers) -> Set<Question> {
    var questions = basics
    questions.formUnion(hosts(known))
    questions.formUnion(policies(known))
    questions.formUnion(reverseNames(known))
    questions.formUnion(registrations(known))
    questions.formUnion(misplacedKeys(known))
    questions.formUnion(blocklists(known))
    return questions
  }

  /// The questions in the order of their dependence, given all answers: each needs only those in front of it.
  package func rounds(_ answers: [Question: Answer]) -> [Set<Question>] {
    var rounds: [Set<Question>] = []
    var known: [Question: Answer] = [:]
    while true {
      let next = needs { known[$0] }.filter { known[$0] == nil && answers[$0] != nil }
      guard !next.isEmpty else { return rounds }
      rounds.append(next)
      for question in next { known[question] = answers[question] }
    }
  }

  // MARK: - What waits for nothing

  private var basics: Set<Question> {
    var questions: Set<Question> = [
      Question(request.domain, .mx), Question(request.domain, .txt), Question(request.domain, .a),
      Question(request.domain, .aaaa), Question(request.domain, .spf),
    ]
    let guesses = Self.commonSelectors + request.publishedSelectors
    let selectors = request.selectors.isEmpty ? guesses : request.selectors
    for label in selectors + [request.probeLabel] {
      if let name = DKIMName.of(selector: label, domain: request.domain) {
        questions.insert(Question(name, .txt))
      }
    }
    questions.formUnion(DKIMName.policies(of: request.domain).map { Question($0, .txt) })
    questions.formUnion(request.senders.map { Question($0.reverseName, .ptr) })
    questions.formUnion(serviceNames.map { Question($0, .srv) })
    return questions
  }

  private var serviceNames: [Name] { MailService.allCases.compactMap { $0.owner(for: request.domain) } }

  // MARK: - Hosts

  private func hosts(_ known: KnownAnswers) -> Set<Question> {
    let exchangers = exchangers(known)
    var questions = Set(
      (exchangers + serviceTargets(known)).flatMap { [Question($0, .a), Question($0, .aaaa)] })
    questions.formUnion(exchangers.compactMap { TLSAName.of(host: $0) }.map { Question($0, .tlsa) })
    // The SPF record of an own host, which may give its name in HELO.
    let own = exchangers.filter { SuffixList.shareOrganisation($0, request.domain) }
    questions.formUnion(own.map { Question($0, .txt) })
    return questions
  }

  private func serviceTargets(_ known: KnownAnswers) -> [Name] {
    let records = serviceNames.flatMap { known(Question($0, .srv))?.records ?? [] }
    let names = records.compactMap { if case .srv(let srv) = $0.data { srv.target } else { nil } }
    return Array(Set(names.filter { !$0.isRoot }).sorted().prefix(Self.maximumServiceTargets))
  }

  func exchangers(_ known: KnownAnswers) -> [Name] {
    let records = known(Question(request.domain, .mx))?.records ?? []
    let names = records.compactMap { if case .mx(let mx) = $0.data { mx.exchange } else { nil } }
    return Array(names.filter { !$0.isRoot }.sorted().prefix(Self.maximumExchangers))
  }

  private func reverseNames(_ known: KnownAnswers) -> Set<Question> {
    var questions: Set<Question> = []
    for address in possibleSenders(known) {
      let reverse = Question(address.reverseName, .ptr)
      questions.insert(reverse)
      let names = (known(reverse)?.records ?? []).compactMap {
        if case .ptr(let name) = $0.data { name } else { nil }
      }
      for name in names.prefix(Self.maximumReverseNames) {
        questions.insert(Question(name, address.family == .v4 ? .a : .aaaa))
      }
    }
    return questions
  }

  /// Those given, or those of the own MX hosts, which are senders if SPF passes them.
  func possibleSenders(_ known: KnownAnswers) -> [IPAddress] {
    guard request.senders.isEmpty else { return request.senders }
    return exchangers(known).filter { SuffixList.shareOrganisation($0, request.domain) }.flatMap {
      addresses(of: $0, known)
    }
  }

  private func addresses(of host: Name, _ known: KnownAnswers) -> [IPAddress] {
    [RecordType.a, .aaaa].flatMap { known(Question(host, $0))?.records ?? [] }.compactMap { record in
      switch record.data {
      case .a(let address): .v4(address)
      case .aaaa(let address): .v6(address)
      default: nil
      }
    }
  }

  // MARK: - Policies

  private func policies(_ known: KnownAnswers) -> Set<Question> {
    var questions = SPFTree.evaluate(request.domain, known).needed
    questions.formUnion(DMARCDiscovery.evaluate(domain: request.domain, answers: known).needed)
    questions.formUnion(skippedPolicies)
    questions.formUnion(CAADiscovery.evaluate(name: request.domain, answers: known).needed)
    questions.formUnion(policyWildcards(known))
    for sender in possibleSenders(known) {
      questions.formUnion(spfCheck(of: sender).evaluate(known).needed)
    }
    return questions
  }

  /// Records above a deep domain that the tree walk leaves out.
  private var skippedPolicies: Set<Question> {
    let names = DMARCDiscovery.skippedTargets(of: request.domain).prefix(Self.maximumSkippedNames)
    return Set(
      names.compactMap { try? $0.prepending(DMARCDiscovery.prefix) }.map { Question($0, .txt) })
  }

  func spfCheck(of sender: IPAddress) -> SPFCheck {
    SPFCheck(
      client: sender, mailFrom: "postmaster@\(request.domain.display)", helo: request.domain.display,
      now: Timestamp(milliseconds: 0))
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

  /// Where the key of a given selector may stand by mistake, if the right name is empty.
  private func misplacedKeys(_ known: KnownAnswers) -> Set<Question> {
    let empty = request.selectors.filter { selector in
      guard let name = DKIMName.of(selector: selector, domain: request.domain) else { return false }
      return known(Question(name, .txt))?.isEmpty == true
    }
    return Set(
      empty.flatMap { DKIMName.misspellings(of: $0, domain: request.domain) }.map { Question($0, .txt) })
  }

  /// Whether anybody has registered the domains of names that mail depends on and that do not exist.
  private func registrations(_ known: KnownAnswers) -> Set<Question> {
    var names = exchangers(known).filter { isMissing($0, .a, known) }
    if case .result(let tree) = SPFTree.evaluate(request.domain, known) {
      for surveyed in tree.nodes.flatMap(\.terms) where surveyed.term.looksUp {
        guard case .name(let target) = surveyed.target else { continue }
        if [RecordType.txt, .a, .aaaa, .mx].contains(where: { isMissing(target, $0, known) }) {
          names.append(target)
        }
      }
    }
    return Set(
      names.filter { !SuffixList.shareOrganisation($0, request.domain) }.compactMap {
        SuffixList.registrableDomain(of: $0).map { Question($0, .soa) }
      })
  }

  private func isMissing(_ name: Name, _ type: RecordType, _ known: KnownAnswers) -> Bool {
    if case .noSuchName = known(Question(name, type))?.outcome { true } else { false }
  }
}

extension Evaluation {
  fileprivate var needed: Set<Question> {
    switch self {
    case .result: []
    case .needs(let questions): questions
    }
  }
}
