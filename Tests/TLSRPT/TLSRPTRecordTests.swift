/// Records as they are published, each with its faults; every kind of fault is here once.
import DNSData
import SeededRandom
import TagList
import Testing
import URISyntax

@testable import TLSRPT

@Suite struct TLSRPTRecordTests {
  typealias Kind = TLSRPTFault.Kind

  @Test(
    "Records as RFC 8460 §3 has them have no fault",
    arguments: [
      // The examples of the section.
      ("v=TLSRPTv1;rua=mailto:reports@example.com", 1),
      ("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", 1),
      ("v=TLSRPTv1; rua=mailto:a@example.com , https://b.example/?x=y;", 2),
      ("v=TLSRPTv1; rua=mailto:a@example.com; rua=https://192.0.2.1/; ext=1.0", 2),
      ("v=TLSRPTv1; rua=mailto:a%2Cb%21@example.net", 1),
    ])
  func sound(text: String, count: Int) {
    let record = TLSRPTRecord(text)
    #expect(record.faults.isEmpty)
    #expect(record.usability == .ok)
    #expect(record.destinations.count == count)
  }

  @Test(
    "Near misses are told from other texts, and both are ignored by senders",
    arguments: [
      (" v=TLSRPTv1; rua=mailto:a@b.example", .nearMiss(.leadingWhiteSpace)),
      ("v=tlsrptv1; rua=mailto:a@b.example", .nearMiss(.wrongCase)),
      ("v=TLSRPTv2; rua=mailto:a@b.example", .nearMiss(.wrongVersion)),
      ("v=TLSRPT1; rua=mailto:a@b.example", .nearMiss(.wrongVersion)),
      ("v=TLSRPTv1", .nearMiss(.missingSemicolon)),
      ("v=TLSRPTv1 rua=mailto:a@b.example", .nearMiss(.missingSemicolon)),
      ("v=TLSRPTv1 ;rua=mailto:a@b.example", .nearMiss(.spaceBeforeSemicolon)),
      ("rua=mailto:a@b.example; v=TLSRPTv1;", .nearMiss(.versionNotFirst)),
      ("rua=mailto:a@b.example", .nearMiss(.versionMissing)),
      ("v=DMARC1; p=none; rua=mailto:a@b.example", .unrelated), ("v=STSv1; id=1;", .unrelated),
      ("", .unrelated),
    ] as [(String, VersionStanding)])
  func standing(text: String, standing: VersionStanding) {
    let record = TLSRPTRecord(text)
    #expect(record.standing == standing)
    switch standing {
    case .exact: Issue.record("none of these is exact")
    case .nearMiss(let miss):
      #expect(record.faults.map(\.kind).contains(.version(miss)))
      #expect(record.usability == .error)
    case .unrelated:
      #expect(record.faults.map(\.kind) == [.notTLSRPT])
      #expect(record.usability == .ignored)
    }
  }

  @Test(
    "Every fault has its kind and its place; a record works while one address does",
    arguments: [
      ("v=TLSRPTv1;", [.destinationsMissing], [11..<11], .error),
      ("v=TLSRPTv1; rua=", [.syntax(.emptyValue)], [12..<16], .error),
      ("v=TLSRPTv1; rua=a@b.example", [.destination(.schemeMissing)], [16..<27], .error),
      ("v=TLSRPTv1; rua=mailto:b.example", [.destination(.mailboxInvalid)], [16..<32], .error),
      ("v=TLSRPTv1; rua=http://b.example/", [.schemeUnsupported], [16..<33], .error),
      ("v=TLSRPTv1; rua=https:b.example", [.hostMissing], [16..<31], .error),
      ("v=TLSRPTv1; rua=https:///b", [.hostMissing], [16..<26], .error),
      ("v=TLSRPTv1; rua=mailto:a!b@c.example", [.rawExclamationMark], [16..<36], .error),
      ("v=TLSRPTv1; rua=mailto:a@b.example,", [.destination(.empty)], [35..<35], .ok),
      (
        "v=TLSRPTv1; rua=mailto:a;b@c.example", [.destination(.mailboxInvalid), .syntax(.missingEquals)],
        [16..<24, 25..<36], .error
      ),
      (
        "v=TLSRPTv1; RUA=mailto:a@b.example", [.fieldNameNotLowerCase, .destinationsMissing],
        [12..<15, 34..<34], .error
      ),
      ("v=TLSRPTv1; rua=mailto:a@b.example; x=1 2", [.fieldValueInvalid], [38..<41], .ok),
      ("v=TLSRPTv1; rua=mailto:a@b.example; x=1; x=2", [.syntax(.duplicate)], [41..<42], .ok),
    ] as [(String, [Kind], [Range<Int>], TLSRPTUsability)])
  func faults(text: String, kinds: [Kind], ranges: [Range<Int>], usability: TLSRPTUsability) {
    let record = TLSRPTRecord(text)
    #expect(record.faults.map(\.kind) == kinds)
    #expect(record.faults.map(\.range) == ranges)
    #expect(record.usability == usability)
    for fault in record.faults { #expect(fault.kind.description.hasSuffix(".")) }
  }

  @Test("What is printed reads back, and holds nothing that a record must not")
  func printing() throws {
    let record = TLSRPTRecord("v=TLSRPTv1;rua=mailto:a@b.example,x;;rua=https://c.example/")
    let publication = try #require(record.publication)
    #expect(publication.description == "v=TLSRPTv1; rua=mailto:a@b.example,https://c.example/")
    #expect(TLSRPTRecord(publication.description).publication == publication)
    #expect(TLSRPTPublication(destinations: []) == nil)
    for text in [
      "mailto:a@b.example,c@d.example", "mailto:a!b@c.example", "https://c.example/;x", "http://c.example/",
    ] {
      #expect(TLSRPTPublication(destinations: [try URI(Array(text.utf8))]) == nil)
    }
  }

  @Test(
    "Of several texts the one with the version counts, two of these are none",
    arguments: [
      (["v=TLSRPTv1; rua=mailto:a@b.example", "v=spf1 -all"], "record"),
      (["v=TLSRPTv1; rua=mailto:a@b.example", "v=TLSRPTv1;"], "multiple"), (["v=tlsrptv1;"], "none"),
      ([], "none"),
    ])
  func selection(texts: [String], expected: String) throws {
    let domain = try Name("example.com")
    let evaluation = TLSRPTDiscovery.evaluate(domain: domain) { question in
      let records = texts.map { Record(question.name, ttl: 60, .txt(TXT($0))) }
      return answer(question, records.isEmpty ? .noSuchName(aliases: []) : .records(records, aliases: []))
    }
    guard case .result(let discovery) = evaluation else {
      Issue.record("more was asked")
      return
    }
    switch discovery.finding {
    case .record: #expect(expected == "record")
    case .noRecord: #expect(expected == "none")
    case .multipleRecords: #expect(expected == "multiple")
    case .failed: Issue.record("nothing failed")
    }
  }

  @Test("The record is asked for once, and a failure is no absence")
  func asking() throws {
    let domain = try Name("example.com")
    guard case .needs(let questions) = TLSRPTDiscovery.evaluate(domain: domain, answers: { _ in nil }),
      case .result(let discovery) = TLSRPTDiscovery.evaluate(
        domain: domain, answers: { answer($0, .failure(.serverFailure)) })
    else {
      Issue.record("the wrong things were asked")
      return
    }
    #expect(try questions == [Question(Name("_smtp._tls.example.com"), .txt)])
    #expect(discovery.finding == .failed(.serverFailure))
    for prefix in TLSRPTDiscovery.wrongPrefixes {
      #expect(throws: Never.self) { try domain.prepending(prefix) }
    }
  }

  @Test("Hostile octets never trap, and every fault lies inside the text")
  func hostile() {
    var random = SeededGenerator()
    let pieces: [[UInt8]] = [
      "v=TLSRPTv1", ";", "; ", "rua=", "rua", "mailto:", "https://", "a@b.example", ",", "!", "%", "=", " ",
      "\t",
      "\r\n ", "\u{FEFF}", "\"", "ü", "x=",
    ].map { Array($0.utf8) }
    for _ in 0..<5000 {
      var octets = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      for _ in 0..<Int.random(in: 0...2, using: &random) where !octets.isEmpty {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let record = TLSRPTRecord(octets)
      for fault in record.faults {
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= octets.count)
      }
      if let publication = record.publication {
        #expect(TLSRPTRecord(publication.description).publication == publication)
      }
    }
  }
}

private func answer(_ question: Question, _ outcome: Outcome) -> Answer {
  Answer(question, outcome, from: .zoneFile("test"), at: Timestamp(seconds: 0))
}

extension TLSRPTRecord {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
}
