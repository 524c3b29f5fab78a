import CAA
package import Verdict

extension Rule {
  package static let caaSyntax = Rule(
    "caa.syntax",
    "A CAA record is malformed",
    about: PublishedCAA.self,
    severity: .medium,
    why: """
      A property that authorities cannot read, or that is marked critical and unknown to them, forbids: \
      the next certificate is refused. A broken address for reports is never written to.
      """,
    fix: "Write the record anew: `0 issue \"ca.example\"`, parameters behind a semicolon, each tag=value.",
    references: [.rfc(8659, "4.1"), .rfc(8659, "4.2"), .rfc(8659, "4.4"), .rfc(8657, "3")],
    examples: [
      .flags("an unknown critical tag", at: ["example.com."], #"@ CAA 128 tbs "x""#),
      .flags("an authority that is no name", at: ["example.com."], #"@ CAA 0 issue "Let's Encrypt""#),
      .flags("a report address without a scheme", at: ["example.com."], #"@ CAA 0 iodef "ca@example.com""#),
      .flags(
        "of the parent", domain: "mail.example.com", at: ["example.com."],
        "mail A 192.0.2.1\n@ CAA 0 issue \"%%%\""),
      .flags(
        "of a mail host", at: ["mail.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail CAA 128 tbs \"x\""),
      .flags("a tag in capitals", at: ["example.com."], severity: .low, #"@ CAA 0 ISSUE "ca.example""#),
      .passes("an authority", #"@ CAA 0 issue "ca.example; validationmethods=dns-01""#),
      .passes("nobody", #"@ CAA 0 issue ";""#),
      .passes("an unknown tag that is not critical", #"@ CAA 0 tbs "x""#),
      .passes("an address for reports", #"@ CAA 0 iodef "mailto:ca@example.com""#),
    ]
  ) { published, _ in
    published.records.properties.flatMap { property in
      property.faults.map { fault in
        Fault(
          in: published.answer, severity: fault.kind.severity, "\(own: fault.kind.description)",
          observed:
            "\(Int(property.record.flags)) \(foreign: property.record.tag) \(foreign: property.record.value)")
      }
    }
  }
}

extension CAAFault.Kind {
  fileprivate var severity: Severity {
    switch self {
    case .criticalTagUnknown, .issuerInvalid, .parameterEmpty, .parameterInvalid, .accountInvalid,
      .accountRepeated, .methodsInvalid, .methodsRepeated, .tagInvalid, .reportAddress,
      .reportSchemeUnsupported:
      .medium
    case .reservedFlags, .tagNotLowerCase, .methodUnknown: .low
    }
  }
}
