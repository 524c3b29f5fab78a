/// Records as they are published, each with its faults; every kind of fault is here once.
import DNSData
import SeededRandom
import TagList
import Testing

@testable import MTASTS

@Suite struct MTASTSRecordTests {
  typealias Kind = MTASTSRecordFault.Kind

  @Test(
    "Records as RFC 8461 §3.1 has them have no fault",
    arguments: [
      // The example of the section.
      ("v=STSv1; id=20160831085700Z;", "20160831085700Z"), ("v=STSv1;id=1", "1"),
      ("v=STSv1; id=ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"),
      ("v=STSv1; future=x-y:z; id=2 ; ", "2"),
    ])
  func sound(text: String, id: String) {
    let record = MTASTSRecord(text)
    #expect(record.faults.isEmpty)
    #expect(record.usability == .ok)
    #expect(record.id == id)
  }

  @Test(
    "Near misses are told from other texts, and both are ignored by senders",
    arguments: [
      (" v=STSv1; id=1", .nearMiss(.leadingWhiteSpace)), ("\"v=STSv1; id=1;\"", .nearMiss(.leadingQuote)),
      ("\u{FEFF}v=STSv1; id=1", .nearMiss(.byteOrderMark)), ("v=stsv1; id=1", .nearMiss(.wrongCase)),
      ("V=STSv1; id=1", .nearMiss(.wrongCase)), ("v=STSv2; id=1", .nearMiss(.wrongVersion)),
      ("v=STS1; id=1", .nearMiss(.wrongVersion)), ("v=STSv1.0; id=1", .nearMiss(.wrongVersion)),
      ("v=STSv1", .nearMiss(.missingSemicolon)), ("v=STSv1 id=1;", .nearMiss(.missingSemicolon)),
      ("v=STSv1,id=1", .nearMiss(.missingSemicolon)), ("v=STSv1 ; id=1", .nearMiss(.spaceBeforeSemicolon)),
      ("v = STSv1; id=1", .nearMiss(.spaceAroundEquals)), ("id=1; v=STSv1;", .nearMiss(.versionNotFirst)),
      ("id=20160831085700Z;", .nearMiss(.versionMissing)),
      ("v=spf1 -all", .unrelated), ("v=TLSRPTv1; rua=mailto:a@b.example", .unrelated), ("", .unrelated),
      ("hello", .unrelated), ("v=", .unrelated), ("v=DMARC1; p=none", .unrelated),
    ] as [(String, VersionStanding)])
  func standing(text: String, standing: VersionStanding) {
    let record = MTASTSRecord(text)
    #expect(record.standing == standing)
    switch standing {
    case .exact: Issue.record("none of these is exact")
    case .nearMiss(let miss):
      #expect(record.faults.map(\.kind).contains(.version(miss)))
      #expect(record.usability == .error)
    case .unrelated:
      #expect(record.faults.map(\.kind) == [.notMTASTS])
      #expect(record.usability == .ignored)
    }
  }

  @Test(
    "Every fault has its kind and its place, and most of them void the record",
    arguments: [
      ("v=STSv1;", [.idMissing], [8..<8], .error),
      ("v=STSv1; ID=1", [.fieldNameNotLowerCase, .idMissing], [9..<11, 13..<13], .error),
      ("v=STSv1; id=1-2", [.idInvalid], [12..<15], .error),
      ("v=STSv1; id=", [.syntax(.emptyValue)], [9..<12], .error),
      ("v=STSv1; id=012345678901234567890123456789012", [.idTooLong], [12..<45], .error),
      ("v=STSv1; id=1; x=a b", [.fieldValueInvalid], [17..<20], .error),
      ("v=STSv1; id=1;; x=y", [.syntax(.emptyElement)], [14..<14], .error),
      ("v=STSv1; id=1; x", [.syntax(.missingEquals)], [15..<16], .error),
      ("v=STSv1; id=1; x=ü", [.syntax(.notASCII)], [17..<19], .error),
      ("v=STSv1; id=1; id=2", [.syntax(.duplicate)], [15..<17], .ok),
      ("v=STSv1; id=1; V=2", [.fieldNameNotLowerCase], [15..<16], .ok),
    ] as [(String, [Kind], [Range<Int>], MTASTSUsability)])
  func faults(text: String, kinds: [Kind], ranges: [Range<Int>], usability: MTASTSUsability) {
    let record = MTASTSRecord(text)
    #expect(record.faults.map(\.kind) == kinds)
    #expect(record.faults.map(\.range) == ranges)
    #expect(record.usability == usability)
    for fault in record.faults { #expect(fault.kind.description.hasSuffix(".")) }
  }

  @Test("What is printed reads back")
  func printing() throws {
    let publication = try #require(MTASTSPublication(id: "20240101T000000"))
    #expect(publication.description == "v=STSv1; id=20240101T000000;")
    let record = MTASTSRecord(publication.description)
    #expect(record.faults.isEmpty && record.id == publication.id)
    for id in ["", "a b", "ü", String(repeating: "1", count: 33)] {
      #expect(MTASTSPublication(id: id) == nil)
    }
  }

  @Test(
    "Of several texts the one with the version counts, two of these are none",
    arguments: [
      (["v=STSv1; id=1;"], "record"), (["v=STSv1; id=1;", "v=spf1 -all", "v=STSv1 ; id=2"], "record"),
      // Counted before the syntax is judged.
      (["v=STSv1; id=1;", "v=STSv1; id"], "multiple"), (["v=stsv1; id=1"], "none"), ([], "none"),
    ])
  func selection(texts: [String], expected: String) throws {
    let domain = try Name("example.com")
    let evaluation = MTASTSDiscovery.evaluate(domain: domain) { question in
      let records = texts.map { Record(question.name, ttl: 60, .txt(TXT($0))) }
      return answer(question, records.isEmpty ? .noData(aliases: []) : .records(records, aliases: []))
    }
    guard case .result(let discovery) = evaluation else {
      Issue.record("more was asked")
      return
    }
    #expect(discovery.texts.count == texts.count)
    switch discovery.finding {
    case .record(let record): #expect(expected == "record" && record.id == "1")
    case .noRecord: #expect(expected == "none")
    case .multipleRecords: #expect(expected == "multiple")
    case .failed: Issue.record("nothing failed")
    }
  }

  @Test("The record is asked for once, and a failure is no absence")
  func asking() throws {
    let domain = try Name("example.com")
    guard case .needs(let questions) = MTASTSDiscovery.evaluate(domain: domain, answers: { _ in nil }) else {
      Issue.record("nothing was asked")
      return
    }
    #expect(try questions == [Question(Name("_mta-sts.example.com"), .txt)])
    #expect(MTASTSDiscovery.policyHost(for: domain)?.display == "mta-sts.example.com")
    guard
      case .result(let discovery) = MTASTSDiscovery.evaluate(
        domain: domain, answers: { answer($0, .failure(.timeout)) })
    else {
      Issue.record("more was asked")
      return
    }
    #expect(discovery.finding == .failed(.timeout))
  }

  @Test("A domain too long for the label has no record")
  func tooLong() throws {
    let name = try Name(labels: Array(repeating: Array(repeating: 0x61, count: 61), count: 4))
    guard case .result(let discovery) = MTASTSDiscovery.evaluate(domain: name, answers: { _ in nil }) else {
      Issue.record("something was asked")
      return
    }
    #expect(discovery.finding == .noRecord)
  }

  @Test("Hostile octets never trap, and every fault lies inside the text")
  func hostile() {
    var random = SeededGenerator()
    let pieces: [[UInt8]] = [
      "v=STSv1", ";", "; ", "id=", "id", "2024", "=", " ", "\t", "\r\n ", "\u{FEFF}", "\"", "ü", "v", "V=",
      "x.y=",
    ].map { Array($0.utf8) }
    for _ in 0..<5000 {
      let octets = hostileOctets(pieces, &random)
      for fault in MTASTSRecord(octets).faults {
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= octets.count)
      }
    }
  }
}

func hostileOctets(_ pieces: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
  var octets = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
    pieces.randomElement(using: &random) ?? []
  }
  for _ in 0..<Int.random(in: 0...2, using: &random) where !octets.isEmpty {
    octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
  }
  return octets
}

private func answer(_ question: Question, _ outcome: Outcome) -> Answer {
  Answer(question, outcome, from: .zoneFile("test"), at: Timestamp(seconds: 0))
}

extension MTASTSRecord {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
}
