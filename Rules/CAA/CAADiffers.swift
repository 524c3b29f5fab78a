package import Verdict

extension Rule {
  package static let caaDiffers = Rule(
    "caa.differs",
    "Other authorities may issue certificates than expected",
    about: ExpectedRecords<WantedScopes.Authorities>.self,
    severity: .medium,
    why: """
      A CAA record names who may issue certificates for the domain. One that is missing leaves it to everybody, one too \
      much admits somebody, and one that names another authority stops the next renewal.
      """,
    fix: """
      Publish the records of the expected configuration.
      """,
    references: [.rfc(8659, "4"), .practice("the expected configuration")],
    examples: [
      .flags(
        "another authority", at: ["example.com."], expecting: .example,
        "@ MX 10 mail\n@ CAA 0 issue \"ca.example.net\""),
      .flags("none", at: ["example.com."], expecting: .example, "@ MX 10 mail"),
      .passes(
        "the tag in capitals", expecting: .example, "@ MX 10 mail\n@ CAA 0 ISSUE \"letsencrypt.org\""),
      .passes("nothing is expected", "@ MX 10 mail"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
