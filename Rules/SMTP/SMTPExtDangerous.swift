import Evidence
package import Verdict

extension Rule {
  /// For filters of the own house: XCLIENT and XFORWARD let a client say who it is. TURN gives the mail of a domain to
  /// whoever names it (RFC 5321 App. F.1); the others show the inside of the server. ETRN delivers to the registered
  /// host only (RFC 1985 §5.2), and every Postfix offers it.
  private static let dangerousExtensions = ["XCLIENT", "XFORWARD", "XADR", "XSTA", "TURN"]

  package static let smtpExtDangerous = Rule(
    "smtp.ext-dangerous",
    "A mail server offers strangers what is meant for its own network",
    about: Receiving<WholeConversation>.self,
    severity: .medium,
    why: """
      With XCLIENT and XFORWARD a client says from which address and under which name it comes, and is \
      believed: blocklists, SPF and relay rules can be passed by. TURN gives mail away.
      """,
    fix:
      "Offer these commands to the filters that need them only; in Postfix, smtpd_authorized_xclient_hosts.",
    references: [.practice("Postfix: XCLIENT_README"), .rfc(5321, "F.1")],
    examples: [
      .flags(
        "XCLIENT", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .example(.smtp, ["XCLIENT NAME ADDR PROTO HELO"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("none of them", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "ETRN, as every Postfix has it",
        servers: [.example { $0.inTLS = .example(.smtp, ["ETRN", "XEXCH50"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    let offered = Rule.dangerousExtensions.filter { name in conversation.lists.contains { $0[name] != nil } }
    guard !offered.isEmpty else { return [] }
    let names = offered.map { "\(own: $0)" as Message }.enumeration
    return [
      server.fault(
        severity: server.severity(.medium), "\(server.owned) offers \(names) to strangers.",
        expected: "these extensions for the own network only")
    ]
  }
}
