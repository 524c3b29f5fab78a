// A property: parsing what was printed changes nothing, for every construct of
// the grammar (RFC 7208 §12). The records come from a generator with a fixed
// seed, so that every run is the same.

import DNSData
import SPF
import SeededRandom
import Testing

/// What is printed reads back as the same terms, for records that a generator makes up.
@Suite struct RoundTripTests {
  @Test func printedRecordsParseToTheSameTerms() throws {
    var generator = RecordGenerator(seed: 4408)
    for _ in 0..<2000 {
      let text = generator.record()
      let record = try #require(SPFRecord(text))
      #expect(record.faults.isEmpty, "\(text)")
      let again = try #require(SPFRecord(record.description))
      #expect(again.faults.isEmpty)
      #expect(again.terms.map(\.content) == record.terms.map(\.content), "\(text)")
      #expect(again.description == record.description)
    }
  }
}

private struct RecordGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func record() -> String {
    var terms = (0..<number(0...6)).map { _ in term() }
    if number(0...2) == 0 { terms.append("redirect=" + domain()) }
    if number(0...2) == 0 { terms.insert("EXP=" + domain(), at: 0) }
    let gaps = terms.map { String(repeating: " ", count: number(1...3)) + $0 }
    return pick(["v=spf1", "V=SPF1"]) + gaps.joined() + pick(["", " ", "  "])
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  private mutating func term() -> String {
    let qualifier = pick(["", "+", "-", "~", "?"])
    switch number(0...8) {
    case 0: return qualifier + pick(["all", "ALL"])
    case 1: return qualifier + "include:" + domain()
    case 2: return qualifier + pick(["a", "mx"]) + prefixLengths()
    case 3: return qualifier + pick(["A", "mx"]) + ":" + domain() + prefixLengths()
    case 4: return qualifier + pick(["ptr", "ptr:" + domain()])
    case 5: return qualifier + "ip4:\(ip4())" + pick(["", "/\(number(0...32))"])
    case 6: return qualifier + "ip6:\(ip6())" + pick(["", "/\(number(0...128))"])
    case 7: return qualifier + "exists:" + domain()
    default: return pick(["x", "y.z", "w-1_"]) + "=" + macroString()
    }
  }

  private mutating func prefixLengths() -> String {
    pick(["", "/\(number(0...32))", "//\(number(0...128))", "/\(number(0...32))//\(number(0...128))"])
  }

  private mutating func ip4() -> IPv4Address {
    IPv4Address(rawValue: UInt32.random(in: 0...UInt32.max, using: &random))
  }

  private mutating func ip6() -> IPv6Address {
    IPv6Address(rawValue: UInt128.random(in: 0...UInt128.max, using: &random) & ~(UInt128(0xFFFF_FFFF) << 64))
  }

  private mutating func domain() -> String {
    macroString()
      + pick([".example.com", ".example.com.", ".xn--zckzah", "%{d}", "%{D2R}", "%{ir-}", "%%", ".a-1"])
  }

  private mutating func macroString() -> String {
    let letter = pick(["s", "l", "o", "d", "i", "p", "h", "v", "S", "L", "O", "H"])
    return (0..<number(0...4)).map { _ in
      pick([
        "%{\(letter)}", "%{\(letter)\(number(1...200))}", "%{\(letter)r}", "%{\(letter)3R.-+,/_=}", "%%",
        "%_", "%-",
        "mail", "_spf.", "a:b", "1/2", "!\"#$&'()*,;<>?@[]^`|~",
      ])
    }.joined()
  }
}
