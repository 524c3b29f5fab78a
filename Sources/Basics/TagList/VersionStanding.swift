/// Whether a TXT record begins with the version tag that its standard demands, to the letter, and if not, how
/// it misses it: receivers ignore it either way, but only the second is somebody's mistake.
package enum VersionStanding: Hashable, Sendable {
  case exact
  /// Meant as such a record, and ignored.
  case nearMiss(VersionMiss)
  /// Any other text that happens to be there.
  case unrelated

  /// `version` is the whole value ("STSv1"), `family` how every version of it begins ("STS"), `hallmark` the
  /// tag that gives such a record away where the version is missing.
  package init(_ octets: [UInt8], _ tags: TagSequence, version: String, family: String, hallmark: String) {
    let check = VersionCheck(octets: octets, tags: tags, version: version, family: family, hallmark: hallmark)
    if check.isExact {
      self = .exact
    } else if let miss = check.nearMiss {
      self = .nearMiss(miss)
    } else {
      self = .unrelated
    }
  }
}

package enum VersionMiss: Hashable, Sendable, CaseIterable {
  case leadingWhiteSpace
  case leadingQuote
  case byteOrderMark
  case wrongCase
  case wrongVersion
  case missingSemicolon
  case spaceBeforeSemicolon
  case spaceAroundEquals
  case versionNotFirst
  case versionMissing

  /// `version` is the value that was to be there, like "STSv1".
  package func sentence(version: String) -> String {
    switch self {
    case .leadingWhiteSpace: "White space in front of v=\(version) makes the record ignored."
    case .leadingQuote: "A quote or backslash in front of v=\(version) makes the record ignored."
    case .byteOrderMark: "An invisible byte order mark in front of v=\(version) makes the record ignored."
    case .wrongCase: "The record is ignored: v=\(version) must be written exactly so, capitals included."
    case .wrongVersion: "The record is ignored: the value of v is not exactly \(version)."
    case .missingSemicolon: "The record is ignored: a semicolon must follow v=\(version)."
    case .spaceBeforeSemicolon: "The record is ignored: the semicolon must follow v=\(version) directly."
    case .spaceAroundEquals: "The record is ignored: white space stands around the “=” of v=\(version)."
    case .versionNotFirst: "The record is ignored: v=\(version) is not its first tag."
    case .versionMissing: "The record is ignored: it does not begin with v=\(version)."
    }
  }
}

private struct VersionCheck {
  let octets: [UInt8]
  let tags: TagSequence
  let version: String
  let family: String
  let hallmark: String

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let quotes = Set("\"'\\".utf8)

  var isExact: Bool {
    switch tags.grammar {
    case .rfc6376, .rfc9989: beginsWithVersionTag
    // Records that do not begin with "v=STSv1;" are discarded (RFC 8461 §3.1), white space or not.
    case .rfc8461: octets.starts(with: "v=\(version);".utf8)
    }
  }

  private var beginsWithVersionTag: Bool {
    guard let first = tags.tags.first else { return false }
    return first.name == "v" && first.nameRange.lowerBound == 0 && first.value == Array(version.utf8)
  }

  var nearMiss: VersionMiss? {
    if let miss = leadingSigns { return miss }
    // Octet by octet it is not there: something stands around it.
    if beginsWithVersionTag, let first = tags.tags.first {
      if first.valueRange.lowerBound - first.nameRange.upperBound > 1 { return .spaceAroundEquals }
      return octets[first.valueRange.upperBound...].contains(UInt8(ascii: ";"))
        ? .spaceBeforeSemicolon : .missingSemicolon
    }
    if tags.tags.contains(where: { $0.name == "v" && $0.value == Array(version.utf8) }) {
      return .versionNotFirst
    }
    if let first = tags.tags.first, first.name.lowercased() == "v", let miss = wrongVersion(first.value) {
      return miss
    }
    guard tags["v"] == nil, tags["V"] == nil else { return nil }
    return tags[hallmark]?.value.isEmpty == false ? .versionMissing : nil
  }

  private var leadingSigns: VersionMiss? {
    var rest = octets[...]
    if rest.starts(with: Self.byteOrderMark) { rest = rest.dropFirst(Self.byteOrderMark.count) }
    rest = rest.drop { $0.isFoldingWhiteSpace || Self.quotes.contains($0) }
    guard rest.count < octets.count, lowerCased(rest).starts(with: "v=\(version)".lowercased().utf8) else {
      return nil
    }
    if octets.starts(with: Self.byteOrderMark) { return .byteOrderMark }
    return octets.first.map(Self.quotes.contains) == true ? .leadingQuote : .leadingWhiteSpace
  }

  private func wrongVersion(_ written: [UInt8]) -> VersionMiss? {
    let value = lowerCased(written[...])
    guard value.starts(with: family.lowercased().utf8) else { return nil }
    guard value.starts(with: version.lowercased().utf8) else { return .wrongVersion }
    guard let next = value.dropFirst(version.utf8.count).first else { return .wrongCase }
    let continues = (0x30...0x39).contains(next) || (0x61...0x7A).contains(next) || next == UInt8(ascii: ".")
    return continues ? .wrongVersion : .missingSemicolon
  }

  private func lowerCased(_ octets: ArraySlice<UInt8>) -> [UInt8] {
    octets.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }
}
