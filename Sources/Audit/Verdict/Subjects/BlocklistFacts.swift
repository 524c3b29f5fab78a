import DNSBL
import DNSData
package import Evidence
import PublicSuffix

// Which lists were asked about what, and what came of it. The entries are those that the Collector asks about.

extension Facts {
  package var blocklists: [Blocklist] { snapshot.request.blocklists }

  func asksBlocklists(of weights: Set<Blocklist.Weight>, about kind: Blocklist.Kind) -> Bool {
    blocklists.contains { list in
      (list.kind == .names) == (kind == .names) && list.codes.contains { weights.contains($0.weight) }
    }
  }

  /// Addresses of a special purpose are nobody's to list.
  var listedAddresses: [IPAddress] {
    senders.map(\.address).filter { SpecialPurpose.block(of: $0, allowed: allowedNetworks) == nil }
  }

  /// The domain, its registrable domain, and the own names of its MX hosts and senders.
  var listedNames: [Name] {
    let addresses = Set(listedAddresses)
    let reverse = senders.filter { addresses.contains($0.address) }.flatMap(\.names).map(\.name)
    let hosts = (exchangers + reverse).filter { ownership(of: $0) == .own }
    let names = [domain] + hosts + [SuffixList.registrableDomain(of: domain)].compactMap(\.self)
    return Set(names).sorted()
  }

  var askedBlocklists: [AskedBlocklist] {
    let entries = listedAddresses.map(BlocklistEntry.address) + listedNames.map(BlocklistEntry.name)
    return blocklists.compactMap { list in
      guard let selfTest = list.selfTest({ snapshot[$0] }).value else { return nil }
      let points = list.testPoints.map { [$0.listed, $0.unlisted] } ?? []
      let asked = (points + entries.filter(list.takes)).compactMap(list.question)
      return AskedBlocklist(list: list, selfTest: selfTest, answers: asked.compactMap { snapshot[$0] })
    }
  }

  /// What the lists that have codes of these weights say about `entries`.
  func entries(
    _ entries: [BlocklistEntry], _ weights: Set<Blocklist.Weight>
  ) -> Observation<AnsweredEntry> {
    var answered: [AnsweredEntry] = []
    var gaps: [Gap] = []
    for asked in askedBlocklists where asked.list.codes.contains(where: { weights.contains($0.weight) }) {
      let entries = entries.filter(asked.list.takes)
      guard !entries.isEmpty else { continue }
      if let gap = asked.gap {
        gaps.append(gap)
        continue
      }
      for entry in entries {
        let observed = observe(entry, in: asked.list, weights)
        answered += observed.subjects
        gaps += observed.gaps
      }
    }
    // A list that refuses does so for every entry.
    return Observation(answered, gaps: gaps.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  private func observe(
    _ entry: BlocklistEntry, in list: Blocklist, _ weights: Set<Blocklist.Weight>
  ) -> Observation<AnsweredEntry> {
    guard let question = list.question(about: entry) else { return .notApplicable }
    let place = Place(question.name, question.type)
    guard let answer = snapshot[question] else {
      return Observation([], gaps: [Gap(place, .notTested(.limitReached))])
    }
    func answered(_ listings: [BlocklistListing]) -> Observation<AnsweredEntry> {
      let listings = listings.filter { weights.contains($0.code.weight) }
      return Observation([AnsweredEntry(list: list, entry: entry, answer: answer, listings: listings)])
    }
    switch list.judge(answer) {
    case .listed(let listings): return answered(listings)
    case .notListed: return answered([])
    case .refused: return Observation([], gaps: [Gap(Place(list.zone), .notTested(.blocklistRefuses))])
    case .outsideLoopback:
      return Observation([], gaps: [Gap(Place(list.zone), .notTested(.blocklistUnreliable))])
    case .unexplained: return Observation([], gaps: [Gap(place, .notTested(.blocklistCodeUnexplained))])
    case .failed: return Observation([], gaps: [Gap(answer)])
    }
  }
}
