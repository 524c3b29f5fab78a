// RDATA to and from wire form (RFC 1035 §3.3 and the RFCs named at the types), names uncompressed.

package struct RecordDataError: Error, Hashable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

extension RecordData {
  /// `rdata` must be consumed exactly.
  package init(type: RecordType, rdata: [UInt8]) throws(RecordDataError) {
    var reader = RDATAReader(rdata)
    switch type {
    case .a:
      guard let address = IPv4Address(octets: rdata) else { throw .init("an A record must have 4 octets") }
      self = .a(address)
      return
    case .aaaa:
      guard let address = IPv6Address(octets: rdata) else {
        throw .init("an AAAA record must have 16 octets")
      }
      self = .aaaa(address)
      return
    case .ns: self = .ns(try reader.name())
    case .cname: self = .cname(try reader.name())
    case .ptr: self = .ptr(try reader.name())
    case .mx: self = .mx(MX(preference: try reader.uint16(), exchange: try reader.name()))
    case .txt:
      var strings: [[UInt8]] = []
      while !reader.isAtEnd { strings.append(try reader.characterString()) }
      self = .txt(TXT(strings: strings))
    case .soa:
      self = .soa(
        SOA(
          primary: try reader.name(), mailbox: try reader.name(), serial: try reader.uint32(),
          refresh: try reader.uint32(), retry: try reader.uint32(), expire: try reader.uint32(),
          minimum: try reader.uint32()))
    case .srv:
      self = .srv(
        SRV(
          priority: try reader.uint16(), weight: try reader.uint16(), port: try reader.uint16(),
          target: try reader.name()))
    case .tlsa:
      self = .tlsa(
        TLSA(
          usage: try reader.uint8(), selector: try reader.uint8(), matchingType: try reader.uint8(),
          association: reader.rest()))
    case .caa:
      self = .caa(CAA(flags: try reader.uint8(), tag: try reader.characterString(), value: reader.rest()))
    case .ds:
      self = .ds(
        DS(
          keyTag: try reader.uint16(), algorithm: try reader.uint8(), digestType: try reader.uint8(),
          digest: reader.rest()))
    case .dnskey:
      self = .dnskey(
        DNSKEY(
          flags: try reader.uint16(), protocol: try reader.uint8(), algorithm: try reader.uint8(),
          publicKey: reader.rest()))
    case .rrsig:
      self = .rrsig(
        RRSIG(
          covered: RecordType(rawValue: try reader.uint16()), algorithm: try reader.uint8(),
          labels: try reader.uint8(), originalTTL: try reader.uint32(), expiration: try reader.uint32(),
          inception: try reader.uint32(), keyTag: try reader.uint16(), signer: try reader.name(),
          signature: reader.rest()))
    case .nsec: self = .nsec(NSEC(next: try reader.name(), types: try reader.typeBitmap()))
    case .nsec3:
      self = .nsec3(
        NSEC3(
          algorithm: try reader.uint8(), flags: try reader.uint8(), iterations: try reader.uint16(),
          salt: try reader.characterString(), nextHash: try reader.characterString(),
          types: try reader.typeBitmap()))
    default:
      self = .unknown(type, rdata)
      return
    }
    guard reader.isAtEnd else { throw .init("a \(type) record has octets after its last field") }
  }

  package var rdata: [UInt8] {
    switch self {
    case .a(let address): address.octets
    case .aaaa(let address): address.octets
    case .ns(let name), .cname(let name), .ptr(let name): name.wire
    case .mx(let mx): mx.preference.octets + mx.exchange.wire
    case .txt(let txt): txt.strings.flatMap { [UInt8(truncatingIfNeeded: $0.count)] + $0 }
    case .soa(let soa):
      soa.primary.wire + soa.mailbox.wire
        + [soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum].flatMap(\.octets)
    case .srv(let srv): [srv.priority, srv.weight, srv.port].flatMap(\.octets) + srv.target.wire
    case .tlsa(let tlsa): [tlsa.usage, tlsa.selector, tlsa.matchingType] + tlsa.association
    case .caa(let caa): [caa.flags, UInt8(truncatingIfNeeded: caa.tag.count)] + caa.tag + caa.value
    case .ds(let ds): ds.keyTag.octets + [ds.algorithm, ds.digestType] + ds.digest
    case .dnskey(let key): key.flags.octets + [key.protocol, key.algorithm] + key.publicKey
    case .rrsig(let rrsig):
      rrsig.covered.rawValue.octets + [rrsig.algorithm, rrsig.labels]
        + [rrsig.originalTTL, rrsig.expiration, rrsig.inception].flatMap(\.octets) + rrsig.keyTag.octets
        + rrsig.signer.wire + rrsig.signature
    case .nsec(let nsec): nsec.next.wire + Self.typeBitmap(nsec.types)
    case .nsec3(let nsec3):
      [nsec3.algorithm, nsec3.flags] + nsec3.iterations.octets + [UInt8(truncatingIfNeeded: nsec3.salt.count)]
        + nsec3.salt + [UInt8(truncatingIfNeeded: nsec3.nextHash.count)] + nsec3.nextHash
        + Self.typeBitmap(nsec3.types)
    case .unknown(_, let octets): octets
    }
  }

  /// RFC 4034 §4.1.2.
  private static func typeBitmap(_ types: [RecordType]) -> [UInt8] {
    let windows = Dictionary(grouping: types.map(\.rawValue)) { UInt8($0 >> 8) }
    return windows.sorted { $0.key < $1.key }.flatMap { window, numbers in
      let low = numbers.map { Int($0 & 0xFF) }
      var bits = [UInt8](repeating: 0, count: (low.max() ?? 0) / 8 + 1)
      for number in low { bits[number / 8] |= 0x80 >> UInt8(number % 8) }
      return [window, UInt8(bits.count)] + bits
    }
  }
}

/// Reads fields off RDATA; every length is checked before it is used.
private struct RDATAReader {
  private var octets: ArraySlice<UInt8>

  init(_ octets: [UInt8]) { self.octets = octets[...] }

  var isAtEnd: Bool { octets.isEmpty }

  mutating func take(_ count: Int) throws(RecordDataError) -> ArraySlice<UInt8> {
    guard count <= octets.count else { throw .init("the record ends inside a field") }
    defer { octets = octets.dropFirst(count) }
    return octets.prefix(count)
  }

  mutating func uint8() throws(RecordDataError) -> UInt8 { try take(1).reduce(0) { $0 | $1 } }
  mutating func uint16() throws(RecordDataError) -> UInt16 { try take(2).reduce(0) { $0 << 8 | UInt16($1) } }
  mutating func uint32() throws(RecordDataError) -> UInt32 { try take(4).reduce(0) { $0 << 8 | UInt32($1) } }

  mutating func characterString() throws(RecordDataError) -> [UInt8] { Array(try take(Int(try uint8()))) }

  mutating func rest() -> [UInt8] {
    defer { octets = [] }
    return Array(octets)
  }

  mutating func name() throws(RecordDataError) -> Name {
    var labels: [[UInt8]] = []
    while true {
      let length = try uint8()
      guard length > 0 else { break }
      labels.append(Array(try take(Int(length))))
    }
    do {
      return try Name(labels: labels)
    } catch {
      throw RecordDataError("a name in the record is not valid: \(error)")
    }
  }

  mutating func typeBitmap() throws(RecordDataError) -> [RecordType] {
    var types: [RecordType] = []
    while !isAtEnd {
      let window = UInt16(try uint8()) << 8
      let length = try uint8()
      guard (1...32).contains(length) else { throw .init("a type bitmap has a window of \(length) octets") }
      for (index, bits) in try take(Int(length)).enumerated() {
        for bit in 0..<8 where bits & (0x80 >> UInt8(bit)) != 0 {
          types.append(RecordType(rawValue: window | UInt16(index * 8 + bit)))
        }
      }
    }
    return types
  }
}

extension FixedWidthInteger {
  fileprivate var octets: [UInt8] {
    (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (Self.bitWidth - 8 - 8 * $0)) }
  }
}

/// As text: the type, and the octets in base 16.
extension RecordData: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    let fields = text.split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count == 2, let type = RecordType(String(fields[0])),
      let octets = Encoding.decodeHex(Array(fields[1].utf8)),
      let data = try? RecordData(type: type, rdata: octets)
    else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no record data")
    }
    self = data
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(type) \(Encoding.hex(rdata))")
  }
}
