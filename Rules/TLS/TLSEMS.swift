import Evidence
package import Verdict

extension Rule {
  package static let tlsEMS = Rule(
    "tls.ems",
    "A mail server does not bind session keys to the handshake",
    about: TLSServer.self,
    severity: .medium,
    why: """
      Without the extended master secret somebody in the middle can make two sessions with the same keys, and so pass \
      off one client as another. TLS 1.3 has no such step.
      """,
    fix: """
      Update the TLS library: OpenSSL has had it since 1.1.0 (2016). Then look for an option that turns it off.
      """,
    references: [.rfc(7627, "1"), .rfc(9325, "3.5")],
    examples: [
      .flags(
        "TLS 1.2 without", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(version: .tls12, protections: .withoutEMS))],
        exampleHost),
      .flags(
        "with an old version alone", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(policy: .legacy, tls: ExampleHandshake(version: .tls11, protections: .withoutEMS)),
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
    let version = probes.lazy.compactMap { $0.version(where: { !$0.extendedMasterSecret }) }.first
    guard let version else { return [] }
    return [
      tls.fault(
        severity: server.severity(mail: .medium, clients: .medium),
        "\(server.title) speaks \(own: version.description) without the extended master secret.",
        expected: "extended_master_secret in the ServerHello")
    ]
  }
}
