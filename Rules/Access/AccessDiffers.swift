package import Verdict

extension Rule {
  package static let accessDiffers = Rule(
    "access.differs",
    "A port is open that is meant to be closed",
    about: UnexpectedlyOpenDoor.self,
    severity: .low,
    why: """
      A service that nobody means to offer is looked after by nobody, and open to whoever finds it.
      """,
    fix: """
      Switch the service off or close the port in the firewall, or correct the expected configuration.
      """,
    references: [.practice("Simple NixOS Mailserver: ports"), .practice("the expected configuration")],
    examples: [
      .flags(
        "POP3 with TLS", at: ["mail.example.com."], servers: [.example(), .example(.pop3s)],
        expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "closed", servers: [.example(), .example(.imaps)], expecting: .exampleV4,
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "143 is access.legacy-port-open", servers: [.example(), .example(.imap)],
        expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "nothing is expected", servers: [.example(), .example(.pop3s)], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { door, _ in
    guard !door.isLegacy else { return [] }
    return [
      door.server.fault("\(door.server.words) is open.", expected: "a closed port")
    ]
  }
}
