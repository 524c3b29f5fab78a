import SPF
package import Verdict

extension Rule {
  package static let spfSyntax = Rule(
    "spf.syntax",
    "The SPF record has a syntax error",
    about: PublishedSPF.self,
    severity: .high,
    why: """
      One error anywhere makes the whole record a permanent error: receivers treat the domain's mail as \
      if SPF were broken, and DMARC cannot use it.
      """,
    fix: "Correct the term, or remove it.",
    references: [.rfc(7208, "4.6"), .rfc(7208, "12")],
    examples: [
      .flags("a lone qualifier", at: ["example.com."], #"@ TXT "v=spf1 mx - all""#),
      .flags("an include without a domain", at: ["example.com."], #"@ TXT "v=spf1 include: -all""#),
      .flags("an address as a host", at: ["example.com."], #"@ TXT "v=spf1 a:192.0.2.1 -all""#),
      .flags("a tab between terms", at: ["example.com."], #"@ TXT "v=spf1 mx\009-all""#),
      .flags(
        "in an own included record", at: ["_spf.example.com."],
        #"""
        @ TXT "v=spf1 include:_spf.example.com -all"
        _spf TXT "v=spf1 a/99 -all"
        """#),
      .passes("a sound record", #"@ TXT "v=spf1 mx a:mail.example.com/28//64 ip6:2001:db8::/32 ~all""#),
      .passes("an unknown modifier", #"@ TXT "v=spf1 mx ra=postmaster -all""#),
      .passes(
        "a fault of somebody else's record",
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 include: -all"
        """#),
    ]
  ) { published, _ in
    published.faults { kind in
      switch kind {
      case .syntax, .qualifiedModifier, .unexpectedArgument, .missingDomain, .missingAddress,
        .badPrefixLength,
        .unexpectedPrefixLength, .malformedDomain, .illegalCharacter:
        true
      case .unknownMechanism, .duplicateModifier, .badIP4, .badIP6, .badMacro, .trailingGarbage, .nonASCII:
        false
      }
    }
  }
}
