/// Tells DMARC records from other texts, and from those that miss it by little.
import DNSData
import TagList

extension DMARCStanding {
  private static let version = Array("DMARC1".utf8)
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(octets: [UInt8], tags: TagSequence) {
    // dmarc-version = "v" equals %s"DMARC1", with nothing in front (RFC 9989 §4.8, §4.10 step 2).
    if let first = tags.tags.first, first.name == "v", first.nameRange.lowerBound == 0,
      first.value == Self.version
    {
      self = .policyRecord
    } else if let miss = Self.nearMiss(octets, tags) {
      self = .nearMiss(miss)
    } else {
      self = .unrelated
    }
  }

  private static func nearMiss(_ octets: [UInt8], _ tags: TagSequence) -> DMARCNearMiss? {
    if let miss = leadingSigns(octets) { return miss }
    if tags.tags.contains(where: { $0.name == "v" && $0.value == version }) { return .versionNotFirst }
    if let first = tags.tags.first, first.name.lowercased() == "v",
      let miss = wrongVersion(first.value.map(\.lowercasedASCII))
    {
      return miss
    }
    guard tags["v"] == nil, let policy = tags["p"]?.value.map(\.lowercasedASCII) else { return nil }
    // A DKIM key record has a p too, but no policy in it.
    return DMARCPolicy(rawValue: String(decoding: policy, as: UTF8.self)).map { _ in .versionMissing }
  }

  private static func leadingSigns(_ octets: [UInt8]) -> DMARCNearMiss? {
    var rest = octets[...]
    if rest.starts(with: byteOrderMark) { rest = rest.dropFirst(byteOrderMark.count) }
    let quotes = Set("\"'\\".utf8)
    rest = rest.drop { $0.isFoldingWhiteSpace || quotes.contains($0) }
    guard rest.count < octets.count, rest.map(\.lowercasedASCII).starts(with: Array("v=dmarc1".utf8)) else {
      return nil
    }
    if octets.starts(with: byteOrderMark) { return .byteOrderMark }
    return octets.first.map(quotes.contains) == true ? .leadingQuote : .leadingWhiteSpace
  }

  /// `value` is that of `v`, in lower case.
  private static func wrongVersion(_ value: [UInt8]) -> DMARCNearMiss? {
    guard value.starts(with: Array("dmarc".utf8)) else { return nil }
    let rest = value.dropFirst(version.count)
    guard value.starts(with: Array("dmarc1".utf8)) else { return .wrongVersion }
    guard let next = rest.first else { return .wrongCase }
    return next.isASCIIAlphanumeric || next == UInt8(ascii: ".") ? .wrongVersion : .missingSemicolon
  }
}
