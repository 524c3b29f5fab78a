package import Verdict

extension Rule {
  package static let webWebmailHost = Rule(
    "web.webmail-host",
    "The webmail host does not lead to its server",
    about: ExpectedRecords<WantedScopes.Webmail>.self,
    severity: .medium,
    why: """
      Users who type the name in find nothing, or somebody else's server.
      """,
    fix: """
      Publish the addresses of the host that serves webmail, or an alias to it.
      """,
    references: [.practice("Flying Circus: mail server"), .practice("the expected configuration")],
    examples: [
      .flags(
        "nothing", at: ["webmail.example.com."], expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags("elsewhere", at: ["webmail.example.com."], expecting: .exampleV4, "webmail A 192.0.2.80"),
      .passes("an alias", expecting: .exampleV4, "webmail CNAME mail\nmail A 192.0.2.1"),
      .passes("nothing is expected", "webmail A 192.0.2.80"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
