import Evidence
package import Verdict

extension Rule {
  package static let smtpExt8BITMIME = Rule(
    "smtp.ext-8bitmime",
    "A mail server does not take 8-bit text",
    about: Receiving<SMTPExtensions>.self,
    severity: .medium,
    why: """
      Senders must recode every message with letters beyond ASCII before they deliver it, or return it. \
      Recoding breaks its DKIM signature.
      """,
    fix: "Switch 8BITMIME on; every current mail server has it.",
    references: [.rfc(6152, "3")],
    examples: [
      .flags(
        "missing", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .only(.smtp, ["PIPELINING", "SIZE 52428800"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("offered", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "offered inside TLS alone",
        servers: [.example { $0.inPlaintext = .only(.smtp, ["STARTTLS"]) }], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "not heard inside TLS",
        servers: [
          .example {
            $0.inPlaintext = .only(.smtp, ["STARTTLS"])
            $0.inTLS = .unseen
            $0.stage = .capabilitiesInTLS
            $0.ending = .interrupted(.timedOut)
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { extensions, _ in
    let server = extensions.server
    guard extensions.list["8BITMIME"] == nil else { return [] }
    return [
      server.fault(
        severity: server.severity(.medium), "\(server.owned) does not offer 8BITMIME.", expected: "8BITMIME")
    ]
  }
}
