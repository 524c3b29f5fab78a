import DNSBL
import DNSData
import Evidence
import Testing

/// A list of documentation names, and what it would answer.
private struct Sample {
  let list: Blocklist

  init(
    _ kind: Blocklist.Kind = .addresses, codes: [String] = ["127.0.0.2", "127.0.0.10-127.0.0.11"],
    testPoints: Blocklist.TestPoints? = nil
  ) throws {
    list = Blocklist(
      zone: try Name("bl.example"), kind: kind,
      codes: codes.compactMap(ReturnValues.init).map { Blocklist.Code($0, .major, "spam") },
      errors: ["127.255.255.0-127.255.255.255", "bit 1"].compactMap(ReturnValues.init),
      testPoints: testPoints ?? .standard(for: kind))
  }

  /// An answer with these addresses; none: the name does not exist.
  func answer(_ question: Question, _ values: [String]) -> Answer {
    let records = values.compactMap(IPv4Address.init).map { Record(question.name, ttl: 60, .a($0)) }
    return Answer(
      question, records.isEmpty ? .noSuchName(aliases: []) : .records(records, aliases: []), from: .nobody,
      at: Timestamp(seconds: 0))
  }

  func verdict(_ values: String...) throws -> BlocklistVerdict {
    list.judge(answer(Question(try Name("1.2.0.192.bl.example"), .a), values))
  }
}

@Suite struct BlocklistQuestionTests {
  @Test(arguments: [
    ("192.0.2.99", "99.2.0.192.bl.example."),
    (
      "2001:db8:1:2:3:4:567:89ab",
      "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.bl.example."
    ),
  ])
  func `an address stands under its octets or nibbles in reverse`(address: String, name: String) throws {
    let entry = BlocklistEntry.address(try #require(IPAddress(address)))
    #expect(try Sample().list.question(about: entry) == Question(try Name(name), .a))
  }

  @Test func `a name stands under itself, unless that is too long`() throws {
    let list = try Sample(.names).list
    #expect(
      list.question(about: .name(try Name("Mail.Example.com")))?.name
        == (try Name("mail.example.com.bl.example")))
    let long = try Name(Array(repeating: String(repeating: "a", count: 60), count: 4).joined(separator: "."))
    #expect(list.question(about: .name(long)) == nil)
  }

  @Test func `a list is asked only about what it lists`() throws {
    let entries: [BlocklistEntry] = [
      .address(try #require(IPAddress("192.0.2.1"))), .address(try #require(IPAddress("2001:db8::1"))),
      .name(try Name("example.com")),
    ]
    let taken: [Blocklist.Kind: [Bool]] = [
      .ipv4: [true, false, false], .ipv6: [false, true, false], .addresses: [true, true, false],
      .names: [false, false, true],
    ]
    for kind in Blocklist.Kind.allCases {
      #expect(try entries.map(Sample(kind).list.takes) == taken[kind], "\(kind)")
    }
  }

  @Test(arguments: [
    (Blocklist.Kind.ipv4, "2.0.0.127.bl.example.", "1.0.0.127.bl.example."),
    (.addresses, "2.0.0.127.bl.example.", "1.0.0.127.bl.example."),
    (
      .ipv6, "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example.",
      "1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example."
    ),
    (.names, "test.bl.example.", "invalid.bl.example."),
  ])
  func `the test entries are those of RFC 5782`(kind: Blocklist.Kind, listed: String, unlisted: String) throws
  {
    let list = try Sample(kind).list
    let points = try #require(list.testPoints)
    #expect(list.question(about: points.listed)?.name.description == listed)
    #expect(list.question(about: points.unlisted)?.name.description == unlisted)
  }
}

@Suite struct BlocklistAnswerTests {
  @Test func `only a described code in 127.0.0.0/8 is a listing`() throws {
    let sample = try Sample()
    guard case .listed(let listings) = try sample.verdict("127.0.0.10", "127.0.0.2") else {
      Issue.record("not listed")
      return
    }
    #expect(listings.map(\.value.description) == ["127.0.0.2", "127.0.0.10"])
    #expect(try sample.verdict() == .notListed)
    #expect(try sample.verdict("127.0.0.4") == .unexplained([IPv4Address(rawValue: 0x7F00_0004)]))
    #expect(
      try sample.verdict("203.0.113.80") == .outsideLoopback([IPv4Address(rawValue: 0xCB00_7150)]))
    #expect(try sample.verdict("127.255.255.254") == .refused([IPv4Address(rawValue: 0x7FFF_FFFE)]))
  }

  @Test func `an error code or a foreign address makes a listing beside it worthless`() throws {
    let sample = try Sample()
    #expect(
      try sample.verdict("127.0.0.2", "127.255.255.254") == .refused([IPv4Address(rawValue: 0x7FFF_FFFE)]))
    #expect(
      try sample.verdict("127.0.0.2", "192.0.2.1") == .outsideLoopback([IPv4Address(rawValue: 0xC000_0201)]))
  }

  @Test(arguments: [LookupFailure.timeout, .serverFailure, .refused, .notInFiles])
  func `silence is no listing`(failure: LookupFailure) throws {
    let question = Question(try Name("1.2.0.192.bl.example"), .a)
    let answer = Answer(question, .failure(failure), from: .nobody, at: Timestamp(seconds: 0))
    #expect(try Sample().list.judge(answer) == .failed(failure))
  }

  @Test func `a name that only holds others up is not listed`() throws {
    let question = Question(try Name("2.0.192.bl.example"), .a)
    let answer = Answer(question, .noData(aliases: []), from: .nobody, at: Timestamp(seconds: 0))
    #expect(try Sample().list.judge(answer) == .notListed)
  }

  @Test func `bits of the last octet say several things at once, and bit 1 that the list refuses`() throws {
    let sample = try Sample(.names, codes: ["bit 2", "bit 8", "bit 64"])
    guard case .listed(let listings) = try sample.verdict("127.0.0.66") else {
      Issue.record("not listed")
      return
    }
    #expect(listings.count == 2)
    #expect(try sample.verdict("127.0.0.3") == .refused([IPv4Address(rawValue: 0x7F00_0003)]))
    #expect(try sample.verdict("127.0.1.2") == .unexplained([IPv4Address(rawValue: 0x7F00_0102)]))
  }

  @Test(arguments: [
    "", "127.0.0", "192.0.2.1", "127.0.0.4-127.0.0.2", "127.0.0.2-192.0.2.1", "127.0.0.2-", "bit 3", "bit 0",
    "bit 256", "127.0.0.2-127.0.0.3-127.0.0.4",
  ])
  func `what is no return code is not read as one`(text: String) {
    #expect(ReturnValues(text) == nil)
  }
}

@Suite struct BlocklistSelfTestTests {
  /// What the list answers to its test entries; nil fails.
  private func selfTest(_ listed: [String]?, _ unlisted: [String]?) throws -> BlocklistSelfTest? {
    let sample = try Sample()
    let values = ["2.0.0.127.bl.example.": listed, "1.0.0.127.bl.example.": unlisted]
    let evaluation = sample.list.selfTest { question in
      switch values[question.name.description] {
      case .some(.some(let values)): sample.answer(question, values)
      case .some(nil): Answer(question, .failure(.timeout), from: .nobody, at: Timestamp(seconds: 0))
      case nil: nil
      }
    }
    if case .result(let result) = evaluation { return result }
    return nil
  }

  private func word(_ listed: [String]?, _ unlisted: [String]?) throws -> String {
    switch try selfTest(listed, unlisted) {
    case .notOffered: "not offered"
    case .passed: "passed"
    case .listsNothing: "nothing"
    case .listsEverything: "everything"
    case .refused: "refused"
    case .outsideLoopback: "outside"
    case .unanswered: "unanswered"
    case nil: "needs"
    }
  }

  @Test func `a list in working order lists one of its two test entries`() throws {
    #expect(try word(["127.0.0.2"], []) == "passed")
    #expect(try word(["127.0.0.78"], []) == "passed", "test entries may have a code of their own")
    #expect(try selfTest(["127.0.0.2"], [])?.isWell == true)
  }

  @Test func `any other list is not believed`() throws {
    #expect(try word([], []) == "nothing")
    #expect(try word(["127.0.0.2"], ["127.0.0.2"]) == "everything")
    #expect(try word(["127.255.255.254"], ["127.255.255.254"]) == "refused")
    #expect(try word(["203.0.113.80"], ["203.0.113.80"]) == "outside")
    #expect(try word(["127.0.0.2"], ["203.0.113.80"]) == "outside", "a resolver that rewrites NXDOMAIN")
    for answers: ([String]?, [String]?) in [([], []), (["127.0.0.2"], ["127.0.0.2"]), (nil, nil)] {
      #expect(try selfTest(answers.0, answers.1)?.isWell == false)
    }
  }

  @Test func `what one answer proves holds, however the other failed; otherwise nothing is known`() throws {
    #expect(try word(nil, []) == "unanswered")
    #expect(try word(["127.0.0.2"], nil) == "unanswered")
    #expect(try word([], nil) == "nothing")
    #expect(try word(nil, ["127.0.0.2"]) == "everything")
    #expect(try word(["127.255.255.254"], nil) == "refused")
  }

  @Test func `both entries are asked at once, and none where the operator offers none`() throws {
    guard case .needs(let questions) = try Sample().list.selfTest({ _ in nil }) else {
      Issue.record("needs nothing")
      return
    }
    #expect(questions.count == 2)
    let list = Blocklist(zone: try Name("bl.example"), kind: .ipv4, codes: [], testPoints: nil)
    guard case .result(.notOffered) = list.selfTest({ _ in nil }) else {
      Issue.record("asks")
      return
    }
  }
}
