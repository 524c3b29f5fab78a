import DMARC
import DNSData
import Evidence
import MTASTS
import MailDiscovery
import PublicSuffix
import SPF
import TLSRPT

// What is asked to explain why a name is empty: where else its records may stand by mistake.

extension Inquiry {
  func mistakes(_ known: KnownAnswers) -> Set<Question> {
    misplacedKeys(known).union(misplacedTLSReporting(known)).union(misnamedServices(known))
      .union(doubledNames(known)).union(registrations(known))
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

  private func misplacedTLSReporting(_ known: KnownAnswers) -> Set<Question> {
    guard let name = TLSRPTDiscovery.question(for: request.domain), known(name)?.isEmpty == true else {
      return []
    }
    let names = TLSRPTDiscovery.wrongPrefixes.compactMap { try? request.domain.prepending($0) }
    return Set(
      names.filter { name in
        name.parent == request.domain || name.parent.map { exists(Question($0, .txt), known) } == true
      }.map { Question($0, .txt) })
  }

  /// SRV records at names that no client asks for, if anything stands below `_tcp` or `_udp` at all (RFC 8020 §2).
  private func misnamedServices(_ known: KnownAnswers) -> Set<Question> {
    let announced = MailService.allCases.compactMap { $0.owner(for: request.domain) }
    var questions: Set<Question> = []
    for parent in ["_tcp", "_udp"].compactMap({ try? request.domain.prepending($0) }) {
      // A service that exists tells as much as the parent would.
      let services = announced.filter { $0.parent == parent }.map { Question($0, .srv) }
      guard services.allSatisfy({ known($0) != nil }) else { continue }
      let probe = Question(parent, .srv)
      let isInhabited = services.contains { exists($0, known) }
      if !isInhabited { questions.insert(probe) }
      guard isInhabited || exists(probe, known) else { continue }
      let names = MisnamedMailService.allCases.filter { service in
        service.meant.owner(for: request.domain).flatMap { known(Question($0, .srv)) }?.isEmpty == true
      }.compactMap { $0.owner(for: request.domain) }
      questions.formUnion(names.filter { $0.parent == parent }.map { Question($0, .srv) })
    }
    return questions
  }

  /// Records to whose names the zone was appended once more, because the final dot was missing.
  private func doubledNames(_ known: KnownAnswers) -> Set<Question> {
    guard let apex = DoubledName.of(request.domain, zone: request.domain) else { return [] }
    let probe = Question(apex, .txt)
    guard exists(probe, known) else { return [probe] }
    let policies = [
      try? request.domain.prepending(DMARCDiscovery.prefix),
      try? request.domain.prepending(MTASTSDiscovery.prefix),
      try? request.domain.prepending(TLSRPTDiscovery.prefix),
    ].compactMap(\.self).map { Question($0, .txt) }
    let hosts = exchangers(known).filter { $0.isAtOrBelow(request.domain) }.flatMap {
      [Question($0, .a), Question($0, .aaaa)]
    }
    let empty = ([Question(request.domain, .mx)] + policies + hosts).filter { known($0)?.isEmpty == true }
    let doubled = empty.compactMap { question in
      DoubledName.of(question.name, zone: request.domain).map { Question($0, question.type) }
    }
    return Set(doubled).union(wildcards(of: doubled.map(\.type), known)).union([probe])
  }

  /// Whether it is a wildcard that answers at the doubled names. None does where the texts have shown that the name does
  /// not exist (RFC 8020 §2).
  private func wildcards(of types: [RecordType], _ known: KnownAnswers) -> [Question] {
    guard let name = try? request.domain.prepending(request.probeLabel),
      let texts = known(Question(name, .txt)), !texts.isMissingName
    else { return [] }
    return types.map { Question(name, $0) }
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
}
