/// Reads a BIMI record tag by tag (draft-brand-indicators-for-message-identification §4.3).
import DNSData
import TagList
import URISyntax

struct BIMIReader {
  let octets: [UInt8]
  let tags: TagSequence
  let standing: VersionStanding
  private(set) var indicator = BIMILocation.absent
  private(set) var evidence = BIMILocation.absent
  private(set) var avatar = BIMIAvatarPreference.brand
  private(set) var selectors = BIMISelectorSource.headerOnly
  private(set) var faults: [BIMIFault] = []

  private static let knownTags: Set<String> = ["v", "l", "a", "avp", "lps"]

  init(_ octets: [UInt8]) {
    self.octets = octets
    tags = TagSequence(octets, grammar: .rfc6376)
    standing = VersionStanding(octets, tags, version: BIMIRecord.version, family: "BIMI", hallmark: "l")
  }

  mutating func read() {
    switch standing {
    case .unrelated:
      add(.notBIMI, 0..<octets.count)
      return
    case .nearMiss(let miss): add(.version(miss), tags["v"]?.valueRange ?? 0..<min(1, octets.count))
    case .exact: break
    }
    for fault in tags.faults { add(.syntax(fault.kind), fault.range) }
    indicator = location("l")
    evidence = location("a")
    if indicator == .absent { add(.locationMissing, octets.count..<octets.count) }
    if indicator == .empty, case .uri = evidence, let tag = tags["a"] {
      add(.evidenceWithoutIndicator, tag.valueRange)
    }
    judgeFormat()
    avatar = value(of: "avp", fault: .avatarInvalid) ?? .brand
    selectors = value(of: "lps", fault: .selectorSourceInvalid) ?? .headerOnly
    judgeNames()
  }

  private mutating func add(_ kind: BIMIFault.Kind, _ range: Range<Int>) {
    faults.append(BIMIFault(kind: kind, range: range))
  }

  private mutating func location(_ name: String) -> BIMILocation {
    guard let tag = tags[name] else { return .absent }
    guard !tag.value.isEmpty else { return .empty }
    guard !tag.value.contains(UInt8(ascii: ",")) else {
      add(.locationList, tag.valueRange)
      return .invalid
    }
    do throws(URIError) {
      let uri = try URI(tag.value)
      guard uri.scheme == "https" else {
        add(.locationNotHTTPS, tag.valueRange)
        return .invalid
      }
      guard case .name = uri.authority?.host else {
        add(.locationWithoutHost, tag.valueRange)
        return .invalid
      }
      return .uri(uri)
    } catch {
      add(.location(error), tag.valueRange)
      return .invalid
    }
  }

  /// Draft §4.3.2: SVG and SVGZ, told by the end of the address.
  private mutating func judgeFormat() {
    guard case .uri(let uri) = indicator, let tag = tags["l"] else { return }
    let path = uri.octets.prefix { !"?#".utf8.contains($0) }.map(\.lowercasedASCII)
    let isSVG = [".svg", ".svgz"].contains { path.suffix($0.utf8.count) == Array($0.utf8)[...] }
    if !isSVG { add(.indicatorNotSVG, tag.valueRange) }
  }

  /// Case counts here: receivers must not mend capitals (draft §4.3).
  private mutating func value<Value: RawRepresentable<String>>(
    of name: String, fault: BIMIFault.Kind
  ) -> Value? {
    guard let tag = tags[name] else { return nil }
    guard let value = Value(rawValue: String(decoding: tag.value, as: UTF8.self)) else {
      add(fault, tag.valueRange)
      return nil
    }
    return value
  }

  private mutating func judgeNames() {
    for tag in tags.tags where !Self.knownTags.contains(tag.name) && tag.nameRange.lowerBound > 0 {
      add(
        Self.knownTags.contains(tag.name.lowercased()) ? .tagNameNotLowerCase : .unknownTag, tag.nameRange)
    }
  }
}
