import Evidence
package import Verdict

extension Rule {
  package static let tlsNoTLS13 = Rule(
    "tls.no-tls13",
    "A mail server does not speak TLS 1.3",
    about: TLSServer.self,
    severity: .low,
    why: """
      TLS 1.2 is safe where it is set up with care; 1.3 leaves no room for the mistakes, hides the certificate, and \
      is the only version that protects against recordings being read with quantum computers one day.
      """,
    fix: "Allow TLS 1.3 in the server's settings, or renew its TLS library.",
    references: [.rfc(9325, "3.1.1"), .rfc(9852, "")],
    examples: [
      .flags(
        "1.2 was taken", at: ["mail.example.com."],
        servers: [.example(.smtp, tls: ExampleHandshake(version: .tls12))], exampleHost),
      .flags(
        "at the host of a provider", at: ["mx.example.net."], severity: .info,
        servers: [.example(.smtp, host: "mx.example.net", tls: ExampleHandshake(version: .tls12))],
        exampleProvider),
      .passes("1.3", servers: [.example(.smtp), .example(.imaps)], exampleHost),
    ]
  ) { tls, _ in
    guard tls.parameters.version < .tls13 else { return [] }
    return [
      tls.fault(
        severity: tls.server.severity(mail: .low, clients: .low),
        "\(tls.server.title) chose \(own: tls.parameters.version.description) where 1.3 was offered.",
        expected: "TLS 1.3")
    ]
  }
}
