/// Reads a DKIM key record tag by tag. Unknown tags are ignored (RFC 6376 §3.2), every fault is kept.
import Crypto
import DNSData
import TagList

struct DKIMKeyReader {
  let octets: [UInt8]
  let tags: TagSequence
  private(set) var faults: [DKIMKeyFault]
  private(set) var keyType = DKIMKeyType.rsa
  private(set) var key = DKIMKey.missing
  private(set) var flags: Set<DKIMKeyFlag> = []

  init(_ octets: [UInt8]) {
    self.octets = octets
    tags = TagSequence(octets, grammar: .rfc6376)
    faults = tags.faults.map { DKIMKeyFault(kind: .syntax($0.kind), range: $0.range) }
  }

  mutating func read() {
    readVersion()
    readKeyType()
    readKey()
    readHashes()
    readServices()
    readFlags()
    readGranularity()
    findZoneFileQuoting()
  }

  var usability: DKIMKeyUsability {
    guard isMeantAsKeyRecord else { return .ignored }
    let effects = Set(faults.map(\.kind.effect))
    if effects.contains(.discards) { return .error }
    if key == .revoked { return .revoked }
    if effects.contains(.unsupported) { return .unsupported }
    return effects.contains(.unusable) ? .unusable : .ok
  }

  /// The tag `v` decides; a record without it needs a `p`, since other texts live at wildcards too.
  private var isMeantAsKeyRecord: Bool {
    if faults.contains(where: { $0.kind == .versionOther }) { return false }
    return tags["v"] != nil || tags["p"] != nil || isQuotedKeyRecord
  }

  /// A record that begins with a literal quote has no readable `v`.
  private var isQuotedKeyRecord: Bool {
    octets.drop { Self.zoneFileSigns.contains($0) || $0.isFoldingWhiteSpace }.starts(
      with: Array("v=DKIM1".utf8))
  }

  private mutating func add(_ kind: DKIMKeyFault.Kind, _ range: Range<Int>) {
    faults.append(DKIMKeyFault(kind: kind, range: range))
  }

  // RFC 6376 §3.6.1, "v=": "DKIM1" to the letter, and first if it is there.
  private mutating func readVersion() {
    guard let version = tags["v"] else { return }
    if tags.tags.first != version
      || tags.faults.contains(where: { $0.range.upperBound <= version.nameRange.lowerBound })
    {
      add(.versionNotFirst, version.nameRange)
    }
    guard version.value != Array("DKIM1".utf8) else { return }
    let isNearMiss = version.value.map(\.lowercasedASCII).starts(with: Array("dkim1".utf8))
    add(isNearMiss ? .versionNearMiss : .versionOther, version.valueRange)
  }

  private mutating func readKeyType() {
    guard let tag = tags["k"] else { return }
    switch lowerCased(tag.value, of: tag) {
    case "rsa": keyType = .rsa
    case "ed25519": keyType = .ed25519
    default:
      keyType = .unknown
      add(.keyTypeUnknown, tag.valueRange)
    }
  }

  // RFC 6376 §3.6.1, "h=": absent allows all.
  private mutating func readHashes() {
    guard let tag = tags["h"] else { return }
    let hashes = list(tag)
    guard !hashes.contains("sha256") else {
      if hashes.contains("sha1") { add(.hashSHA1Listed, tag.valueRange) }
      return
    }
    add(hashes.contains("sha1") ? .hashSHA1Only : .hashUnknown, tag.valueRange)
  }

  // RFC 6376 §3.6.1, "s=": RFC 8460 §3 has keys for TLS reports only.
  private mutating func readServices() {
    guard let tag = tags["s"] else { return }
    let services = list(tag)
    guard services.contains("*") || services.contains("email") else {
      add(.serviceNotMail, tag.valueRange)
      return
    }
  }

  private mutating func readFlags() {
    guard let tag = tags["t"] else { return }
    flags = Set(list(tag).compactMap { DKIMKeyFlag(rawValue: $0) })
    if flags.contains(.testing) { add(.testing, tag.valueRange) }
  }

  // RFC 4871 §3.6.1 had it, RFC 6376 appendix C.2 removed it.
  private mutating func readGranularity() {
    guard let tag = tags["g"] else { return }
    add(
      tag.value.isEmpty ? .granularityEmpty : .granularity,
      tag.nameRange.lowerBound..<tag.valueRange.upperBound)
  }

  /// Outside `n`, which is free text, and tags that verifiers ignore.
  private mutating func findZoneFileQuoting() {
    var isJudged = [Bool](repeating: true, count: octets.count)
    for tag in tags.tags where !Self.judgedTags.contains(tag.name) {
      for index in tag.valueRange { isJudged[index] = false }
    }
    let places = octets.indices.filter { isJudged[$0] && Self.zoneFileSigns.contains(octets[$0]) }
    for (position, index) in places.enumerated() where position == 0 || places[position - 1] != index - 1 {
      add(.zoneFileQuoting, index..<(index + 1))
    }
  }

  private static let zoneFileSigns = Set("\"\\()".utf8)
  private static let judgedTags: Set<String> = ["v", "k", "h", "p", "s", "t", "g"]

  /// Colons between the elements, white space around them (RFC 6376 §3.6.1).
  private mutating func list(_ tag: TagSequence.Tag) -> [String] {
    tag.unfoldedValue.split(separator: UInt8(ascii: ":")).map { lowerCased(Array($0), of: tag) }
  }

  /// Values are case-sensitive (RFC 6376 §3.2) although their grammar is not (RFC 5234 §2.3): verifiers
  /// differ.
  private mutating func lowerCased(_ value: [UInt8], of tag: TagSequence.Tag) -> String {
    let lower = value.map(\.lowercasedASCII)
    if lower != value, faults.last?.kind != .valueNotLowerCase { add(.valueNotLowerCase, tag.valueRange) }
    return String(decoding: lower, as: UTF8.self)
  }
}

// MARK: - The key

extension DKIMKeyReader {
  private mutating func readKey() {
    guard let tag = tags["p"] else {
      add(.keyMissing, octets.count..<octets.count)
      return
    }
    let text = tag.unfoldedValue
    guard !text.isEmpty else {
      key = .revoked
      return
    }
    // White space is to be removed before decoding (RFC 6376 §3.6.1, "p=").
    if text.count < tag.value.count { add(.keyWhiteSpace, tag.valueRange) }
    key = .unreadable
    guard let octets = Encoding.decodeBase64(text) else {
      addBase64Fault(text, tag)
      return
    }
    switch keyType {
    case .rsa: readRSA(octets, tag)
    case .ed25519: readEd25519(octets, tag)
    case .unknown: key = .unexamined(octets)
    }
  }

  /// A key cut at 255 octets is seldom cut between two groups of four: what is left of it still tells.
  private mutating func addBase64Fault(_ text: [UInt8], _ tag: TagSequence.Tag) {
    let whole = Array(text.prefix(text.count / 4 * 4))
    if keyType == .rsa, whole.count < text.count, let octets = Encoding.decodeBase64(whole),
      let error = publicKeyError(octets), case .truncated = error
    {
      add(.key(error), tag.valueRange)
      return
    }
    let illegal = tag.value.firstIndex {
      !$0.isASCIIAlphanumeric && !$0.isFoldingWhiteSpace && !"+/=".utf8.contains($0)
    }
    let range = illegal.map { (tag.valueRange.lowerBound + $0)..<(tag.valueRange.lowerBound + $0 + 1) }
    add(.keyNotBase64, range ?? tag.valueRange)
  }

  // RFC 6376 §3.6.1 names RSAPublicKey, its example is SubjectPublicKeyInfo: both are in use and read.
  private mutating func readRSA(_ octets: [UInt8], _ tag: TagSequence.Tag) {
    let found: PublicKey
    do { found = try PublicKey(der: octets) } catch {
      guard octets.count == PublicKey.ed25519Length, error == .notDER else {
        add(.key(error), tag.valueRange)
        return
      }
      add(.keyTypeMismatch(declared: .rsa, found: .ed25519Octets), tag.valueRange)
      return
    }
    switch found.material {
    case .rsa(let rsa):
      key = .rsa(rsa, der: octets)
      judge(rsa, tag)
    case .ed25519: add(.keyTypeMismatch(declared: .rsa, found: .ed25519), tag.valueRange)
    case .other: add(.keyTypeMismatch(declared: .rsa, found: .other), tag.valueRange)
    }
  }

  private mutating func judge(_ rsa: RSAPublicKey, _ tag: TagSequence.Tag) {
    // RFC 8301 §3.2.
    switch rsa.bits {
    case ..<1024: add(.rsaBelow1024(bits: rsa.bits), tag.valueRange)
    case ..<2048: add(.rsaBelow2048(bits: rsa.bits), tag.valueRange)
    case ...4096: break
    default: add(.rsaAbove4096(bits: rsa.bits), tag.valueRange)
    }
    for weakness in RSAWeakness.allCases where rsa.weaknesses.contains(weakness) {
      add(.rsaWeak(weakness), tag.valueRange)
    }
  }

  // RFC 8463 §4.2: the 32 octets, without SubjectPublicKeyInfo around them.
  private mutating func readEd25519(_ octets: [UInt8], _ tag: TagSequence.Tag) {
    guard octets.count != PublicKey.ed25519Length else {
      key = .ed25519(octets)
      return
    }
    if let found = try? PublicKey(der: octets), case .rsa = found.material {
      add(.keyTypeMismatch(declared: .ed25519, found: .rsa), tag.valueRange)
    } else {
      add(.ed25519Length(octets.count), tag.valueRange)
    }
  }

  private func publicKeyError(_ octets: [UInt8]) -> PublicKeyError? {
    do {
      _ = try PublicKey(der: octets)
      return nil
    } catch {
      return error
    }
  }
}
