/// CAA records as they are published; every kind of fault is here once.
import CAA
import DNSData
import SeededRandom
import Testing
import URISyntax

@Suite struct CAAPropertyTests {
  typealias Kind = CAAFault.Kind

  @Test(
    "Values of the RFCs' examples name their authority, or nobody",
    arguments: [
      // RFC 8659 §4.2 and §4.3.
      ("issue", "ca1.example.net", "ca1.example.net"),
      ("issue", "ca1.example.net; account=230123", "ca1.example.net"),
      ("issue", ";", nil), ("issue", "", nil), ("issue", " ca1.example.net ; ", "ca1.example.net"),
      ("issuewild", "CA2.Example.ORG", "ca2.example.org"),
      ("issuemail", "authority.example; account=123456", "authority.example"),
      ("issuevmc", "ca.example", "ca.example"),
      // RFC 8657 §3 and §4.
      ("issue", "example.net; accounturi=https://example.net/account/1234", "example.net"),
      ("issue", "example.net; validationmethods=dns-01,http-01", "example.net"),
      (
        "issue", "example.net; validationmethods=dns-01; accounturi = https://example.net/acct/1",
        "example.net"
      ),
      ("issue", "example.net; validationmethods=ca-own-method", "example.net"),
      ("issue", "a; x=a=b", "a"),
    ])
  func sound(tag: String, value: String, authority: String?) throws {
    let property = CAAProperty(tag, value)
    #expect(property.faults.isEmpty)
    let issuer = try #require(property.issuer)
    #expect(issuer.domain?.display == authority)
    #expect(!issuer.isUnsatisfiable)
  }

  @Test("Parameters and conditions are read")
  func parameters() throws {
    let property = CAAProperty(
      "issue", "a.example; AccountURI=https://a.example/1 ;validationmethods=dns-01,ca-x; p=")
    let issuer = try #require(property.issuer)
    #expect(issuer.parameters.map(\.tag) == ["accounturi", "validationmethods", "p"])
    #expect(issuer.account == .only(try URI(Array("https://a.example/1".utf8))))
    #expect(issuer.methods == .only(["dns-01", "ca-x"]))
  }

  @Test(
    "Every fault has its kind and its place",
    arguments: [
      (1, "issue", "ca.example", [.reservedFlags], .flags, [0..<1]),
      (128, "issue", "ca.example", [], .flags, []),
      (0, "Issue", "ca.example", [.tagNotLowerCase], .tag, [0..<5]),
      (0, "", "x", [.tagInvalid], .tag, [0..<0]),
      (0, "issue-wild", "x", [.tagInvalid], .tag, [0..<10]), (0, "future", "x", [], .tag, []),
      (128, "future", "x", [.criticalTagUnknown], .tag, [0..<6]),
      // RFC 8659 §4.2: a malformed value forbids.
      (0, "issue", "%%%%%", [.issuerInvalid], .value, [0..<5]),
      (0, "issue", "ca.example.", [.issuerInvalid], .value, [0..<11]),
      (0, "issue", "https://ca.example", [.issuerInvalid], .value, [0..<18]),
      (0, "issue", "a.example, b.example", [.issuerInvalid], .value, [0..<20]),
      (0, "issue", "a.example; x=1;", [.parameterEmpty], .value, [15..<15]),
      (0, "issue", "a.example; x", [.parameterInvalid], .value, [11..<12]),
      (0, "issue", "a.example; x=1 2", [.parameterInvalid], .value, [11..<16]),
      (0, "issue", "a.example; x_y=1", [.parameterInvalid], .value, [11..<16]),
      (0, "issue", "a.example; accounturi=1234", [.accountInvalid], .value, [11..<26]),
      (0, "issue", "a; accounturi=a:1; accounturi=a:2", [.accountRepeated], .value, [19..<33]),
      (0, "issue", "a; validationmethods=", [.methodsInvalid], .value, [3..<21]),
      (0, "issue", "a; validationmethods=dns_01", [.methodsInvalid], .value, [3..<27]),
      (
        0, "issue", "a; validationmethods=dns-01; validationmethods=http-01", [.methodsRepeated], .value,
        [29..<54]
      ),
      (0, "issue", "a; validationmethods=dns01", [.methodUnknown], .value, [3..<26]),
      (0, "iodef", "mailto:security@example.com", [], .value, []),
      (0, "iodef", "http://iodef.example.com/", [], .value, []),
      (0, "iodef", "security@example.com", [.reportAddress(.schemeMissing)], .value, [0..<20]),
      (0, "iodef", "ftp://example.com/", [.reportSchemeUnsupported], .value, [0..<18]),
      (0, "contactemail", "domains@example.com", [], .value, []),
    ] as [(UInt8, String, String, [Kind], CAAField, [Range<Int>])])
  func faults(flags: UInt8, tag: String, value: String, kinds: [Kind], field: CAAField, ranges: [Range<Int>])
  {
    let property = CAAProperty(CAA(flags: flags, tag: Array(tag.utf8), value: Array(value.utf8)))
    #expect(property.faults.map(\.kind) == kinds)
    #expect(property.faults.map(\.range) == ranges)
    for fault in property.faults {
      #expect(fault.field == field)
      #expect(fault.kind.description.hasSuffix("."))
    }
    if let issuer = property.issuer, property.faults.contains(where: \.kind.forbidsIssuance) {
      #expect(issuer.domain == nil || issuer.isUnsatisfiable)
    }
  }

  @Test("Hostile octets never trap, and every fault lies inside its field")
  func hostile() {
    var random = SeededGenerator()
    let tags = CAATag.allCases.map(\.rawValue) + ["", "x", "ISSUE", "é"]
    let pieces: [[UInt8]] = [
      "ca.example", ";", "; ", "accounturi=", "validationmethods=", "dns-01", ",", "=", " ", "\t", "-", ".",
      "ü", "a:b",
      "mailto:", "\u{0}",
    ].map { Array($0.utf8) }
    for _ in 0..<5000 {
      var value = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      if !value.isEmpty, Bool.random(using: &random) {
        value[Int.random(in: 0..<value.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let record = CAA(
        flags: UInt8.random(in: 0...255, using: &random),
        tag: Array((tags.randomElement(using: &random) ?? "").utf8), value: value)
      for fault in CAAProperty(record).faults {
        let count =
          switch fault.field {
          case .flags: 1
          case .tag: record.tag.count
          case .value: record.value.count
          }
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= count)
      }
    }
  }
}

extension CAAProperty {
  init(_ tag: String, _ value: String) {
    self.init(CAA(flags: 0, tag: Array(tag.utf8), value: Array(value.utf8)))
  }
}
