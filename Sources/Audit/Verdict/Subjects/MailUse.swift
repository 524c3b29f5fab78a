import DNSData

extension Facts {
  /// Why it is not known what the domain is for.
  var roleGaps: [Gap] {
    guard role == .undetermined else { return [] }
    let addresses = [RecordType.a, .aaaa].compactMap { snapshot.answer(domain, $0) }
    return ([mx, texts].compactMap(\.self) + addresses).filter { $0.failure != nil }.map(Gap.init)
  }
}
