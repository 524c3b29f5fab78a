package import Verdict

extension Rule {
  package static let dmarcDiffers = Rule(
    "dmarc.differs",
    "The DMARC record is not the expected one",
    about: ExpectedRecords<WantedScopes.DMARC>.self,
    severity: .medium,
    why: """
      Receivers treat mail that fails in another way than the operator means, or send their reports elsewhere.
      """,
    fix: """
      Publish the record of the expected configuration.
      """,
    references: [.rfc(9989, "4.7"), .practice("the expected configuration")],
    examples: [
      .flags(
        "a weaker policy", at: ["_dmarc.example.com."], expecting: .example,
        #"_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com""#),
      .flags("none", at: ["_dmarc.example.com."], expecting: .example, "@ MX 10 mail"),
      .passes(
        "the same tags in another order, with defaults written out", expecting: .example,
        #"_dmarc TXT "v=DMARC1;p=reject;adkim=r; aspf=r; rua=mailto:dmarc@example.com;""#),
      .passes("nothing is expected", #"_dmarc TXT "v=DMARC1; p=none""#),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
