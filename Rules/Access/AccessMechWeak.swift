import Evidence
package import Verdict

extension Rule {
  package static let accessMechWeak = Rule(
    "access.mech-weak",
    "The only challenge that a mail server offers for logging in is a weak one",
    about: Scoped<WholeConversation, ServerScopes.Clients>.self,
    severity: .low,
    why: """
      CRAM-MD5, DIGEST-MD5 and NTLM look safer than PLAIN inside TLS and are not: what passes by can be \
      guessed offline, and the server must keep the password, or its equal, readable.
      """,
    fix:
      "Offer PLAIN inside TLS, and SCRAM-SHA-256 beside it if the password store allows; switch these off.",
    references: [.rfc(6331, ""), .rfc(8314, "4.1"), .rfc(5802, "1")],
    examples: [
      .flags(
        "beside PLAIN", at: ["mail.example.com."],
        servers: [
          .example(), .example(.submissions) { $0.inTLS = .example(.smtp, ["AUTH PLAIN CRAM-MD5"]) },
        ],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "in IMAP", at: ["mail.example.com."],
        servers: [.example(), .example(.imaps) { $0.inTLS = .example(.imap, ["AUTH=DIGEST-MD5"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "PLAIN inside TLS",
        servers: [.example(), .example(.submissions) { $0.inTLS = .example(.smtp, ["AUTH PLAIN LOGIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "beside a strong one, for old mail programs",
        servers: [
          .example(),
          .example(.submissions) { $0.inTLS = .example(.smtp, ["AUTH SCRAM-SHA-256 CRAM-MD5"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    let mechanisms = conversation.lists.flatMap(\.mechanisms)
    var seen: Set<String> = []
    let weak = mechanisms.filter { SASLMechanism.isWeak($0) && seen.insert($0).inserted }
    guard !weak.isEmpty, !mechanisms.contains(where: SASLMechanism.isStrong) else { return [] }
    return [
      server.fault(
        severity: server.severity(.low),
        "\(server.owned) offers no better challenge than \(SASLMechanism.words(weak)).",
        expected: "PLAIN inside TLS, or SCRAM")
    ]
  }
}
