import DNSData

extension Facts {
  /// Why it is not known what the domain is for.
  var roleGaps: [Gap] {
    guard role == .undetermined else { return [] }
    let addresses = [RecordType.a, .aaaa].compactMap { snapshot.answer(domain, $0) }
    return ([mx, texts].compactMap(\.self) + addresses).filter { $0.failure != nil }.map(Gap.init)
  }

  /// What stands at a name directly below the domain that nobody has published. Without a look-up of this type it is
  /// that of texts, if it says that there is no such name: that holds for all types (RFC 8020 §2).
  func wildcard(_ type: RecordType) -> Answer? {
    guard let name = try? domain.prepending(snapshot.request.probeLabel) else { return nil }
    return snapshot.answer(name, type) ?? snapshot.answer(name, .txt).flatMap { $0.isMissingName ? $0 : nil }
  }
}
