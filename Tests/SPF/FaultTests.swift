// Every kind of fault in a record's text (RFC 7208 §12), one term each, and where
// it is said to stand. Faults that show in look-ups are in CheckTests and
// TreeTests.

import DNSData
import SPF
import Testing

@Suite struct FaultTests {
  @Test(arguments: [
    ("moo", SPFFaultKind.unknownMechanism("moo")), ("ipv4:192.0.2.1", .unknownMechanism("ipv4")),
    ("mx.", .unknownMechanism("mx.")), ("-all.", .unknownMechanism("all.")),
    ("redirect:a.example.com", .unknownMechanism("redirect")),
    ("moo.cow/far_out=man", .unknownMechanism("moo.cow")),
    ("=all", .syntax), ("-", .syntax), ("1up=foo", .syntax), ("192.0.2.1", .syntax), ("+-all", .syntax),
    ("-redirect=a.example.com", .qualifiedModifier("redirect")), ("+x=y", .qualifiedModifier("x")),
    ("all:foobar", .unexpectedArgument), ("all/8", .unexpectedArgument),
    ("include", .missingDomain), ("include:", .missingDomain), ("exists", .missingDomain),
    ("a:", .missingDomain),
    ("a:/24", .missingDomain), ("ptr:", .missingDomain), ("redirect=", .missingDomain),
    ("exp=", .missingDomain),
    ("ip4", .missingAddress), ("ip4:", .missingAddress), ("ip6", .missingAddress),
    ("ip6:/32", .missingAddress),
    ("ip4:192.0.2", .badIP4(.malformed)), ("ip4:192.0.2.256", .badIP4(.malformed)),
    ("ip4:192.0.02.1", .badIP4(.leadingZero)), ("ip4:2001:db8::1", .badIP4(.otherFamily)),
    ("ip4:mail.example.com", .badIP4(.malformed)), ("ip6:192.0.2.1", .badIP6(.otherFamily)),
    ("ip6::CAFE::BABE", .badIP6(.malformed)), ("ip6:-0::1", .badIP6(.malformed)),
    ("ip4:192.0.2.0/33", .badPrefixLength), ("ip4:192.0.2.0/032", .badPrefixLength),
    ("ip4:192.0.2.0/", .badPrefixLength), ("ip6:2001:db8::/129", .badPrefixLength),
    ("a/33", .badPrefixLength),
    ("a//129", .badPrefixLength), ("a/24/64", .badPrefixLength), ("a/", .badPrefixLength),
    ("mx///", .badPrefixLength),
    ("a:mail.example.com/x24", .malformedDomain(.badTopLabel)), ("a/24x", .badPrefixLength),
    ("ip4:192.0.2.0//32", .unexpectedPrefixLength), ("ip6:2001:db8::/32/64", .unexpectedPrefixLength),
    ("include:a.example.com/24", .unexpectedPrefixLength), ("ptr/0", .unexpectedPrefixLength),
    ("exists:%{d}/24", .unexpectedPrefixLength),
    ("ip4:192.0.2.1,192.0.2.2", .trailingGarbage), ("ip4:192.0.2.0/24;", .trailingGarbage),
    ("ip4:192.0.2.1:25", .trailingGarbage), ("ip6:2001:db8::1,2001:db8::2", .trailingGarbage),
    ("include:a,include:b", .trailingGarbage), ("include:a.example.com,", .trailingGarbage),
    ("a:example.com:8080", .trailingGarbage), ("mx,a", .trailingGarbage), ("all;", .trailingGarbage),
    ("a:museum", .malformedDomain(.singleLabel)), ("a:museum.", .malformedDomain(.singleLabel)),
    ("a:%{d}com", .malformedDomain(.singleLabel)), ("a:abc.123", .malformedDomain(.numericTopLabel)),
    ("a:192.0.2.1", .malformedDomain(.address)), ("a:example.-com", .malformedDomain(.badTopLabel)),
    ("a:example.com-", .malformedDomain(.badTopLabel)), ("a:example..", .malformedDomain(.badTopLabel)),
    ("exp=-all", .malformedDomain(.singleLabel)), ("redirect=?all", .malformedDomain(.singleLabel)),
    ("a:exämple.com", .nonASCII), ("a:example.com\r", .illegalCharacter(13)), ("a\tmx", .illegalCharacter(9)),
    ("a:foo.example.com\0", .illegalCharacter(0)),
    ("exists:%(ir).example.com", .badMacro(.strayPercent)), ("exists:foo%", .badMacro(.strayPercent)),
    ("x=%abc", .badMacro(.strayPercent)), ("a:%{d", .badMacro(.unterminated)),
    ("a:%{}", .badMacro(.missingLetter)),
    ("a:%{1}", .badMacro(.missingLetter)), ("a:%{a}.com", .badMacro(.unknownLetter(0x61))),
    ("exp=%{r}.example.com", .badMacro(.explanationOnly(0x72))), ("a:%{d0}", .badMacro(.zeroLabels)),
    ("a:%{d00r}", .badMacro(.zeroLabels)), ("a:%{dr2}", .badMacro(.badTransformer)),
    ("a:%{d;}", .badMacro(.badTransformer)),
  ])
  func eachFaultHasItsKind(term: String, kind: SPFFaultKind) throws {
    let record = try #require(SPFRecord("v=spf1 \(term) -all"))
    #expect(record.faults.map(\.kind) == [kind])
    #expect(record.terms.map(\.description) == ["-all"])
    let fault = try #require(record.faults.first)
    #expect(fault.term == Array(term.utf8))
    #expect(fault.termRange == 7..<(7 + term.utf8.count))
    #expect(
      fault.termRange.contains(fault.range.lowerBound) && fault.range.upperBound <= fault.termRange.upperBound
    )
  }

  @Test func allFaultsAreListedInOrder() throws {
    let record = try #require(SPFRecord("v=spf1 moo ip4:1.2.3 a:%{z}.%{d0}.com exp=a.b exp=a.b -all"))
    #expect(
      record.faults.map(\.kind) == [
        .unknownMechanism("moo"), .badIP4(.malformed), .badMacro(.unknownLetter(0x7A)),
        .badMacro(.zeroLabels),
        .duplicateModifier("exp"),
      ])
    #expect(record.terms.map(\.description) == ["exp=a.b", "-all"])
  }

  @Test(arguments: [
    ("ip4:192.0.2.1,192.0.2.2", 20..<30), ("include:a.example.com;", 28..<29), ("a:x.%{d0}.com", 11..<16),
    ("ip4:192.0.2.0/33", 20..<23), ("moo:x", 7..<10),
  ])
  func faultsPointAtTheirOctets(term: String, range: Range<Int>) throws {
    #expect(try #require(SPFRecord("v=spf1 \(term)")).faults.map(\.range) == [range])
  }

  @Test func redirectTwiceIsAFaultEvenWithTheSameTarget() throws {
    let record = try #require(SPFRecord("v=spf1 redirect=a.example.com Redirect=a.example.com"))
    #expect(record.faults.map(\.kind) == [.duplicateModifier("redirect")])
  }

  @Test func unknownModifiersMayRepeat() throws {
    #expect(try #require(SPFRecord("v=spf1 x=1 x=2 -all")).faults.isEmpty)
  }
}
