import DNSBL
import DNSData
import Evidence
import PublicSuffix
import SPF

// What is asked of blocklists, and only if the user wants it: first each list's test points, and of those that are in
// working order the senders and the names, once each. Their operators learn of every question.

extension Inquiry {
  /// Addresses and names, of each at most so many: fair use, and the rest of the audit needs its questions. What is
  /// beyond is not tested.
  private static let maximumEntries = 20

  func blocklists(_ known: KnownAnswers) -> Set<Question> {
    guard !request.blocklists.isEmpty else { return [] }
    let entries =
      listedAddresses(known).prefix(Self.maximumEntries).map(BlocklistEntry.address)
      + listedNames(known).prefix(Self.maximumEntries).map(BlocklistEntry.name)
    var questions: Set<Question> = []
    for list in request.blocklists {
      // A list that takes none of them needs no test either.
      let entries = entries.filter(list.takes)
      guard !entries.isEmpty else { continue }
      switch list.selfTest(known) {
      case .needs(let points): questions.formUnion(points)
      case .result(let test) where test.isWell: questions.formUnion(entries.compactMap(list.question))
      case .result: break
      }
    }
    return questions
  }

  /// The senders as the Verdict knows them: without `--sender`, the own MX hosts that SPF passes.
  private func listedAddresses(_ known: KnownAnswers) -> [IPAddress] {
    possibleSenders(known).filter { address in
      guard SpecialPurpose.block(of: address, allowed: request.allowedNetworks) == nil else { return false }
      guard request.senders.isEmpty else { return true }
      guard case .result(let verdict) = spfCheck(of: address).evaluate(known) else { return false }
      return verdict.result == .pass
    }
  }

  /// The domain, its registrable domain, and the own names of its MX hosts and senders. None of a domain that does not
  /// exist.
  private func listedNames(_ known: KnownAnswers) -> [Name] {
    guard let mx = known(Question(request.domain, .mx)) else { return [] }
    if case .noSuchName(let aliases) = mx.outcome, aliases.isEmpty { return [] }
    let reverse = listedAddresses(known).flatMap { address in
      (known(Question(address.reverseName, .ptr))?.records ?? []).compactMap {
        if case .ptr(let name) = $0.data { name } else { nil }
      }.prefix(Self.maximumReverseNames)
    }
    let hosts = (exchangers(known) + reverse).filter { SuffixList.shareOrganisation($0, request.domain) }
    let registrable = [SuffixList.registrableDomain(of: request.domain)].compactMap(\.self)
    return ([request.domain] + registrable + hosts).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }
}
