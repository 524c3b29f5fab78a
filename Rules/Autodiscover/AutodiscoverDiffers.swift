package import Verdict

extension Rule {
  package static let autodiscoverDiffers = Rule(
    "autodiscover.differs",
    "Autodiscover is not where it is expected",
    about: ExpectedRecords<WantedScopes.Autodiscover>.self,
    severity: .low,
    why: """
      Outlook and mail programs of phones look for their settings at this name. Elsewhere they find none, or those of \
      somebody else.
      """,
    fix: """
      Publish the record of the expected configuration.
      """,
    references: [
      .practice("Microsoft Exchange, Autodiscover for Exchange"), .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "another host", at: ["autodiscover.example.com."], expecting: .example,
        "autodiscover A 192.0.2.80\nmail A 192.0.2.1"),
      .passes("an alias", expecting: .example, "autodiscover CNAME mail\nmail A 192.0.2.1"),
      .passes("nothing is expected", "autodiscover A 192.0.2.80"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
