/// Records as they are published, each with its faults; every kind of fault is here once.
import DNSData
import SeededRandom
import TagList
import Testing
import URISyntax

@testable import BIMI

@Suite struct BIMIRecordTests {
  typealias Kind = BIMIFault.Kind

  @Test(
    "Sound records have no fault",
    arguments: [
      ("v=BIMI1; l=https://example.com/logo.svg", .ok), ("v=BIMI1;l=https://example.com/logo.svgz;a=;", .ok),
      (
        "v = BIMI1; l=https://example.com/logo.SVG?v=1; a=https://example.com/cert.pem; avp=personal; lps=true",
        .ok
      ),
      // Draft §4.3.1.
      ("v=BIMI1; l=; a=;", .declined), ("v=BIMI1; l=;", .declined), ("v=BIMI1; l=; a=; lps=true;", .declined),
    ] as [(String, BIMIUsability)])
  func sound(text: String, usability: BIMIUsability) {
    let record = BIMIRecord(text)
    #expect(record.faults.isEmpty)
    #expect(record.usability == usability)
    #expect(record.isDeclination == (usability == .declined))
  }

  @Test("Values are read as they are meant")
  func values() throws {
    let record = BIMIRecord(
      "v=BIMI1; avp=personal; a=https://cert.example/; lps=true; l=https://logo.example/x.svg")
    #expect(record.avatar == .personal && record.selectors == .localPart)
    #expect(record.indicator == .uri(try URI(Array("https://logo.example/x.svg".utf8))))
    #expect(record.evidence == .uri(try URI(Array("https://cert.example/".utf8))))
    #expect(BIMIRecord("v=BIMI1; l=").evidence == .absent)
  }

  @Test(
    "Near misses are told from other texts",
    arguments: [
      ("v=bimi1; l=https://a.example/x.svg", .nearMiss(.wrongCase)),
      ("v=BIMI; l=https://a.example/x.svg", .nearMiss(.wrongVersion)),
      ("v=BIMI2; l=https://a.example/x.svg", .nearMiss(.wrongVersion)),
      ("v=BIMI1 l=https://a.example/x.svg", .nearMiss(.missingSemicolon)),
      (" v=BIMI1; l=https://a.example/x.svg", .nearMiss(.leadingWhiteSpace)),
      ("l=https://a.example/x.svg; v=BIMI1", .nearMiss(.versionNotFirst)),
      ("l=https://a.example/x.svg", .nearMiss(.versionMissing)), ("v=spf1 -all", .unrelated),
      ("", .unrelated),
      ("v=DKIM1; p=", .unrelated),
    ] as [(String, VersionStanding)])
  func standing(text: String, standing: VersionStanding) {
    let record = BIMIRecord(text)
    #expect(record.standing == standing)
    switch standing {
    case .exact: Issue.record("none of these is exact")
    case .nearMiss(let miss):
      #expect(record.faults.map(\.kind).contains(.version(miss)))
      #expect(record.usability == .error)
    case .unrelated:
      #expect(record.faults.map(\.kind) == [.notBIMI])
      #expect(record.usability == .ignored)
    }
  }

  @Test(
    "Every fault has its kind and its place",
    arguments: [
      ("v=BIMI1", [.locationMissing], [7..<7], .error), ("v=BIMI1;", [.locationMissing], [8..<8], .error),
      ("v=BIMI1; a=https://b.example/", [.locationMissing], [29..<29], .error),
      ("v=BIMI1; l=logo.svg", [.location(.schemeMissing)], [11..<19], .error),
      ("v=BIMI1; l=http://b.example/x.svg", [.locationNotHTTPS], [11..<33], .error),
      ("v=BIMI1; l=https://b.example/x.svg,https://c.example/y.svg", [.locationList], [11..<58], .error),
      ("v=BIMI1; l=https://192.0.2.1/x.svg", [.locationWithoutHost], [11..<34], .error),
      ("v=BIMI1; l=https:x.svg", [.locationWithoutHost], [11..<22], .error),
      ("v=BIMI1; l=; a=https://b.example/", [.evidenceWithoutIndicator], [15..<33], .error),
      ("v=BIMI1; l=https://b.example/x.png", [.indicatorNotSVG], [11..<34], .ok),
      (
        "v=BIMI1; l=; avp=Brand; lps=yes", [.avatarInvalid, .selectorSourceInvalid], [17..<22, 28..<31],
        .declined
      ),
      ("v=BIMI1; l=; z=1", [.unknownTag], [13..<14], .declined),
      ("v=BIMI1; L=; l=", [.tagNameNotLowerCase], [9..<10], .declined),
      ("v=BIMI1; l=; l=", [.syntax(.duplicate)], [13..<14], .error),
    ] as [(String, [Kind], [Range<Int>], BIMIUsability)])
  func faults(text: String, kinds: [Kind], ranges: [Range<Int>], usability: BIMIUsability) {
    let record = BIMIRecord(text)
    #expect(record.faults.map(\.kind) == kinds)
    #expect(record.faults.map(\.range) == ranges)
    #expect(record.usability == usability)
    for fault in record.faults { #expect(fault.kind.description.hasSuffix(".")) }
  }

  @Test("Records are below their selector")
  func names() throws {
    let domain = try Name("example.com")
    #expect(BIMIName.of(domain: domain)?.display == "default._bimi.example.com")
    #expect(BIMIName.of(selector: "a.b", domain: domain)?.display == "a.b._bimi.example.com")
    #expect(BIMIName.of(selector: "a..b", domain: domain) == nil)
  }

  @Test("Hostile octets never trap, and every fault lies inside the text")
  func hostile() {
    var random = SeededGenerator()
    let pieces: [[UInt8]] = [
      "v=BIMI1", ";", "; ", "l=", "a=", "avp=", "lps=true", "https://a.example/x.svg", "http:", ",", "=", " ",
      "\t",
      "\r\n ", "\u{FEFF}", "\"", "ü", "L=",
    ].map { Array($0.utf8) }
    for _ in 0..<5000 {
      var octets = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      for _ in 0..<Int.random(in: 0...2, using: &random) where !octets.isEmpty {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      for fault in BIMIRecord(octets).faults {
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= octets.count)
      }
    }
  }
}

extension BIMIRecord {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
}
