import Evidence
package import Verdict

extension Rule {
  package static let accessSieveAuth = Rule(
    "access.sieve-auth",
    "A ManageSieve server lets users log in before TLS",
    about: Scoped<WholeConversation, ServerScopes.ManageSieve>.self,
    severity: .high,
    why: """
      It is the password of the mailbox that crosses the network in plain text when a program is set up \
      carelessly or deceived. With it, a filter that forwards all mail is quickly made.
      """,
    fix: "List no SASL mechanism before STARTTLS: in Dovecot, ssl = required.",
    references: [.rfc(5804, "1.7"), .rfc(5804, "2.1"), .rfc(8314, "4.1")],
    examples: [
      .flags(
        "PLAIN", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(.manageSieve) {
            $0.inPlaintext = .example(.manageSieve, ["STARTTLS", "SASL PLAIN LOGIN"])
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "what does not show the password", at: ["mail.example.com."], severity: .low,
        servers: [
          .example(),
          .example(.manageSieve) {
            $0.inPlaintext = .example(.manageSieve, ["STARTTLS", "SASL SCRAM-SHA-256"])
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "an empty list",
        servers: [
          .example(),
          .example(.manageSieve) {
            $0.inPlaintext = .example(.manageSieve, ["STARTTLS", "SASL"])
            $0.inTLS = .example(.manageSieve, ["SASL PLAIN"])
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard let mechanisms = conversation.session.inPlaintext.list?.mechanisms, !mechanisms.isEmpty else {
      return []
    }
    let isExposed = mechanisms.contains(where: SASLMechanism.sendsSecret)
    return [
      server.fault(
        severity: server.severity(isExposed ? .high : .low), "\(server.owned) lets users log in before TLS.",
        observed: "SASL with \(SASLMechanism.words(mechanisms))", expected: "no mechanism before STARTTLS")
    ]
  }
}
