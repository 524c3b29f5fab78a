import DNSData
import SeededRandom

extension Record {
  static func random(using generator: inout SeededGenerator) -> Record {
    Record(
      .random(using: &generator), ttl: .random(in: .min ... .max, using: &generator),
      .random(using: &generator))
  }
}

extension Name {
  static func random(using generator: inout SeededGenerator) -> Name {
    let labels = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      octets(1...12, using: &generator)
    }
    return (try? Name(labels: labels)) ?? .root
  }
}

/// Mostly printable, sometimes anything.
func octets(_ count: ClosedRange<Int>, using generator: inout SeededGenerator) -> [UInt8] {
  (0..<Int.random(in: count, using: &generator)).map { _ in
    Bool.random(using: &generator)
      ? UInt8.random(in: 0x20...0x7E, using: &generator) : UInt8.random(in: .min ... .max, using: &generator)
  }
}

extension RecordData {
  static func random(using generator: inout SeededGenerator) -> RecordData {
    func number<Number: FixedWidthInteger>() -> Number {
      Number(truncatingIfNeeded: generator.next())
    }
    func name() -> Name { .random(using: &generator) }
    func blob(_ count: ClosedRange<Int> = 0...40) -> [UInt8] { octets(count, using: &generator) }
    func types() -> [RecordType] {
      Array(Set((0..<Int.random(in: 0...5, using: &generator)).map { _ in RecordType(rawValue: number()) }))
    }
    switch Int.random(in: 0..<17, using: &generator) {
    case 0: return .a(IPv4Address(rawValue: number()))
    case 1: return .aaaa(IPv6Address(rawValue: number()))
    case 2: return .ns(name())
    case 3: return .cname(name())
    case 4: return .ptr(name())
    case 5: return .mx(MX(preference: number(), exchange: name()))
    case 6:
      return .txt(TXT(strings: (0..<Int.random(in: 0...3, using: &generator)).map { _ in blob(0...255) }))
    case 7:
      return .soa(
        SOA(
          primary: name(), mailbox: name(), serial: number(), refresh: number(), retry: number(),
          expire: number(),
          minimum: number()))
    case 8: return .srv(SRV(priority: number(), weight: number(), port: number(), target: name()))
    case 9:
      return .tlsa(TLSA(usage: number(), selector: number(), matchingType: number(), association: blob()))
    case 10: return .caa(CAA(flags: number(), tag: blob(0...8), value: blob()))
    case 11: return .ds(DS(keyTag: number(), algorithm: number(), digestType: number(), digest: blob()))
    case 12:
      return .dnskey(DNSKEY(flags: number(), protocol: number(), algorithm: number(), publicKey: blob()))
    case 13:
      return .rrsig(
        RRSIG(
          covered: RecordType(rawValue: number()), algorithm: number(), labels: number(),
          originalTTL: number(),
          expiration: number(), inception: number(), keyTag: number(), signer: name(), signature: blob()))
    case 14: return .nsec(NSEC(next: name(), types: types()))
    case 15:
      return .nsec3(
        NSEC3(
          algorithm: number(), flags: number(), iterations: number(), salt: blob(0...8),
          nextHash: blob(1...20),
          types: types()))
    default:
      return .unknown(RecordType(rawValue: 65_280 + UInt16.random(in: 0...100, using: &generator)), blob())
    }
  }
}
