import Evidence
package import Verdict

extension Rule {
  package static let tlsVersionOld = Rule(
    "tls.version-old",
    "A mail server still speaks TLS 1.0 or 1.1",
    about: TLSVersions.self,
    severity: .high,
    why: """
      These versions rest on digests that can be forged, and are forbidden since 2021. A mail program that is \
      talked down to them gives away passwords. Between servers (port 25) they still beat plain text, which is the \
      choice that some old senders are left with.
      """,
    fix:
      "Allow TLS 1.2 and 1.3 alone: `smtpd_tls_protocols = >=TLSv1.2` in Postfix, `ssl_min_protocol = TLSv1.2` in Dovecot.",
    references: [.rfc(8996, "4"), .rfc(8997, "3"), .rfc(9325, "3.1.1")],
    examples: [
      .flags(
        "at a port for mail programs", at: ["mail.example.com."],
        servers: [
          .example(.imaps),
          .example(.imaps, policy: .legacy, tls: ExampleHandshake(version: .tls11)),
        ], exampleHost),
      .flags(
        "between servers", at: ["mail.example.com."], severity: .medium,
        servers: [.example(.smtp), .example(.smtp, policy: .legacy, tls: ExampleHandshake(version: .tls10))],
        exampleHost),
      .flags(
        "at the host of a provider", at: ["mx.example.net."], severity: .low,
        servers: [
          .example(.smtp, host: "mx.example.net"),
          .example(.smtp, host: "mx.example.net", policy: .legacy, tls: ExampleHandshake(version: .tls10)),
        ], exampleProvider),
      .passes("refused", servers: [.example(.smtp), .example(.imaps)], exampleHost),
      .passes(
        "no answer in time",
        servers: [
          .example(.smtp),
          .example(.smtp, policy: .legacy, tls: ExampleHandshake(failure: .timedOut)),
        ], exampleHost),
    ]
  ) { versions, _ in
    guard let old = versions.old, versions.refusal == nil else { return [] }
    let server = versions.server
    return [
      server.fault(
        severity: server.severity(mail: .medium, clients: .high),
        "\(server.title) accepts \(own: old.description).", expected: "TLS 1.2 and 1.3 alone")
    ]
  }
}
