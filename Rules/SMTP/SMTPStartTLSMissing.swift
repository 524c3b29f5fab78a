import Evidence
package import Verdict

extension Rule {
  package static let smtpStartTLSMissing = Rule(
    "smtp.starttls-missing",
    "A mail server does not offer STARTTLS",
    about: Receiving<StartTLSOffer>.self,
    severity: .high,
    why: """
      Mail arrives in plain text, for everybody on the path to read and change. Senders that insist on TLS \
      do not deliver, and neither DANE nor MTA-STS can be kept.
      """,
    fix: """
      Give the mail server a certificate and switch STARTTLS on for port 25. Where it is, something in \
      front of the server removes it, or it is hidden from clients of little reputation.
      """,
    references: [.rfc(3207, "4"), .rfc(7435, "3"), .practice("internet.nl: mail test")],
    examples: [
      .flags(
        "not among the extensions", at: ["mail.example.com."],
        servers: [
          .example(tls: nil) {
            $0.inPlaintext = .example(.smtp, [])
            $0.startTLS = .notOffered
            $0.inTLS = .unseen
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "at a third party's host", at: ["mx.vendor.example."], severity: .medium,
        servers: [
          .example(host: "mx.vendor.example", tls: nil) {
            $0.inPlaintext = .example(.smtp, [])
            $0.startTLS = .notOffered
            $0.inTLS = .unseen
          }
        ], "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .passes("offered and done", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "not heard",
        servers: [
          .example(tls: nil) {
            $0.inPlaintext = .unseen
            $0.startTLS = .unseen
            $0.inTLS = .unseen
            $0.stage = .capabilities
            $0.ending = .interrupted(.timedOut)
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("turned away", servers: [.example(.timedOut)], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { offer, _ in
    // Without EHLO there can be none: smtp.ehlo-rejected.
    guard offer.session.startTLS == .notOffered, let list = offer.session.inPlaintext.list else { return [] }
    let server = offer.server
    let keywords = list.items.prefix(20).map { "\(foreign: $0.keyword)" as Message }
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) does not offer STARTTLS.",
        observed: keywords.isEmpty ? "no extensions" : keywords.enumeration,
        expected: "STARTTLS among the extensions")
    ]
  }
}
