import Evidence
package import Verdict

extension Rule {
  package static let accessIMAPVersion = Rule(
    "access.imap-version",
    "An IMAP server names no current version of IMAP",
    about: Scoped<WholeConversation, ServerScopes.IMAP>.self,
    severity: .medium,
    why:
      "Mail programs look for IMAP4rev1 or IMAP4rev2 among the capabilities, and do without the server otherwise.",
    fix: "Use a server that speaks IMAP4rev1 or IMAP4rev2, and let it say so.",
    references: [.rfc(9051, "7.2.2"), .rfc(3501, "7.2.1")],
    examples: [
      .flags(
        "none", at: ["mail.example.com."],
        servers: [.example(), .example(.imaps) { $0.inTLS = .only(.imap, ["IMAP4", "AUTH=PLAIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("IMAP4rev1", servers: [.example(), .example(.imaps)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "IMAP4rev2 alone",
        servers: [.example(), .example(.imaps) { $0.inTLS = .only(.imap, ["IMAP4rev2"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard
      let list = conversation.lists.last(where: { $0["IMAP4rev1"] == nil && $0["IMAP4rev2"] == nil })
    else { return [] }
    let names = list.items.prefix(20).map { "\(foreign: $0.keyword)" as Message }
    return [
      server.fault(
        severity: server.severity(.medium), "\(server.owned) lists neither IMAP4rev1 nor IMAP4rev2.",
        observed: names.isEmpty ? "no capabilities" : names.enumeration, expected: "IMAP4rev1 or IMAP4rev2")
    ]
  }
}
