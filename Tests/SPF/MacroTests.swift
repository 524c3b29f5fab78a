// Macro expansion (RFC 7208 §7), observed through explanation texts, which take
// all letters, and through exists, whose text becomes a name. The grammar of
// macros is in RecordTests and FaultTests.

import DNSData
import SPF
import Testing

@Suite struct MacroTests {
  /// RFC 7208 §7.4: the sender is strong-bad@email.example.com.
  static let examples: [(String, String)] = [
    ("%{s}", "strong-bad@email.example.com"), ("%{o}", "email.example.com"), ("%{d}", "email.example.com"),
    ("%{d4}", "email.example.com"), ("%{d3}", "email.example.com"), ("%{d2}", "example.com"),
    ("%{d1}", "com"),
    ("%{dr}", "com.example.email"), ("%{d2r}", "example.email"), ("%{l}", "strong-bad"),
    ("%{l-}", "strong.bad"),
    ("%{lr}", "strong-bad"), ("%{lr-}", "bad.strong"), ("%{l1r-}", "strong"),
    ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
    ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
    ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
    ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
    ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
    ("%{c}", "192.0.2.3"), ("%{h}", "mx.example.org"), ("%{r}", "unknown"), ("%{t}", "1700000000"),
    ("%{p}", "unknown"),
    ("%%%_%-", "% %20"), ("%{S}", "strong-bad%40email.example.com"), ("two words", "two words"),
    ("%{d999999999999999999999}", "email.example.com"), ("%{l1-}", "bad"),
  ]

  private static func explanation(_ text: String, client: String = "192.0.2.3", extra: String = "") throws
    -> String?
  {
    let table = try AnswerTable(
      """
      email TXT "v=spf1 -all exp=why.example.com"
      why TXT "\(text)"
      \(extra)
      """)
    let verdict = try table.check(client, from: "strong-bad@email.example.com", helo: "mx.example.org")
    #expect(verdict.result == .fail)
    return verdict.explanation.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: examples)
  func macrosExpandAsInTheExamplesOfTheStandard(text: String, expected: String) throws {
    #expect(try Self.explanation(text) == expected)
  }

  @Test func ip6AddressesExpandToNibbles() throws {
    let text = try Self.explanation("%{ir}.%{v}._spf.%{d2}", client: "2001:db8::cb01")
    #expect(
      text?.lowercased()
        == "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com")
    #expect(try Self.explanation("%{c}", client: "2001:db8::cb01") == "2001:db8::cb01")
    #expect(
      try Self.explanation("%{c} %{i} %{v}", client: "::ffff:192.0.2.3") == "192.0.2.3 192.0.2.3 in-addr")
  }

  @Test(arguments: ["%{x}", "100%", "caf\\195\\169", "tab\\009", "%{d0}"])
  func aFaultyExplanationIsAsIfThereWereNone(text: String) throws {
    #expect(try Self.explanation(text) == nil)
  }

  @Test func theValidatedNamePrefersTheDomainThenWhatIsBelowIt() throws {
    let pointers = """
      3.2.0.192.in-addr.arpa. PTR other.example.com.
      3.2.0.192.in-addr.arpa. PTR mx.email.example.com.
      other A 192.0.2.3
      mx.email A 192.0.2.3
      """
    #expect(try Self.explanation("%{p}", extra: pointers) == "mx.email.example.com")
    let own = pointers + "\n3.2.0.192.in-addr.arpa. PTR email.example.com.\nemail A 192.0.2.3"
    #expect(try Self.explanation("%{p}", extra: own) == "email.example.com")
    let elsewhere = "3.2.0.192.in-addr.arpa. PTR other.example.com.\nother A 192.0.2.3"
    #expect(try Self.explanation("%{p}", extra: elsewhere) == "other.example.com")
    let lying = "3.2.0.192.in-addr.arpa. PTR other.example.com.\nother A 192.0.2.4"
    #expect(try Self.explanation("%{p}", extra: lying) == "unknown")
  }

  @Test(arguments: [(58, 3), (59, 2)])
  func aNameOfMoreThan253OctetsLosesLabelsOnTheLeft(length: Int, labelsLeft: Int) throws {
    let label = String(repeating: "a", count: 60)
    let local = String(repeating: "b", count: length)
    let record = "@ TXT \"v=spf1 exists:\(label).\(label).\(label).%{l}.example.com -all\"\n"
    // 3 * 61 + 58 + 1 + 11 = 253.
    let expected = Array(repeating: label, count: labelsLeft) + [local]
    let table = try AnswerTable(record + "\(expected.joined(separator: ".")) A 127.0.0.2")
    #expect(try table.check("192.0.2.1", from: "\(local)@example.com").result == .pass)
  }

  @Test func aLocalPartOutsideASCIINeverMatches() throws {
    // RFC 8616 §4.
    let table = try AnswerTable(
      #"@ TXT "v=spf1 exists:%{l}.users.example.com -all""# + "\n*.users A 127.0.0.2")
    #expect(try table.check("192.0.2.1", from: "jose@example.com").result == .pass)
    #expect(try table.check("192.0.2.1", from: "josé@example.com").result == .fail)
  }
}
