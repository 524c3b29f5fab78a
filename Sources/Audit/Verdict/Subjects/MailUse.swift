import DNSData

extension Facts {
  /// Why it is not known what the domain is for.
  var roleGaps: [Gap] {
    guard role == .undetermined else { return [] }
    let addresses = [RecordType.a, .aaaa].compactMap { snapshot.answer(domain, $0) }
    return ([mx, texts].compactMap(\.self) + addresses).filter { $0.failure != nil }.map(Gap.init)
  }

  /// What stands at a name directly below the domain that nobody has published.
  func wildcard(_ type: RecordType) -> Answer? {
    (try? domain.prepending(snapshot.request.probeLabel)).flatMap { snapshot.answer($0, type) }
  }
}
