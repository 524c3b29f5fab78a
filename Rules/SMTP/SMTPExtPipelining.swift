import Evidence
package import Verdict

extension Rule {
  package static let smtpExtPipelining = Rule(
    "smtp.ext-pipelining",
    "A mail server takes one command at a time",
    about: Receiving<SMTPExtensions>.self,
    severity: .low,
    why:
      "Every command waits for the reply to the one before: mail to many recipients over a long path takes long.",
    fix: "Switch PIPELINING on.",
    references: [.rfc(2920, "3")],
    examples: [
      .flags(
        "missing", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .only(.smtp, ["8BITMIME", "SIZE 52428800"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("offered", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { extensions, _ in
    let server = extensions.server
    guard extensions.list["PIPELINING"] == nil else { return [] }
    return [
      server.fault(
        severity: server.severity(.low), "\(server.owned) does not offer PIPELINING.", expected: "PIPELINING")
    ]
  }
}
