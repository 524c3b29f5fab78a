package import Verdict

extension Rule {
  package static let autoconfigDiffers = Rule(
    "autoconfig.differs",
    "Autoconfig is not where it is expected",
    about: ExpectedRecords<WantedScopes.Autoconfig>.self,
    severity: .low,
    why: """
      Thunderbird and other mail programs look for their settings at this name. Elsewhere they find none, or those of \
      somebody else.
      """,
    fix: """
      Publish the record of the expected configuration.
      """,
    references: [.practice("Mozilla, autoconfiguration"), .practice("the expected configuration")],
    examples: [
      .flags(
        "another host", at: ["autoconfig.example.com."], expecting: .example,
        "autoconfig A 192.0.2.80\nmail A 192.0.2.1"),
      .flags("nothing", at: ["autoconfig.example.com."], expecting: .example, "mail A 192.0.2.1"),
      .passes("an alias", expecting: .example, "autoconfig CNAME mail\nmail A 192.0.2.1"),
      .passes("the same address", expecting: .example, "autoconfig A 192.0.2.1\nmail A 192.0.2.1"),
      .passes("nothing is expected", "autoconfig A 192.0.2.80"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
