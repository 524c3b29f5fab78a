import Evidence
package import Verdict

extension Rule {
  package static let tlsSigalgSHA1 = Rule(
    "tls.sigalg-sha1",
    "A mail server signs handshakes with SHA-1",
    about: SHA1Signing.self,
    severity: .medium,
    why: """
      Collisions of SHA-1 are made to order: who can have the server sign one can stand in for it. TLS 1.2 must not use \
      it any more.
      """,
    fix: """
      Leave SHA-1 out of the signature algorithms: OpenSSL 3 does at security level 1 and above, so look for \
      `@SECLEVEL=0` in the cipher list, or name the algorithms in openssl.cnf (`SignatureAlgorithms`).
      """,
    references: [.rfc(9155, "4"), .rfc(9325, "4.2")],
    examples: [
      .flags(
        "signed", at: ["mail.example.com."],
        servers: [
          .example(), .example(conduct: .trial),
          .example(
            policy: .sha1Only, tls: ExampleHandshake(version: .tls12, peerSignature: "RSA+SHA1")),
        ], exampleHost),
      .passes("refused", servers: [.example(), .example(conduct: .trial)], exampleHost),
      .passes(
        "no answer in time",
        servers: [
          .example(), .example(conduct: .trial),
          .example(policy: .sha1Only, tls: ExampleHandshake(failure: .timedOut)),
        ], exampleHost),
    ]
  ) { signing, _ in
    guard let signature = signing.signature else { return [] }
    let server = signing.server
    return [
      server.fault(
        severity: server.severity(mail: .medium, clients: .medium),
        "\(server.title) signs with SHA-1 if a client wants it.", observed: "\(own: signature)",
        expected: "SHA-256 or better")
    ]
  }
}
