// Records that are well formed (RFC 7208 §4.5, §12): recognised, printed,
// positioned, remarked upon. Tables, one line each; records that are not well
// formed are in FaultTests.

import DNSData
import SPF
import Testing

@Suite struct RecordTests {
  @Test(arguments: [
    ("v=spf1", true), ("v=spf1 -all", true), ("V=SpF1 -all", true), ("v=spf10 -all", false),
    ("v=spf1-all", false),
    (" v=spf1 -all", false), ("\"v=spf1 -all\"", false), ("spf2.0/pra -all", false), ("", false),
    ("v=spf", false),
    ("v=spf1\t-all", false),
  ])
  func recordsAreRecognisedByTheirVersion(text: String, isSPF: Bool) {
    #expect((SPFRecord(text) != nil) == isSPF)
  }

  @Test func selectionJoinsStringsWithoutASeparator() throws {
    let name = try Name("example.com")
    let texts = [["v=spf1", "mx"], ["v=spf1 ip4:192.0.2", ".1 -all"], ["other"], []]
    let records = texts.map { strings in
      Record(name, ttl: 60, .txt(TXT(strings: strings.map { Array($0.utf8) })))
    }
    #expect(SPFRecord.select(records).map(\.strings.count) == [2])
  }

  @Test(arguments: [
    "v=spf1", "v=spf1 all", "v=spf1 -all", "v=spf1 ~all", "v=spf1 ?all", "v=spf1 a", "v=spf1 a/24",
    "v=spf1 a//64",
    "v=spf1 a/24//64", "v=spf1 a:mail.example.com", "v=spf1 mx:example.com/24//64", "v=spf1 ptr",
    "v=spf1 ptr:example.com", "v=spf1 ip4:192.0.2.1", "v=spf1 ip4:192.0.2.0/24", "v=spf1 ip4:0.0.0.0/0",
    "v=spf1 ip6:2001:db8::/32", "v=spf1 ip6:::1", "v=spf1 include:_spf.example.com",
    "v=spf1 include:example.com.",
    "v=spf1 exists:%{i}._spf.%{d2}", "v=spf1 redirect=_spf.example.com", "v=spf1 -all exp=why.%{d}",
    "v=spf1 moo.cow-far_out=man:dog/cat -all", "v=spf1 a:foo:bar/baz.example.com", "v=spf1 a:mail.xn--zckzah",
    "v=spf1 a:%{d}/24", "v=spf1 exists:%{l1r+-/=_,.}.%{D}", "v=spf1 exists:a%%b%_c%-d.example.com",
    "v=spf1 x=",
    "v=spf1 exists:%{i}.100/86400.rate.%{d}", "v=spf1 include:%{d128r}", "v=spf1 a:mail.1-2", "v=spf1 a:.com",
  ])
  func wellFormedRecordsPrintAsTheyAre(text: String) throws {
    let record = try #require(SPFRecord(text))
    #expect(record.faults.isEmpty)
    #expect(record.description == text)
  }

  @Test(arguments: [
    ("V=SPF1  +A   -ALL ", "v=spf1 a -all"), ("v=spf1 a/32//128", "v=spf1 a"),
    ("v=spf1 ip4:192.0.2.1/32", "v=spf1 ip4:192.0.2.1"),
    ("v=spf1 Include:Example.com", "v=spf1 include:Example.com"),
    ("v=spf1 ip6:2001:DB8:0:0::1/128", "v=spf1 ip6:2001:db8::1"),
    ("v=spf1 exists:%{d02R}.example.com", "v=spf1 exists:%{d2r}.example.com"),
    ("v=spf1 REDIRECT=a.example.com", "v=spf1 redirect=a.example.com"),
  ])
  func otherSpellingsPrintCanonically(text: String, canonical: String) throws {
    let record = try #require(SPFRecord(text))
    #expect(record.faults.isEmpty)
    #expect(record.description == canonical)
  }

  @Test func termsKnowWhereTheyStand() throws {
    let record = try #require(SPFRecord("v=spf1  ip4:192.0.2.1 -all"))
    #expect(record.terms.map(\.range) == [8..<21, 22..<26])
    #expect(record.terms.map { String(decoding: $0.text, as: UTF8.self) } == ["ip4:192.0.2.1", "-all"])
  }

  @Test(arguments: [
    ("v=spf1 ip4:192.0.2.1/24 -all", [SPFRemarkKind.hostBits]), ("v=spf1 ip4:192.0.2.0/24 -all", []),
    ("v=spf1 ip6:2001:db8::1/32", [.hostBits]), ("v=spf1 ip6:::ffff:192.0.2.1", [.mappedAddress]),
    ("v=spf1 include:a.example.com,include:b.example.com", [.listInDomain]),
    ("v=spf1 include=example.com", [.mechanismAsModifier("include")]),
    ("v=spf1 v=spf1 -all", [.secondVersion]),
    ("v=spf1 x=y", []),
  ])
  func legalOdditiesAreRemarked(text: String, remarks: [SPFRemarkKind]) throws {
    let record = try #require(SPFRecord(text))
    #expect(record.faults.isEmpty)
    #expect(record.remarks.map(\.kind) == remarks)
  }

  @Test(arguments: [
    ("v=spf1 -all", true), ("v=spf1 exp=a.example.com -all mx", true), ("v=spf1 ~all", false),
    ("v=spf1 a -all", false),
    ("v=spf1", false),
  ])
  func aBareDenialSaysNothingElse(text: String, isBare: Bool) throws {
    #expect(try #require(SPFRecord(text)).isBareDenial == isBare)
  }

  @Test func whatStandsBehindAllIsUnreachable() throws {
    let record = try #require(SPFRecord("v=spf1 a -all mx exp=a.example.com redirect=b.example.com x=y"))
    #expect(record.unreachableTerms.map(\.description) == ["mx", "redirect=b.example.com"])
  }
}
