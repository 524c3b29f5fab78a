import Evidence
package import Verdict

extension Rule {
  /// Postfix takes 10,240,000 octets unless told otherwise, which is what many know as 10 MB.
  private static let smallestUsualSize = 10_000_000

  package static let smtpExtSize = Rule(
    "smtp.ext-size",
    "A mail server does not say how large a message may be, or takes small ones only",
    about: Receiving<SMTPExtensions>.self,
    severity: .low,
    why: """
      Where the limit is not said, senders learn it when the whole message has been transferred in vain. \
      A limit below 10 MB returns messages that elsewhere are usual.
      """,
    fix: "Switch SIZE on, and take messages of 10 MB at least; 20 to 50 MB are usual.",
    references: [.rfc(1870, "3"), .practice("Simple NixOS Mailserver: setup guide")],
    examples: [
      .flags(
        "missing", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .only(.smtp, ["PIPELINING", "8BITMIME"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "1 MB", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .only(.smtp, ["PIPELINING", "8BITMIME", "SIZE 1000000"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("50 MiB", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "0 is no limit", servers: [.example { $0.inTLS = .only(.smtp, ["8BITMIME", "SIZE 0"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "no number is no limit", servers: [.example { $0.inTLS = .only(.smtp, ["8BITMIME", "SIZE"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "what Postfix takes", servers: [.example { $0.inTLS = .only(.smtp, ["8BITMIME", "SIZE 10240000"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { extensions, _ in
    let server = extensions.server
    guard let size = extensions.list["SIZE"] else {
      return [
        server.fault(
          severity: server.severity(.low), "\(server.owned) does not offer SIZE.", expected: "SIZE")
      ]
    }
    // RFC 1870 §3: 0, or no number, is no fixed limit.
    guard let octets = size.parameters.first.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
      octets > 0,
      octets < Rule.smallestUsualSize
    else { return [] }
    return [
      server.fault(
        severity: server.severity(.low), "\(server.owned) takes no message above \(octets) octets.",
        expected: "10 MB or more")
    ]
  }
}
