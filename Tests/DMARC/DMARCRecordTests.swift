import SeededRandom
/// Records as they are published, each with its faults and its consequence; every kind of fault is here once.
import TagList
import Testing

@testable import DMARC

@Suite struct DMARCRecordTests {
  @Test(
    "Records of RFC 9989 appendix B and of current practice have no fault",
    arguments: [
      "v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com",
      "v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@thirdparty.example.net",
      "v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y",
      "v=DMARC1;p=reject", "v = DMARC1 ;\tp = Reject ; ",
      "v=DMARC1; p=reject; sp=quarantine; np=none; psd=u; adkim=s; aspf=R",
      "v=DMARC1; p=none; ruf=mailto:a@example.com; fo=0:d:s",
      "v=DMARC1; p=none; rua=mailto:a%2Cb%21@example.com?subject=x",
    ])
  func sound(text: String) {
    let record = DMARCRecord(text)
    #expect(record.faults.isEmpty)
    #expect(record.standing == .policyRecord)
    #expect(record.treatment == .asPublished)
    #expect(record.usability == .ok)
  }

  @Test("Values are read as they are meant")
  func values() throws {
    let record = DMARCRecord(
      "v=DMARC1; p=reject; sp=quarantine; np=none; adkim=s; aspf=s; t=y; psd=n; fo=1:d; rua=mailto:A%40b@Example.COM , https://x.example/;ruf=mailto:f@example.net"
    )
    let settings = record.settings
    #expect(
      settings.policy == .reject && settings.subdomainPolicy == .quarantine
        && settings.nonexistentPolicy == .some(.none))
    #expect(settings.dkimAlignment == .strict && settings.spfAlignment == .strict)
    #expect(settings.mode == .testing && settings.suffix == .organizationalDomain)
    #expect(settings.failureOptions == [.anyFails, .dkim])
    #expect(settings.aggregateReports.map(\.scheme) == ["mailto", "https"])
    let mailbox = try #require(settings.aggregateReports.first?.mailbox)
    #expect(mailbox.localPart == Array("A@b".utf8))
    #expect(mailbox.domain.display == "example.com")
  }

  typealias Kind = DMARCFault.Kind

  @Test(
    "Texts that are no policy record are told from those that were meant as one",
    arguments: [
      ("v=DMARC1", .policyRecord), ("v=DMARC1;", .policyRecord), ("v\t=  DMARC1 ; p=none", .policyRecord),
      (" v=DMARC1; p=none", .nearMiss(.leadingWhiteSpace)),
      ("\"v=DMARC1; p=none\"", .nearMiss(.leadingQuote)),
      ("\\\"v=DMARC1; p=none", .nearMiss(.leadingQuote)),
      ("\u{FEFF}v=DMARC1; p=none", .nearMiss(.byteOrderMark)),
      ("v=dmarc1; p=none", .nearMiss(.wrongCase)), ("V=DMARC1; p=none", .nearMiss(.wrongCase)),
      ("V=dmarc1; p=none", .nearMiss(.wrongCase)), ("v=DMARC; p=none", .nearMiss(.wrongVersion)),
      ("v=DMARC1.0; p=none", .nearMiss(.wrongVersion)), ("v=DMARC2; p=none", .nearMiss(.wrongVersion)),
      ("v=DMARC1 p=none", .nearMiss(.missingSemicolon)), ("v=DMARC1,p=none", .nearMiss(.missingSemicolon)),
      ("p=none; v=DMARC1", .nearMiss(.versionNotFirst)), (";v=DMARC1; p=none", .nearMiss(.versionNotFirst)),
      ("p=reject; rua=mailto:a@example.com", .nearMiss(.versionMissing)),
      ("v=spf1 -all", .unrelated), ("v=DKIM1; p=none", .unrelated), ("k=rsa; p=MIGf", .unrelated),
      ("", .unrelated),
      ("v=", .unrelated), ("hello", .unrelated),
    ] as [(String, DMARCStanding)])
  func standing(text: String, expected: DMARCStanding) {
    let record = DMARCRecord(text)
    #expect(record.standing == expected)
    switch expected {
    case .policyRecord:
      #expect(!record.faults.contains { if case .version = $0.kind { true } else { false } })
    case .nearMiss(let miss):
      #expect(record.faults.map(\.kind).contains(.version(miss)))
      #expect(record.usability == .error)
    case .unrelated:
      #expect(record.faults.map(\.kind) == [.notDMARC])
      #expect(record.usability == .ignored)
    }
  }

  @Test(
    "Every fault has its kind and its place",
    arguments: [
      ("v=DMARC1; p=none; foo=1", [.unknownTag], [18..<21]),
      ("v=DMARC1; P=none", [.tagNameNotLowerCase, .policyMissing], [10..<11, 16..<16]),
      (
        "v=DMARC1; p=none; pct=50; rf=afrf; ri=86400", [.historicTag, .historicTag, .historicTag],
        [18..<21, 26..<28, 35..<37]
      ),
      ("v=DMARC1; p=none; p=reject", [.syntax(.duplicate)], [18..<19]),
      ("v=DMARC1; p=none; adkim", [.syntax(.missingEquals)], [18..<23]),
      ("v=DMARC1; p=none;; t=n", [.syntax(.emptyElement)], [17..<17]),
      ("v=DMARC1; p=none; x_y=z", [.syntax(.illegalName)], [18..<21]),
      ("v=DMARC1; p=none; =z", [.syntax(.emptyName)], [17..<19]),
      ("v=DMARC1; p=none; x=\u{1}", [.unknownTag, .syntax(.illegalOctet)], [18..<19, 20..<21]),
      ("v=DMARC1; p=none; x=ü", [.unknownTag, .syntax(.notASCII)], [18..<19, 20..<22]),
      ("v=DMARC1; sp=none; p=none", [.policyNotSecond], [19..<20]),
      ("v=DMARC1; p=", [.syntax(.emptyValue), .policyInvalid], [10..<12, 12..<12]),
      ("v=DMARC1; p=rejected", [.policyInvalid], [12..<20]),
      ("v=DMARC1; p=none; sp=no", [.subdomainPolicyInvalid], [21..<23]),
      ("v=DMARC1; p=none; np=no", [.nonexistentPolicyInvalid], [21..<23]),
      (
        "v=DMARC1; p=none; adkim=relaxed; aspf=x", [.alignmentInvalid, .alignmentInvalid], [24..<31, 38..<39]
      ),
      ("v=DMARC1; p=none; psd=x; t=x", [.suffixFlagInvalid, .modeInvalid], [22..<23, 27..<28]),
      ("v=DMARC1; p=none; fo=1", [.failureOptionsUnused], [18..<20]),
      ("v=DMARC1; p=none; ruf=mailto:a@b.example; fo=0:1", [.failureOptionsInvalid], [45..<48]),
      ("v=DMARC1; p=none; ruf=mailto:a@b.example; fo=d:x", [.failureOptionsInvalid], [45..<48]),
      ("v=DMARC1; p=none; ruf=mailto:a@b.example; fo=s:s", [.failureOptionsInvalid], [45..<48]),
      ("v=DMARC1; p=none; rua=a@example.com", [.reportURI(.schemeMissing)], [22..<35]),
      (
        "v=DMARC1; p=none; rua=mailto:a@b.example, ,", [.reportURI(.empty), .reportURI(.empty)],
        [41..<41, 43..<43]
      ),
      ("v=DMARC1; p=none; rua=mailto:a!b@c.example", [.reportURI(.rawExclamationMark)], [22..<42]),
      ("v=DMARC1; p=none; rua=mailto:a@c.example!10m", [.reportURISize], [40..<44]),
      ("v=DMARC1; p=none; rua=mailto:a%zz@c.example", [.reportURI(.badPercentEncoding)], [22..<43]),
      ("v=DMARC1; p=none; rua=mailto:a b@c.example", [.reportURI(.illegalCharacter)], [22..<42]),
      ("v=DMARC1; p=none; rua=mailto:c.example", [.reportURI(.mailboxInvalid)], [22..<38]),
      ("v=DMARC1; p=none; rua=mailto:@c.example", [.reportURI(.mailboxInvalid)], [22..<39]),
      ("v=DMARC1; p=none; rua=mailto:a@[192.0.2.1]", [.reportURI(.mailboxInvalid)], [22..<42]),
      ("v=DMARC1; p=none; rua=https://c.example/", [.reportURIScheme], [22..<40]),
      ("v=DMARC1; p=none; rua=https://c.example:x/", [.reportURI(.hostInvalid)], [22..<42]),
    ] as [(String, [Kind], [Range<Int>])])
  func faults(text: String, kinds: [Kind], ranges: [Range<Int>]) {
    let record = DMARCRecord(text)
    #expect(record.faults.map(\.kind) == kinds)
    #expect(record.faults.map(\.range) == ranges)
  }

  @Test(
    "An invalid p, sp or np voids all policies; a valid rua saves the reports (RFC 9989 §4.10.1)",
    arguments: [
      ("p=rejct; rua=mailto:a@b.example", .monitoring, .error), ("p=rejct", .noProcessing, .error),
      ("p=reject; sp=x; rua=mailto:a@b.example", .monitoring, .error),
      ("p=reject; sp=x", .noProcessing, .error),
      ("p=reject; np=x; rua=https://b.example/", .monitoring, .error),
      ("p=reject; np=x; rua=a@b.example", .noProcessing, .error),
      ("rua=mailto:a@b.example", .monitoring, .ok), ("sp=reject", .noProcessing, .error),
      ("", .noProcessing, .error),
      ("p=reject; adkim=x; x", .asPublished, .ok), ("p=reject; p=x", .asPublished, .ok),
    ] as [(String, DMARCTreatment, DMARCUsability)])
  func treatment(rest: String, treatment: DMARCTreatment, usability: DMARCUsability) {
    let record = DMARCRecord("v=DMARC1; " + rest)
    #expect(record.treatment == treatment)
    #expect(record.usability == usability)
    let policy = record.preference(for: .publishingDomain)?.policy
    switch treatment {
    case .asPublished: #expect(policy == .reject)
    case .monitoring: #expect(policy == .some(.none))
    case .noProcessing: #expect(policy == nil)
    }
  }

  @Test(
    "np falls back to sp, and sp to p",
    arguments: [
      ("p=reject", [.p, .p, .p]), ("p=reject; sp=none", [.p, .sp, .sp]),
      ("p=reject; np=none", [.p, .p, .np]),
      ("p=reject; sp=none; np=quarantine", [.p, .sp, .np]),
    ] as [(String, [DMARCPolicyTag])])
  func fallback(rest: String, tags: [DMARCPolicyTag]) {
    let record = DMARCRecord("v=DMARC1; " + rest)
    let subjects: [DMARCSubject] = [.publishingDomain, .existingSubdomain, .nonexistentSubdomain]
    #expect(subjects.map { record.preference(for: $0)?.tag } == tags)
  }

  @Test("Test mode takes one level off")
  func testMode() {
    for (policy, applied) in [("reject", DMARCPolicy.quarantine), ("quarantine", .none), ("none", .none)] {
      let preference = DMARCRecord("v=DMARC1; p=\(policy); t=y").preference(for: .publishingDomain)
      #expect(preference?.policy.rawValue == policy)
      #expect(preference?.applied == applied)
    }
  }

  @Test(
    "What is printed reads back to the same settings",
    arguments: [
      "v=DMARC1;p=none",
      "v=DMARC1; sp=reject; p=none; foo=bar; pct=3; t=y; psd=y; np=quarantine; adkim=s; aspf=s",
      "v=DMARC1; p=reject; rua=mailto:a@b.example!10m, https://x.example/?a=b; ruf=MAILTO:c%21@d.example; fo=s:1",
      "v=DMARC1", "v=DMARC1; p=x; rua=mailto:a@b.example,x",
    ])
  func printing(text: String) {
    let record = DMARCRecord(text)
    let printed = record.settings.description
    let again = DMARCRecord(printed)
    #expect(again.standing == .policyRecord)
    #expect(again.settings.description == printed)
    #expect(again.settings.policy == record.settings.policy)
    #expect(again.settings.failureOptions == record.settings.failureOptions)
    #expect(again.settings.aggregateReports.map(\.octets) == record.settings.aggregateReports.map(\.octets))
  }

  @Test("A wanted record is written in the usual order")
  func building() throws {
    var settings = DMARCSettings()
    settings.policy = .reject
    settings.aggregateReports = [try ReportURI(Array("mailto:d@example.com".utf8))]
    settings.mode = .testing
    #expect(settings.description == "v=DMARC1; p=reject; rua=mailto:d@example.com; t=y")
  }

  @Test("Hostile octets never trap, and every fault lies inside the text")
  func hostile() {
    var random = SeededGenerator()
    let pieces: [[UInt8]] = [
      "v=DMARC1", ";", "; ", "p=", "none", "reject", "sp=", "np=", "rua=", "ruf=", "mailto:", "a@b.example",
      ",", "!", "!5k",
      "%", "%4", "%40", "fo=", "0:1", ":", "psd=y", "t=", "=", " ", "\t", "\r\n ", "\u{FEFF}", "\"", "ü",
      "https://[::1]/",
    ].map { Array($0.utf8) }
    for _ in 0..<5000 {
      var octets = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      for _ in 0..<Int.random(in: 0...2, using: &random) where !octets.isEmpty {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let record = DMARCRecord(octets)
      for fault in record.faults {
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= octets.count)
      }
      let printed = record.settings.description
      #expect(DMARCRecord(printed).settings.description == printed)
      #expect(printed.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test("A record of 64 KB is read at once")
  func large() {
    #expect(DMARCRecord("v=DMARC1" + String(repeating: ";a=,", count: 16_000)).treatment == .noProcessing)
    let record = DMARCRecord("v=DMARC1; p=none; rua=" + String(repeating: ",", count: 60_000))
    #expect(record.faults.count == 60_001)
  }

  @Test("Every fault has a sentence")
  func sentences() {
    for miss in DMARCNearMiss.allCases { #expect(Kind.version(miss).description.hasSuffix(".")) }
    for error in ReportURIError.allCases { #expect(Kind.reportURI(error).description.hasSuffix(".")) }
    for kind in TagFault.Kind.allCases { #expect(Kind.syntax(kind).description.hasSuffix(".")) }
  }
}

extension DMARCRecord {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
}
