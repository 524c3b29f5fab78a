// The processing limits of RFC 7208 §4.6.4 in an evaluation for one client: each
// at its bound and one above, so that an error of one in either direction shows.
// The limits of the survey are in HostileTests.

import DNSData
import SPF
import Testing

@Suite struct LimitTests {
  @Test(arguments: [(10, SPFResult.pass), (11, .permerror)])
  func tenTermsMayLookUp(count: Int, result: SPFResult) throws {
    let terms = String(repeating: "a:host.example.com ", count: count)
    let table = try AnswerTable("@ TXT \"v=spf1 \(terms)ip4:192.0.2.1 -all\"\nhost A 198.51.100.1")
    let verdict = try table.check("192.0.2.1")
    #expect(verdict.result == result)
    #expect(verdict.lookups == 10)
  }

  @Test(arguments: [(4, SPFResult.fail), (5, .permerror)])
  func includedTermsAndTheRedirectCount(inner: Int, result: SPFResult) throws {
    let terms = String(repeating: "a:host.example.com ", count: inner)
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 include:i.example.com a:host.example.com exists:none.example.com redirect=r.example.com"
      i TXT "v=spf1 \(terms)"
      r TXT "v=spf1 mx:host.example.com ptr -all"
      host A 198.51.100.1
      host MX 10 host.example.com.
      1.2.0.192.in-addr.arpa. PTR host.example.com.
      """)
    #expect(try table.check("192.0.2.1").result == result)
  }

  @Test func aMatchBeforeTheLimitCounts() throws {
    let terms = String(repeating: "a:host.example.com ", count: 11)
    let table = try AnswerTable("@ TXT \"v=spf1 ip4:192.0.2.1 \(terms) -all\"\nhost A 198.51.100.1")
    #expect(try table.check("192.0.2.1").result == .pass)
    #expect(try table.check("192.0.2.2").result == .permerror)
  }

  @Test(arguments: [
    ("a:v1.example.com a:v2.example.com", SPFResult.fail),
    ("a:v1.example.com a:v1.example.com", .fail),
    ("a:v1.example.com a:v1.example.com a:v1.example.com", .permerror),
    ("a:v1.example.com mx:v2.example.com exists:v3.example.com", .permerror),
    ("a:v1.example.com mx:v2.example.com ptr", .permerror),
    ("a:only6.example.com a:only6.example.com a:only6.example.com", .permerror),
    ("a:v1.example.com a:v2.example.com exp=v3.example.com", .fail),
    ("mx:novoid.example.com mx:novoid.example.com mx:novoid.example.com", .fail),
  ])
  func twoLookUpsMayBeVoid(terms: String, result: SPFResult) throws {
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 \(terms) -all"
      only6 AAAA 2001:db8::1
      novoid MX 10 v1.example.com.
      """)
    let verdict = try table.check("192.0.2.1")
    #expect(verdict.result == result)
    if result == .permerror { #expect(verdict.problem?.kind == .tooManyVoids) }
  }

  @Test func voidsInsideIncludesCount() throws {
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 include:a.example.com a:v1.example.com -all"
      a TXT "v=spf1 a:v2.example.com a:v3.example.com"
      """)
    #expect(try table.check("192.0.2.1").problem?.kind == .tooManyVoids)
  }

  @Test(arguments: [(10, SPFResult.pass), (11, .permerror)])
  func tenExchangersMayStandBehindAnMXTerm(count: Int, result: SPFResult) throws {
    let hosts = (1...count).map { "@ MX \($0) h\($0).example.com.\nh\($0) A 192.0.2.\($0)" }
    let table = try AnswerTable("@ TXT \"v=spf1 mx -all\"\n" + hosts.joined(separator: "\n"))
    #expect(try table.check("192.0.2.10").result == result)
    #expect(try table.check("192.0.2.1").result == result)
  }

  @Test(arguments: [(10, SPFResult.pass), (11, .fail)])
  func theEleventhPointerIsIgnored(position: Int, result: SPFResult) throws {
    let hosts = (1...11).map { number in
      "1.2.0.192.in-addr.arpa. PTR h\(number).example.com."
        + (number == position ? "\nh\(number) A 192.0.2.1" : "")
    }
    let table = try AnswerTable("@ TXT \"v=spf1 ptr -all\"\n" + hosts.joined(separator: "\n"))
    #expect(try table.check("192.0.2.1").result == result)
  }

  @Test func addressesAreNotLimited() throws {
    let addresses = (1...40).map { "@ A 192.0.2.\($0)" }.joined(separator: "\n")
    #expect(try AnswerTable("@ TXT \"v=spf1 a -all\"\n" + addresses).check("192.0.2.40").result == .pass)
  }
}
