// Messages put together octet by octet, so that tests can make them wrong in one place.

import DNSData
import SeededRandom

struct MessageBuilder {
  var id: UInt16 = 0x1234
  var flags: UInt16 = 0x8180
  var questions: [[UInt8]] = []
  var answers: [[UInt8]] = []
  var authorities: [[UInt8]] = []
  var additionals: [[UInt8]] = []
  /// Stands in for the true counts.
  var counts: [UInt16]?

  var octets: [UInt8] {
    let sections = [questions, answers, authorities, additionals]
    let counts = counts ?? sections.map { UInt16(clamping: $0.count) }
    return (([id, flags] + counts).map(\.wire) + sections.flatMap { $0 }).flatMap { $0 }
  }

  static func question(_ name: String, _ type: RecordType) throws -> [UInt8] {
    try Name(name).wire + type.rawValue.wire + [0, 1]
  }

  static func record(_ owner: [UInt8], _ type: UInt16, rdata: [UInt8], class: UInt16 = 1) -> [UInt8] {
    owner + type.wire + `class`.wire + [0, 0, 14, 16] + UInt16(clamping: rdata.count).wire + rdata
  }

  static func record(_ name: String, _ data: RecordData) throws -> [UInt8] {
    record(try Name(name).wire, data.type.rawValue, rdata: data.rdata)
  }

  static func opt(payload: UInt16 = 1232, extendedCode: UInt8 = 0, options: [UInt8] = []) -> [UInt8] {
    [0, 0, 41] + payload.wire + [extendedCode, 0, 0x80, 0] + UInt16(options.count).wire + options
  }
}

extension UInt16 {
  var wire: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}

/// One record of every type that DNSData knows, and one that it does not.
func everyRecordData() throws -> [RecordData] {
  let target = try Name("target.example.com")
  guard let v4 = IPv4Address("192.0.2.1"), let v6 = IPv6Address("2001:db8::1") else { return [] }
  return [
    .a(v4), .aaaa(v6), .ns(target), .cname(target), .ptr(target),
    .mx(MX(preference: 10, exchange: target)), .mx(MX(preference: 0, exchange: .root)),
    .txt(TXT(strings: [Array("v=spf1 -all".utf8), [], [0, 255, 0x22]])),
    .soa(
      SOA(
        primary: target, mailbox: target, serial: .max, refresh: 1, retry: 2, expire: 3, minimum: 4)),
    .srv(SRV(priority: 1, weight: 2, port: 993, target: target)),
    .tlsa(TLSA(usage: 3, selector: 1, matchingType: 1, association: Array(repeating: 7, count: 32))),
    .caa(CAA(flags: 128, tag: Array("issue".utf8), value: Array("ca.example".utf8))),
    .ds(DS(keyTag: 12345, algorithm: 13, digestType: 2, digest: Array(repeating: 9, count: 32))),
    .dnskey(DNSKEY(flags: 257, protocol: 3, algorithm: 13, publicKey: Array(repeating: 5, count: 64))),
    .rrsig(
      RRSIG(
        covered: .mx, algorithm: 13, labels: 2, originalTTL: 3600, expiration: 2, inception: 1,
        keyTag: 12345, signer: target, signature: Array(repeating: 6, count: 64))),
    .nsec(NSEC(next: target, types: [.a, .mx, .caa])),
    .nsec3(
      NSEC3(
        algorithm: 1, flags: 1, iterations: 0, salt: [1, 2], nextHash: Array(repeating: 8, count: 20),
        types: [.a, .rrsig])),
    .unknown(RecordType(rawValue: 65280), [1, 2, 3]),
  ]
}
