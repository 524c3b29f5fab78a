package import Verdict

extension Rule {
  package static let hostAddressSetMismatch = Rule(
    "host.address-set-mismatch",
    "A mail host has other addresses than expected",
    about: ExpectedRecords<WantedScopes.Addresses>.self,
    severity: .high,
    why: """
      Mail goes to addresses that are not the host's, or does not find all of them. An IPv6 address that is published and \
      not there makes every sender wait; one that is there and not published sends mail that fails SPF.
      """,
    fix: """
      Publish exactly the addresses of the host.
      """,
    references: [
      .rfc(5321, "5.1"), .practice("Simple NixOS Mailserver and Flying Circus: mail server setup"),
      .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "IPv6 forgotten", at: ["mail.example.com."], expecting: .example, "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "an old address beside", at: ["mail.example.com."], expecting: .example,
        "@ MX 10 mail\nmail A 192.0.2.1\nmail A 192.0.2.9\nmail AAAA 2001:db8::1"),
      .passes(
        "as expected", expecting: .example, "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:DB8:0::1"),
      .passes("nothing is expected", "@ MX 10 mail\nmail A 192.0.2.9"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
