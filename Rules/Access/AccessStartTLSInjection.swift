import Evidence
package import Verdict

extension Rule {
  package static let accessStartTLSInjection = Rule(
    "access.starttls-injection",
    "A server for mail programs obeys inside TLS what was said before it",
    about: Scoped<InjectionTrial, ServerScopes.ClientsOnDemand>.self,
    severity: .critical,
    why: """
      Somebody on the path can put commands of their own behind the mail program's STARTTLS. The server obeys them \
      inside TLS: the program's password or mail can end up in another's mailbox.
      """,
    fix: """
      Update the server, or whatever speaks TLS in front of it: it must throw away what it has read when STARTTLS is \
      answered. Ports 465 and 993 have no such step.
      """,
    references: [
      .rfc(9051, "11.1"), .rfc(8314, "4.1"), .practice("CVE-2011-0411"), .practice("CVE-2021-33515"),
    ],
    examples: [
      .flags(
        "IMAP's NOOP is answered", at: ["mail.example.com."],
        servers: [
          .example(), .example(conduct: .trial), .example(.imap),
          .example(.imap, conduct: .trial) { $0.trial?.injected = .example(.ok, "NOOP completed") },
        ], exampleHost),
      .flags(
        "of a submission server", at: ["mail.example.com."],
        servers: [
          .example(), .example(conduct: .trial), .example(.submission),
          .example(.submission, conduct: .trial) { $0.trial?.injected = .example(250, "2.0.0 Ok") },
        ], exampleHost),
      .passes(
        "forgotten",
        servers: [
          .example(), .example(conduct: .trial), .example(.imap), .example(.imap, conduct: .trial),
        ], exampleHost),
      .passes(
        "it hangs up",
        servers: [
          .example(), .example(conduct: .trial), .example(.imap),
          .example(.imap, conduct: .trial, tls: ExampleHandshake(failure: .endOfStream(received: 0))) {
            $0.failHandshake()
          },
        ], exampleHost),
    ]
  ) { trial, _ in
    guard let answer = trial.answer else { return [] }
    let server = trial.server
    return [
      server.fault(
        severity: server.severity(.critical),
        "\(server.owned) answers inside TLS a command that was sent in plain text behind STARTTLS.",
        observed: answer.words, expected: "no answer")
    ]
  }
}
