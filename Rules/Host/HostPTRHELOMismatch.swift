package import Verdict

extension Rule {
  package static let hostPTRHELOMismatch = Rule(
    "host.ptr-helo-mismatch",
    "The reverse name of a sending address is not its name in HELO",
    about: ExpectedRecords<WantedScopes.Reverse>.self,
    severity: .medium,
    why: """
      Receivers compare the name in HELO with the reverse name of the address. Some refuse mail where they differ, many \
      count it against the sender.
      """,
    fix: """
      Have the owner of the address set the PTR record to the name in HELO, and to no other.
      """,
    references: [
      .rfc(5321, "4.1.4"), .practice("Simple NixOS Mailserver and Flying Circus: mail server setup"),
      .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "another name", at: ["1.2.0.192.in-addr.arpa."], expecting: .exampleV4,
        "@ MX 10 mail\nmail A 192.0.2.1\n1.2.0.192.in-addr.arpa. PTR www"),
      .flags(
        "two names", at: ["1.2.0.192.in-addr.arpa."], expecting: .exampleV4,
        "1.2.0.192.in-addr.arpa. PTR www\n1.2.0.192.in-addr.arpa. PTR mail"),
      .passes("as expected", expecting: .exampleV4, "1.2.0.192.in-addr.arpa. PTR MAIL"),
      .passes("nothing is expected", "1.2.0.192.in-addr.arpa. PTR www"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
