package import ChangePlan
package import DNSData
import SeededRandom

/// Changes of example.com and of 2.0.192.in-addr.arpa, with records of every type that this program writes, full of
/// what ends strings, lines, comments and commands. Names and values are different in each.
package struct HostileChanges {
  package let changes: ZoneChanges

  package static let zones = ["example.com", "2.0.192.in-addr.arpa"].compactMap { try? Name($0) }

  package init(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &* 7919 &+ 1)
    var changes: [ZoneChanges.Change] = []
    for (index, type) in Self.types.enumerated() {
      let owner = Self.owner(type, index, &random)
      let publish = (0..<Int.random(in: 1...2, using: &random)).map {
        Record(owner, ttl: 300, Self.data(type, $0, &random))
      }
      let remove = type == .cname ? [] : [Record(owner, ttl: 60, Self.data(type, 2, &random))]
      changes.append(
        .init(
          owner, type, publish: type == .cname ? Array(publish.prefix(1)) : publish, remove: remove,
          reasons: ["test.hostile"], notes: [String(decoding: Self.octets(20, &random), as: UTF8.self)]))
    }
    self.changes = ZoneChanges(changes)
  }

  private static let types: [RecordType] = [.a, .aaaa, .mx, .txt, .cname, .srv, .caa, .tlsa, .ptr]

  /// What a stranger would try first, and anything else.
  private static func octets(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    let favourites = Array("\"\\;()@$*. \n\r\t#".utf8) + [0, 0x7F, 0xFF, 0x1B]
    return (0..<count).map { _ in
      Bool.random(using: &random)
        ? favourites.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
    }
  }

  private static func owner(_ type: RecordType, _ index: Int, _ random: inout SeededGenerator) -> Name {
    let label = Array("x\(index)".utf8) + octets(Int.random(in: 0...20, using: &random), &random)
    let zone = type == .ptr ? zones[1] : zones[0]
    return (try? Name(labels: [label] + zone.labels)) ?? zone
  }

  private static func name(_ random: inout SeededGenerator) -> Name {
    let labels = [octets(Int.random(in: 1...30, using: &random), &random), Array("example".utf8)]
    return (try? Name(labels: labels)) ?? .root
  }

  /// `number` keeps the records of a set apart.
  private static func data(_ type: RecordType, _ number: Int, _ random: inout SeededGenerator) -> RecordData {
    switch type {
    case .a: .a(IPv4Address(rawValue: 0xC000_0200 + UInt32(number)))
    case .aaaa: .aaaa(IPv6Address(rawValue: 0x2001_0DB8 << 96 + UInt128(number)))
    case .mx: .mx(MX(preference: UInt16(number), exchange: name(&random)))
    case .cname: .cname(name(&random))
    case .srv: .srv(SRV(priority: UInt16(number), weight: 0, port: 25, target: name(&random)))
    case .caa:
      .caa(
        CAA(
          flags: UInt8(number), tag: Array("issue".utf8),
          value: octets(Int.random(in: 0...300, using: &random), &random)))
    case .tlsa:
      .tlsa(
        TLSA(
          usage: 3, selector: 1, matchingType: 1, association: [UInt8](repeating: UInt8(number), count: 32)))
    case .ptr: .ptr(name(&random))
    default:
      .txt(TXT(joined: [UInt8(number)] + octets(Int.random(in: 0...600, using: &random), &random)))
    }
  }
}
