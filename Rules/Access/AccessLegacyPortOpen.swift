import Evidence
package import Verdict

extension Rule {
  package static let accessLegacyPortOpen = Rule(
    "access.legacy-port-open",
    "A port for mailboxes that begins in plain text is open",
    about: Scoped<ServerGreeting, ServerScopes.MailboxesOnDemand>.self,
    severity: .low,
    why: """
      Ports 143 and 110 begin in plain text, so that mail programs can be kept from TLS. Ports 993 and 995 \
      do the same without that moment. Where no login is taken before TLS, as some operators want it for \
      old mail programs, little is left to worry about.
      """,
    fix: "Close the port once no mail program of the users needs it.",
    references: [.rfc(8314, "3"), .rfc(8314, "4.1")],
    examples: [
      .flags(
        "IMAP with login before TLS", at: ["mail.example.com."],
        servers: [.example(), .example(.imap) { $0.inPlaintext = .only(.imap, ["IMAP4rev1", "STARTTLS"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "TLS is mandatory", at: ["mail.example.com."], severity: .info,
        servers: [.example(), .example(.imap), .example(.pop3)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "TLS is mandatory, and the port is meant to be closed", at: ["mail.example.com."],
        servers: [.example(), .example(.imap)], expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "meant to be open", servers: [.example(), .example(.imap)], expecting: .exampleLegacy,
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("closed", servers: [.example(), .example(.imaps)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "587 is what many mail programs know", servers: [.example(), .example(.submission)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "ManageSieve has no other port", servers: [.example(), .example(.manageSieve)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a third party's",
        servers: [.example(), .example(.imap, host: "imap.vendor.example")],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        imap.vendor.example. A 192.0.2.1
        _imap._tcp SRV 0 1 143 imap.vendor.example.
        """),
    ]
  ) { conversation, facts in
    let server = conversation.server
    let expected = facts.site?.host(server.host)?.services[server.service]
    let session = conversation.session
    guard server.ownership == .own, server.service == .imap || server.service == .pop3,
      session.greeting?.meaning == .positive, expected != .open
    else { return [] }
    return [
      server.fault(
        severity: session.takesLoginInPlaintext || expected == .closed ? nil : .info,
        "\(server.words) is open, and begins in plain text.",
        expected: server.service == .imap ? "port 993 alone" : "port 995 alone")
    ]
  }
}

extension MailSession {
  /// Nothing makes users begin TLS; a server that was not heard to the end has the benefit of the doubt.
  fileprivate var takesLoginInPlaintext: Bool {
    guard !startTLS.isProvenAbsent, let list = inPlaintext.list else { return startTLS.isProvenAbsent }
    return list.allowsLoginCommand || !list.mechanisms.isEmpty
  }
}
