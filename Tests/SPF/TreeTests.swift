// The survey of a record without a client: costs, voids, loops, ranges, and what
// is asked in how many rounds. What an evaluation makes of the same records is in
// CheckTests, the limits of the survey in HostileTests.

import DNSData
import SPF
import Testing

@Suite struct TreeTests {
  private static let zone = """
    @ TXT "v=spf1 ip4:192.0.2.0/24 mx include:a.example.com " "include:b.example.com ~all"
    @ MX 10 mx.example.com.
    mx A 198.51.100.1
    mx AAAA 2001:db8::1
    a TXT "v=spf1 a:host.example.com/24 include:c.example.com -ip4:203.0.113.1 -all"
    host A 198.51.100.9
    b TXT "v=spf1 ?ip6:2001:db8:b::/48 exists:%{i}.b.example.com redirect=d.example.com"
    c TXT "v=spf1 a:void.example.com ip4:203.0.113.0/24"
    d TXT "v=spf1 ptr -all mx include:e.example.com"
    """

  @Test func costsAreThoseOfAnEvaluationThatNothingEndsEarly() throws {
    let run = try AnswerTable(Self.zone).tree()
    let tree = run.value
    // mx, include a (a, include c (a)), include b (exists, redirect d (ptr)): 1 + 4 + 4.
    #expect(tree.lookups == 9)
    #expect(tree.root.terms.map(\.ownLookups) == [0, 1, 1, 1, 0])
    #expect(tree.root.terms.map(\.lookups) == [0, 1, 4, 4, 0])
    #expect(tree.voids == 1)
    #expect(tree.voids(for: .v4) == 1)
    #expect(tree.voids(for: .v6) == 2)  // host.example.com has no IPv6 address
    #expect(tree.limitsReached.isEmpty)
    #expect(tree.nodes.map(\.domain.display) == ["", "a.", "c.", "b.", "d."].map { $0 + "example.com" })
    #expect(run.rounds == 4)
  }

  @Test func whatStandsBehindAllIsNeitherAskedNorCounted() throws {
    let run = try AnswerTable(Self.zone).tree("d.example.com")
    #expect(run.value.lookups == 1)
    #expect(run.value.root.terms.map(\.reach) == [.evaluated, .evaluated, .cutOffByAll, .cutOffByAll])
    #expect(run.questions == [Question(try Name("d.example.com"), .txt)])
  }

  @Test func redirectBesideAllIsNotFollowed() throws {
    let run = try AnswerTable(#"@ TXT "v=spf1 redirect=a.example.com ~all""#).tree()
    #expect(run.value.lookups == 0)
    #expect(run.questions.count == 1)
  }

  @Test func admittedRangesNameTheRecordThatAdmitsThem() throws {
    let tree = try AnswerTable(Self.zone).tree().value
    let ranges = tree.admittedRanges.map { "\($0.network) \($0.domain.display)" }
    #expect(
      ranges == [
        "192.0.2.0/24 example.com", "198.51.100.1 example.com", "2001:db8::1 example.com",
        "198.51.100.9/24 a.example.com", "203.0.113.0/24 c.example.com",
      ])
    #expect(
      tree.ranges.filter { $0.qualifier == .softfail }.map(\.network.description) == ["0.0.0.0/0", "::/0"])
  }

  @Test func aNeutralIncludeMakesEverythingInsideNeutral() throws {
    let tree = try AnswerTable(
      "@ TXT \"v=spf1 ?include:a.example.com -all\"\na TXT \"v=spf1 ip4:192.0.2.1 ?ip4:192.0.2.2 +all\""
    ).tree().value
    #expect(tree.admittedRanges.isEmpty)
    #expect(tree.ranges.first?.qualifier == .neutral)
    #expect(!tree.ranges.contains { $0.network.description == "192.0.2.2" })
  }

  @Test(arguments: [
    ("v=spf1 -all", false), ("v=spf1 ~all", false), ("v=spf1 a -all", true), ("v=spf1 ptr -all", true),
    ("v=spf1 +all", true), ("v=spf1 -all a", false), ("v=spf1 include:denial.example.com -all", false),
    ("v=spf1 redirect=denial.example.com", false), ("v=spf1 include:ok.example.com -all", true),
    ("v=spf1 include:%{i}.example.com -all", true), ("v=spf1 include:none.example.com -all", false),
    ("v=spf1 include:failing.example.com -all", true),
  ])
  func aTreeKnowsWhetherAnybodyIsAuthorised(text: String, expected: Bool) throws {
    let table = try AnswerTable(
      "@ TXT \"\(text)\"\ndenial TXT \"v=spf1 -all\"\nok TXT \"v=spf1 ip4:192.0.2.1\"",
      failing: ["failing.example.com"])
    #expect(try table.tree().value.authorisesSomebody == expected)
  }

  @Test func loopsAreMarkedAndNotFollowed() throws {
    let tree = try AnswerTable(
      """
      @ TXT "v=spf1 include:example.com include:a.example.com"
      a TXT "v=spf1 redirect=Example.com"
      """
    ).tree().value
    #expect(tree.root.terms.first?.following == .loop(.toItself))
    #expect(tree.root.terms.last?.child?.terms.first?.following == .loop(.toAncestor))
    #expect(tree.lookups == 3)
  }

  @Test func aDomainIncludedTwiceIsAskedOnceAndCountsTwice() throws {
    let run = try AnswerTable(
      "@ TXT \"v=spf1 include:a.example.com include:a.example.com\"\na TXT \"v=spf1 a:h.example.com\"\nh A 192.0.2.1"
    ).tree()
    #expect(run.value.lookups == 4)
    #expect(run.questions.filter { $0.type == .txt }.count == 2)
    #expect(run.rounds == 3)
  }

  @Test func everyEndOfARecordLookUpIsTold() throws {
    let tree = try AnswerTable(
      """
      @ TXT "v=spf1 include:a.example.com include:b.example.com include:c.example.com" " include:d.example.com include:e.example.com"
      b A 192.0.2.1
      c TXT "other"
      d TXT "v=spf1 -all"
      d TXT "v=spf1 +all"
      """, failing: ["e.example.com"]
    ).tree().value
    let ends = tree.root.terms.compactMap(\.child?.publication)
    let texts = ["v=spf1 -all", "v=spf1 +all"].map { TXT($0) }
    #expect(
      ends == [
        .absent(.noSuchName), .absent(.noTexts), .absent(.otherTexts), .multiple(texts), .failed(.timeout),
      ])
  }

  @Test func targetsThatNeedAClientAreNotAskedButCounted() throws {
    let run = try AnswerTable(#"@ TXT "v=spf1 include:%{i}.example.com exists:%{l}.%{d} a:%{d2} -all""#)
      .tree()
    #expect(run.value.lookups == 3)
    #expect(run.value.root.terms.map(\.target).prefix(2) == [.dependsOnClient, .dependsOnClient])
    #expect(run.value.root.terms[2].target == .name(try Name("example.com")))
    #expect(run.questions.count == 3)
  }

  @Test func malformedTargetsAndFailuresAreTold() throws {
    let tree = try AnswerTable(
      #"@ TXT "v=spf1 include:a..b.com a:failing.example.com -all""#, failing: ["failing.example.com"]
    ).tree().value
    #expect(tree.root.terms[0].target == .malformed(Array("a..b.com".utf8)))
    #expect(tree.root.terms[1].failures.map(\.failure) == [.timeout, .timeout])
    #expect(tree.voids == 0)
  }

  @Test func exchangersAndTheirAddressesAreListed() throws {
    let tree = try AnswerTable(Self.zone).tree().value
    #expect(tree.root.terms[1].exchangers.map(\.display) == ["mx.example.com"])
    #expect(tree.root.terms[1].addresses.map(\.description) == ["198.51.100.1", "2001:db8::1"])
  }

  @Test func faultyRecordsAreSurveyedAsFarAsTheyCanBeRead() throws {
    let tree = try AnswerTable(
      "@ TXT \"v=spf1 moo include:a.example.com -all\"\na TXT \"v=spf1 a:h.example.com\""
    )
    .tree().value
    #expect(tree.root.record?.faults.count == 1)
    #expect(tree.lookups == 2)
  }

  @Test func anExplanationIsLookedUpWhereItWouldBeUsed() throws {
    let run = try AnswerTable(
      """
      @ TXT "v=spf1 include:a.example.com -all exp=why.example.com"
      a TXT "v=spf1 -all exp=unused.example.com"
      why TXT "not %{i}"
      """
    ).tree()
    guard case .text(let text) = run.value.root.terms.last?.explanation else {
      Issue.record("no explanation")
      return
    }
    #expect(text.description == "not %{i}")
    #expect(!run.questions.contains(Question(try Name("unused.example.com"), .txt)))
  }
}
