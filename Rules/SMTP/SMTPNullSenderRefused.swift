import Evidence
package import Verdict

extension Rule {
  package static let smtpNullSenderRefused = Rule(
    "smtp.null-sender-refused",
    "A mail server refuses the empty sender",
    about: Receiving<NullSenderTrial>.self,
    severity: .high,
    why: """
      Bounces and delivery reports have an empty sender, so that they cannot bounce themselves. Who refuses it never \
      learns that a message was not delivered, and servers that verify senders in this way refuse the domain's mail.
      """,
    fix: """
      Accept `MAIL FROM:<>`; against forged bounces refuse what no mailbox is meant by, or tag own senders (BATV), \
      but not the empty sender as such.
      """,
    references: [.rfc(5321, "4.5.5"), .rfc(5321, "3.6.3"), .rfc(5321, "6.1")],
    examples: [
      .flags(
        "refused while another is taken", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(conduct: .trial) {
            $0.trial?.nullSender = .example(554, "5.7.1 <>: Sender address rejected")
            $0.trial?.otherSender = .example(250, "2.1.0 Ok")
          },
        ], exampleHost),
      .passes("taken", servers: [.example(), .example(conduct: .trial)], exampleHost),
      .passes(
        "every sender of this client is refused",
        servers: [
          .example(),
          .example(conduct: .trial) {
            $0.trial?.nullSender = .example(554, "5.7.1 Client host blocked using zen.spamhaus.org")
            $0.trial?.otherSender = .example(554, "5.7.1 Client host blocked using zen.spamhaus.org")
          },
        ], exampleHost),
      .passes(
        "refused for now",
        servers: [
          .example(),
          .example(conduct: .trial) { $0.trial?.nullSender = .example(451, "4.7.1 Try again later") },
        ], exampleHost),
    ]
  ) { trial, _ in
    guard let refusal = trial.refusal else { return [] }
    let server = trial.server
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) refuses the empty sender, and takes another.",
        observed: refusal.words, expected: "250 to MAIL FROM:<>")
    ]
  }
}
