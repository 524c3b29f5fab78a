package import Verdict

extension Rule {
  package static let tlsrptDiffers = Rule(
    "tlsrpt.differs",
    "TLS reports go elsewhere than expected",
    about: ExpectedRecords<WantedScopes.TLSReporting>.self,
    severity: .low,
    why: """
      Senders report to the addresses in the record: another address has the reports of this domain, or nobody has.
      """,
    fix: """
      Publish the record of the expected configuration.
      """,
    references: [.rfc(8460, "3"), .practice("the expected configuration")],
    examples: [
      .flags(
        "another mailbox", at: ["_smtp._tls.example.com."], expecting: .example,
        #"_smtp._tls TXT "v=TLSRPTv1; rua=mailto:other@example.com""#),
      .passes(
        "as expected", expecting: .example,
        #"_smtp._tls TXT "v=TLSRPTv1;rua=mailto:tls@example.com;""#),
      .passes("nothing is expected", "@ MX 10 mail"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
