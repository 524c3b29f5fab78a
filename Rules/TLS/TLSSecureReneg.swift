import Evidence
package import Verdict

extension Rule {
  package static let tlsSecureReneg = Rule(
    "tls.secure-reneg",
    "A mail server lacks secure renegotiation",
    about: TLSServer.self,
    severity: .medium,
    why: """
      Somebody in the middle can begin a session, and let the client's be taken for its continuation: what they said \
      first counts as the client's (CVE-2009-3555).
      """,
    fix: """
      Update the TLS library: every one has had it since 2010. Where it cannot be updated, turn renegotiation off and \
      offer TLS 1.3.
      """,
    references: [.rfc(5746, "3.6"), .rfc(9325, "3.5")],
    examples: [
      .flags(
        "TLS 1.2 without", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(version: .tls12, protections: .withoutRenegotiation))],
        exampleHost),
      .flags(
        "with an old version alone", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(
            policy: .legacy, tls: ExampleHandshake(version: .tls11, protections: .withoutRenegotiation)),
        ], exampleHost),
      .passes(
        "it has it",
        servers: [.example(tls: ExampleHandshake(version: .tls12, protections: .complete))],
        exampleHost),
      .passes("TLS 1.3 has no need of it", servers: [.example()], exampleHost),
    ]
  ) { tls, _ in
    let server = tls.server
    let probes = [server.probe, server.other, server.legacy].compactMap(\.self)
    let version = probes.lazy.compactMap { $0.version(where: { !$0.secureRenegotiation }) }.first
    guard let version else { return [] }
    return [
      tls.fault(
        severity: server.severity(mail: .medium, clients: .medium),
        "\(server.title) speaks \(own: version.description) without secure renegotiation (RFC 5746).",
        expected: "renegotiation_info in the ServerHello")
    ]
  }
}
