import CBare
import DNSData
import DNSSEC
import Evidence

/// A zone with one P-256 key that signs an address for each of many names, and the octets that its signatures cover.
struct SignedZone {
  struct Entry {
    let answer: SignedAnswer
    let octets: [UInt8]
    let signature: [UInt8]
  }

  static let moment = Timestamp(seconds: 1_795_000_000)
  private static let algorithm: UInt8 = 13  // ECDSAP256SHA256

  let key: OpaquePointer
  let anchors: TrustAnchors
  let keys: Entry
  let names: [Entry]

  init?(names count: Int) throws {
    var point = [UInt8](repeating: 0, count: 64)
    guard let key = bare_key(&point) else { return nil }
    let zone = try Name("bench.example")
    let dnskey = DNSKEY(flags: 257, protocol: 3, algorithm: Self.algorithm, publicKey: point)
    let tag = dnskey.keyTag
    func entry(_ name: Name, _ data: RecordData) -> Entry? { Self.entry(name, data, zone, tag, key) }
    guard let keys = entry(zone, .dnskey(dnskey)) else { return nil }
    self.key = key
    self.keys = keys
    anchors = TrustAnchors([Record(zone, ttl: 0, .dnskey(dnskey))])
    names = try (0..<count).compactMap { number in
      entry(
        try zone.prepending("host\(number)"), .a(IPv4Address(rawValue: 0xC000_0200 | UInt32(number & 0xFF))))
    }
  }

  /// RFC 4034 §3.1.8.1.
  private static func entry(
    _ name: Name, _ data: RecordData, _ zone: Name, _ tag: UInt16, _ key: OpaquePointer
  ) -> Entry? {
    func rrsig(_ signature: [UInt8]) -> [UInt8] {
      RecordData.rrsig(
        RRSIG(
          covered: data.type, algorithm: algorithm, labels: UInt8(name.labelCount), originalTTL: 3600,
          expiration: UInt32(moment.seconds + 86400), inception: UInt32(moment.seconds - 86400), keyTag: tag,
          signer: zone, signature: signature)
      ).rdata
    }
    func octets(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)] }
    let rdata = data.rdata
    let signed =
      rrsig([]) + name.wire + octets(Int(data.type.rawValue)) + octets(1) + [0, 0] + octets(3600)
      + octets(rdata.count) + rdata
    var signature = [UInt8](repeating: 0, count: 64)
    guard bare_sign(key, signed, signed.count, &signature) == 0 else { return nil }
    let answer = SignedAnswer(
      Question(name, data.type),
      .response(
        .noError,
        answer: [
          WireRecord(name, data.type, ttl: 3600, rdata: rdata),
          WireRecord(name, .rrsig, ttl: 3600, rdata: rrsig(signature)),
        ], authority: []))
    return Entry(answer: answer, octets: signed, signature: signature)
  }
}
