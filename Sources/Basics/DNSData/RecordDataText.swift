// RDATA to and from presentation form (RFC 1035 §5.1 and the RFCs named at the types).

extension RecordData: CustomStringConvertible {
  /// Safe in a zone file: built from fields, names and strings escaped; reads back to the same value.
  package var description: String {
    switch self {
    case .a(let address): return address.description
    case .aaaa(let address): return address.description
    case .ns(let name), .cname(let name), .ptr(let name): return name.description
    case .mx(let mx): return "\(mx.preference) \(mx.exchange)"
    case .txt(let txt) where txt.strings.isEmpty: return Self.generic([])
    case .txt(let txt): return txt.strings.map(Escape.quoted).joined(separator: " ")
    case .soa(let soa):
      return
        "\(soa.primary) \(soa.mailbox) \(soa.serial) \(soa.refresh) \(soa.retry) \(soa.expire) \(soa.minimum)"
    case .srv(let srv): return "\(srv.priority) \(srv.weight) \(srv.port) \(srv.target)"
    case .tlsa(let tlsa):
      return Self.hexFields("\(tlsa.usage) \(tlsa.selector) \(tlsa.matchingType)", tlsa.association, of: self)
    case .caa(let caa):
      guard !caa.tag.isEmpty, caa.tag.allSatisfy(\.isASCIIAlphanumeric) else { return Self.generic(rdata) }
      return "\(caa.flags) \(String(decoding: caa.tag, as: UTF8.self)) \(Escape.quoted(caa.value))"
    case .ds(let ds):
      return Self.hexFields("\(ds.keyTag) \(ds.algorithm) \(ds.digestType)", ds.digest, of: self)
    case .dnskey(let key):
      guard !key.publicKey.isEmpty else { return Self.generic(rdata) }
      return "\(key.flags) \(key.protocol) \(key.algorithm) \(Encoding.base64(key.publicKey))"
    case .rrsig(let rrsig):
      guard !rrsig.signature.isEmpty else { return Self.generic(rdata) }
      return "\(rrsig.covered) \(rrsig.algorithm) \(rrsig.labels) \(rrsig.originalTTL) \(rrsig.expiration) "
        + "\(rrsig.inception) \(rrsig.keyTag) \(rrsig.signer) \(Encoding.base64(rrsig.signature))"
    case .nsec(let nsec):
      return ([nsec.next.description] + nsec.types.map(\.description)).joined(separator: " ")
    case .nsec3(let nsec3):
      guard !nsec3.nextHash.isEmpty else { return Self.generic(rdata) }
      let salt = nsec3.salt.isEmpty ? "-" : Encoding.hex(nsec3.salt)
      return
        ([
          "\(nsec3.algorithm) \(nsec3.flags) \(nsec3.iterations) \(salt) \(Encoding.base32hex(nsec3.nextHash))"
        ]
        + nsec3.types.map(\.description)).joined(separator: " ")
    case .unknown(_, let octets): return Self.generic(octets)
    }
  }

  /// RFC 3597 §5.
  private static func generic(_ octets: [UInt8]) -> String {
    octets.isEmpty ? "\\# 0" : "\\# \(octets.count) \(Encoding.hex(octets))"
  }

  private static func hexFields(_ fields: String, _ octets: [UInt8], of data: RecordData) -> String {
    octets.isEmpty ? generic(data.rdata) : "\(fields) \(Encoding.hex(octets))"
  }
}

/// One field of a master file: its octets as written, escapes still in place, and whether it was quoted.
struct ZoneToken: Hashable {
  var raw: [UInt8]
  var isQuoted: Bool

  var text: String { String(decoding: raw, as: UTF8.self) }

  func unescaped() throws(RecordDataError) -> [UInt8] {
    var octets: [UInt8] = []
    var index = 0
    while index < raw.count {
      let octet = raw[index]
      index += 1
      guard octet == UInt8(ascii: "\\") else {
        octets.append(octet)
        continue
      }
      guard let (value, length) = Escape.decode(raw[index...]) else {
        throw .init("\(NameError.badEscape)")
      }
      octets.append(value)
      index += length
    }
    return octets
  }
}

extension RecordData {
  /// From the fields after the type. `origin` completes relative names; nil refuses them.
  init(type: RecordType, fields: [ZoneToken], origin: Name?) throws(RecordDataError) {
    var reader = FieldReader(type: type, fields: fields, origin: origin)
    if let first = fields.first, !first.isQuoted, first.text == "\\#" {
      self = try RecordData(type: type, rdata: try reader.generic())
      return
    }
    switch type {
    case .a:
      let text = try reader.next("an IPv4 address").text
      guard let address = IPv4Address(text) else { throw .init("\"\(text)\" is not an IPv4 address") }
      self = .a(address)
    case .aaaa:
      let text = try reader.next("an IPv6 address").text
      guard let address = IPv6Address(text) else { throw .init("\"\(text)\" is not an IPv6 address") }
      self = .aaaa(address)
    case .ns: self = .ns(try reader.name())
    case .cname: self = .cname(try reader.name())
    case .ptr: self = .ptr(try reader.name())
    case .mx: self = .mx(MX(preference: try reader.number(), exchange: try reader.name()))
    case .txt:
      var strings: [[UInt8]] = []
      repeat { strings.append(try reader.characterString()) } while !reader.isAtEnd
      self = .txt(TXT(strings: strings))
    case .soa:
      self = .soa(
        SOA(
          primary: try reader.name(), mailbox: try reader.name(), serial: try reader.number(),
          refresh: try reader.duration(), retry: try reader.duration(), expire: try reader.duration(),
          minimum: try reader.duration()))
    case .srv:
      self = .srv(
        SRV(
          priority: try reader.number(), weight: try reader.number(), port: try reader.number(),
          target: try reader.name()))
    case .tlsa:
      self = .tlsa(
        TLSA(
          usage: try reader.number(), selector: try reader.number(), matchingType: try reader.number(),
          association: try reader.hex()))
    case .caa:
      let flags: UInt8 = try reader.number()
      let tag = try reader.next("a property tag").raw
      guard !tag.isEmpty, tag.allSatisfy(\.isASCIIAlphanumeric) else {
        throw .init("a CAA tag has letters and digits only")
      }
      self = .caa(CAA(flags: flags, tag: tag, value: try reader.next("a property value").unescaped()))
    case .ds:
      self = .ds(
        DS(
          keyTag: try reader.number(), algorithm: try reader.number(), digestType: try reader.number(),
          digest: try reader.hex()))
    case .dnskey:
      self = .dnskey(
        DNSKEY(
          flags: try reader.number(), protocol: try reader.number(), algorithm: try reader.number(),
          publicKey: try reader.base64()))
    case .rrsig:
      self = .rrsig(
        RRSIG(
          covered: try reader.recordType(), algorithm: try reader.number(), labels: try reader.number(),
          originalTTL: try reader.number(), expiration: try reader.signatureTime(),
          inception: try reader.signatureTime(), keyTag: try reader.number(), signer: try reader.name(),
          signature: try reader.base64()))
    case .nsec: self = .nsec(NSEC(next: try reader.name(), types: try reader.types()))
    case .nsec3:
      self = .nsec3(
        NSEC3(
          algorithm: try reader.number(), flags: try reader.number(), iterations: try reader.number(),
          salt: try reader.salt(), nextHash: try reader.base32hex(), types: try reader.types()))
    default:
      throw .init("the type \(type) is only understood in the form of RFC 3597: \\# LENGTH HEX")
    }
    guard reader.isAtEnd else { throw .init("there is text after the last field of the \(type) record") }
  }
}

private struct FieldReader {
  let type: RecordType
  let origin: Name?
  private var fields: ArraySlice<ZoneToken>

  init(type: RecordType, fields: [ZoneToken], origin: Name?) {
    self.type = type
    self.origin = origin
    self.fields = fields[...]
  }

  var isAtEnd: Bool { fields.isEmpty }

  mutating func next(_ what: String) throws(RecordDataError) -> ZoneToken {
    guard let field = fields.popFirst() else { throw .init("the \(type) record lacks \(what)") }
    return field
  }

  mutating func name() throws(RecordDataError) -> Name {
    let field = try next("a name")
    if field.raw == [UInt8(ascii: "@")], !field.isQuoted {
      guard let origin else {
        throw .init(
          "\"@\" stands before any $ORIGIN: name the origin in the first line ($ORIGIN example.com.), or with --origin"
        )
      }
      return origin
    }
    return try Name(zoneField: field, origin: origin)
  }

  mutating func number<Number: FixedWidthInteger>() throws(RecordDataError) -> Number {
    let text = try next("a number").text
    guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit), let number = Number(text) else {
      throw .init("\"\(text)\" is not a number from 0 to \(Number.max)")
    }
    return number
  }

  mutating func duration() throws(RecordDataError) -> UInt32 {
    let text = try next("a time").text
    guard let seconds = ZoneDuration.seconds(text) else {
      throw .init("\"\(text)\" is not a time in seconds")
    }
    return seconds
  }

  mutating func characterString() throws(RecordDataError) -> [UInt8] {
    let octets = try next("a character-string").unescaped()
    guard octets.count <= TXT.maximumStringLength else {
      throw .init(
        "a character-string has \(octets.count) octets; at most \(TXT.maximumStringLength) fit: "
          + "split it into several quoted strings")
    }
    return octets
  }

  mutating func recordType() throws(RecordDataError) -> RecordType {
    let text = try next("a type").text
    guard let type = RecordType(text) else { throw .init("\"\(text)\" is not a record type") }
    return type
  }

  mutating func types() throws(RecordDataError) -> [RecordType] {
    var types: [RecordType] = []
    while !isAtEnd { types.append(try recordType()) }
    return types
  }

  /// Seconds, or YYYYMMDDHHmmSS (RFC 4034 §3.2).
  mutating func signatureTime() throws(RecordDataError) -> UInt32 {
    let text = try next("a time").text
    guard text.utf8.count == 14, text.utf8.allSatisfy(\.isASCIIDigit) else {
      guard let seconds = UInt32(text) else { throw .init("\"\(text)\" is not a signature time") }
      return seconds
    }
    let digits = text.utf8.map { Int64($0 - 0x30) }
    func value(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
    guard
      let time = Timestamp(
        year: value(0..<4), month: value(4..<6), day: value(6..<8), hour: value(8..<10),
        minute: value(10..<12),
        second: value(12..<14))
    else { throw .init("\"\(text)\" is not a signature time") }
    return UInt32(truncatingIfNeeded: time.seconds)
  }

  private mutating func remainder() -> [UInt8] {
    defer { fields = [] }
    return Array(fields.map(\.raw).joined())
  }

  mutating func hex() throws(RecordDataError) -> [UInt8] {
    guard let octets = Encoding.decodeHex(remainder()), !octets.isEmpty else {
      throw .init("the last field of the \(type) record is not hexadecimal")
    }
    return octets
  }

  mutating func base64() throws(RecordDataError) -> [UInt8] {
    guard let octets = Encoding.decodeBase64(remainder()), !octets.isEmpty else {
      throw .init("the last field of the \(type) record is not base64")
    }
    return octets
  }

  mutating func salt() throws(RecordDataError) -> [UInt8] {
    let field = try next("a salt")
    guard field.text != "-" else { return [] }
    guard let octets = Encoding.decodeHex(field.raw), octets.count <= 255 else {
      throw .init("the salt of the NSEC3 record is not hexadecimal")
    }
    return octets
  }

  mutating func base32hex() throws(RecordDataError) -> [UInt8] {
    guard let octets = Encoding.decodeBase32Hex(try next("a hash").raw), (1...255).contains(octets.count)
    else {
      throw .init("the hash of the NSEC3 record is not base32hex")
    }
    return octets
  }

  mutating func generic() throws(RecordDataError) -> [UInt8] {
    _ = try next("\\#")
    let count: UInt16 = try number()
    guard let octets = Encoding.decodeHex(remainder()), octets.count == Int(count) else {
      throw .init("after \\# \(count) there must be \(count) octets in hexadecimal")
    }
    return octets
  }
}

extension Name {
  /// Quotes around a name mean nothing in a master file; a relative name needs an origin.
  init(zoneField field: ZoneToken, origin: Name?) throws(RecordDataError) {
    do {
      if let origin {
        try self.init(octets: field.raw, origin: origin)
      } else {
        guard field.raw.last == UInt8(ascii: ".") else {
          throw RecordDataError(
            "the name \"\(field.text)\" is relative, but no $ORIGIN stands above it (--origin names one)")
        }
        try self.init(octets: field.raw, origin: .root)
      }
    } catch let error as NameError {
      throw RecordDataError("\"\(field.text)\" is not a name: \(error)")
    } catch let error as RecordDataError {
      throw error
    } catch {
      throw RecordDataError("\(error)")
    }
  }
}

/// TTLs and SOA times: seconds, or the units that BIND made common (`1h30m`).
enum ZoneDuration {
  private static let units: [UInt8: UInt64] = [
    UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600, UInt8(ascii: "d"): 86_400,
    UInt8(ascii: "w"): 604_800,
  ]

  /// nil unless `text` is a time of at most 2^32 - 1 seconds.
  static func seconds(_ text: String) -> UInt32? {
    var total: UInt64 = 0
    var number: UInt64?
    for octet in text.utf8 {
      if octet.isASCIIDigit {
        number = (number ?? 0) * 10 + UInt64(octet - 0x30)
      } else if let unit = units[octet.lowercasedASCII], let value = number {
        total += value * unit
        number = nil
      } else {
        return nil
      }
      guard total + (number ?? 0) <= UInt64(UInt32.max) else { return nil }
    }
    guard !text.isEmpty else { return nil }
    return UInt32(total + (number ?? 0))
  }
}
