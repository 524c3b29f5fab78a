// check_host() from the outside: results, who decided, errors, include and
// redirect (RFC 7208 §4 to §6), and how many rounds of questions it takes. The
// limits have a suite of their own.

import DNSData
import SPF
import Testing

@Suite struct CheckTests {
  private static let zone = """
    @ TXT "v=spf1 ip4:192.0.2.0/28 a:host.example.com ~all"
    @ TXT "other"
    host A 198.51.100.1
    host AAAA 2001:db8::1
    two TXT "v=spf1 -all"
    two TXT "v=spf1 +all"
    faulty TXT "v=spf1 ip4:192.0.2.1 -all moo"
    plain A 192.0.2.1
    silent TXT "v=spf1 mx:nowhere.example.com"
    """

  @Test(arguments: [
    ("192.0.2.15", "user@example.com", SPFResult.pass), ("192.0.2.16", "user@example.com", .softfail),
    ("::ffff:192.0.2.15", "user@example.com", .pass), ("198.51.100.1", "user@EXAMPLE.com.", .pass),
    ("2001:db8::1", "user@example.com", .pass), ("2001:db8::2", "user@example.com", .softfail),
    ("192.0.2.1", "user@two.example.com", .permerror), ("192.0.2.1", "user@faulty.example.com", .permerror),
    ("192.0.2.1", "user@plain.example.com", .none), ("192.0.2.1", "user@nxdomain.example.com", .none),
    ("192.0.2.1", "user@com", .none), ("192.0.2.1", "user@", .none), ("192.0.2.1", "user@[192.0.2.1]", .none),
    ("192.0.2.1", "user@a..example.com", .none), ("192.0.2.1", "user@exämple.com", .none),
    ("192.0.2.1", "user@silent.example.com", .neutral), ("192.0.2.1", "user@failing.example.com", .temperror),
    ("192.0.2.1", "", .pass), ("192.0.2.1", "\"a@b\"@example.com", .pass),
    ("192.0.2.1", "example.com", .pass),
  ])
  func theResultIsThatOfTheFirstMatch(client: String, sender: String, result: SPFResult) throws {
    let table = try AnswerTable(Self.zone, failing: ["failing.example.com"])
    #expect(try table.check(client, from: sender, helo: "example.com").result == result)
  }

  @Test func theVerdictNamesTheTermAndItsDomain() throws {
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 redirect=a.example.com"
      a TXT "v=spf1 ip4:192.0.2.9 include:b.example.com -all"
      b TXT "v=spf1 a:c.example.com ip4:192.0.2.1"
      c A 192.0.2.2
      """)
    let verdict = try table.check("192.0.2.1")
    #expect(verdict.result == .pass)
    #expect(verdict.matches.map(\.domain.display) == ["a.example.com", "b.example.com"])
    #expect(verdict.matches.map(\.term.description) == ["include:b.example.com", "ip4:192.0.2.1"])
    #expect(verdict.lookups == 3)
    #expect(verdict.voids == 0)
    #expect(verdict.problem == nil)
  }

  @Test func anErrorSaysWhereAndWhy() throws {
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 include:a.example.com -all"
      a TXT "v=spf1 include:b.example.com a:c.example.com"
      b TXT "v=spf1 ip4:192.0.2.9"
      """, failing: ["c.example.com"])
    let problem = try #require(try table.check("192.0.2.1").problem)
    #expect(problem.domain == (try Name("a.example.com")))
    #expect(problem.term?.description == "a:c.example.com")
    #expect(problem.kind == .lookupFailed(Question(try Name("c.example.com"), .a), .timeout))
  }

  /// RFC 7208 §5.2.
  @Test(arguments: [
    ("v=spf1 +all", SPFResult.pass), ("v=spf1 -all", .softfail), ("v=spf1 ~all", .softfail),
    ("v=spf1 ?all", .softfail),
    ("v=spf1", .softfail), ("v=spf1 moo", .permerror), ("other", .permerror),
  ])
  func anIncludeMatchesOnlyIfTheInnerResultIsPass(inner: String, result: SPFResult) throws {
    let table = try AnswerTable("@ TXT \"v=spf1 include:a.example.com ~all\"\na TXT \"\(inner)\"")
    #expect(try table.check("192.0.2.1").result == result)
  }

  @Test func anIncludeThatCannotBeLookedUpIsATemporaryError() throws {
    let table = try AnswerTable(#"@ TXT "v=spf1 include:a.example.com ~all""#, failing: ["a.example.com"])
    #expect(try table.check("192.0.2.1").result == .temperror)
  }

  @Test(arguments: [
    "include:nowhere.example.com", "redirect=nowhere.example.com", "include:a..b.example.com",
  ])
  func aMissingTargetRecordIsAPermanentError(term: String) throws {
    #expect(try AnswerTable("@ TXT \"v=spf1 \(term)\"").check("192.0.2.1").result == .permerror)
  }

  @Test func redirectGivesTheResultOfItsTarget() throws {
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 exp=own.example.com redirect=a.example.com"
      own TXT "own"
      a TXT "v=spf1 a -all exp=why.a.example.com"
      a A 192.0.2.1
      why.a TXT "not from %{d}"
      """)
    #expect(try table.check("192.0.2.1").result == .pass)
    let refused = try table.check("192.0.2.2")
    #expect(refused.result == .fail)
    #expect(refused.explanation == Array("not from a.example.com".utf8))
  }

  @Test(arguments: [
    "@ TXT \"v=spf1 include:example.com\"", "@ TXT \"v=spf1 redirect=example.com\"",
    "@ TXT \"v=spf1 include:a.example.com\"\na TXT \"v=spf1 include:example.com\"",
  ])
  func aLoopEndsAtTheLimitOfLookups(zone: String) throws {
    let verdict = try AnswerTable(zone).check("192.0.2.1")
    #expect(verdict.result == .permerror)
    #expect(verdict.problem?.kind == .tooManyLookups)
    #expect(verdict.lookups == 10)
  }

  @Test func namesThatCannotExistDoNotMatchAndAreNotVoid() throws {
    let long = String(repeating: "a", count: 64)
    let table = try AnswerTable(
      "@ TXT \"v=spf1 a:x..example.com mx:\(long).example.com exists:.%{l}.example.com ptr:a..b.com -all\"")
    let verdict = try table.check("192.0.2.1")
    #expect(verdict.result == .fail)
    #expect(verdict.lookups == 4)
  }

  @Test func aFailingPointerLookUpIsNoError() throws {
    let table = try AnswerTable(
      #"@ TXT "v=spf1 ptr exists:%{p}.x.example.com -all""#, failing: ["1.2.0.192.in-addr.arpa"])
    let verdict = try table.check("192.0.2.1")
    #expect(verdict.result == .fail)
    #expect(verdict.voids == 1)  // the exists; a failure is not a void look-up
  }

  @Test func aFailingExchangerHidesOnlyThoseBehindIt() throws {
    let zone = """
      @ TXT "v=spf1 mx -all"
      @ MX 20 b.example.com.
      @ MX 10 a.example.com.
      a A 192.0.2.1
      b A 192.0.2.2
      """
    #expect(try AnswerTable(zone, failing: ["b.example.com"]).check("192.0.2.1").result == .pass)
    #expect(try AnswerTable(zone, failing: ["a.example.com"]).check("192.0.2.2").result == .temperror)
  }

  @Test func anMXTermAsksForAllItsHostsAtOnce() throws {
    let table = try AnswerTable(
      """
      @ TXT "v=spf1 mx -all"
      @ MX 10 a.example.com.
      @ MX 20 b.example.com.
      a A 192.0.2.1
      b A 192.0.2.2
      """)
    let address = try #require(IPAddress("192.0.2.2"))
    let check = SPFCheck(client: address, mailFrom: "u@example.com", helo: "h", now: Timestamp(seconds: 0))
    let run = table.run { check.evaluate($0) }
    #expect(run.value.result == .pass)
    #expect(run.rounds == 3)
    #expect(run.questions.allSatisfy { $0.type != .aaaa })
  }

  @Test func aNullMXNamesNoHost() throws {
    let table = try AnswerTable("@ TXT \"v=spf1 mx -all\"\n@ MX 0 .")
    let verdict = try table.check("192.0.2.1")
    #expect(verdict.result == .fail)
    #expect(verdict.voids == 0)
  }
}
