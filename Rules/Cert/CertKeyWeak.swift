import Crypto
package import Verdict

extension Rule {
  package static let certKeyWeak = Rule(
    "cert.key-weak",
    "The key of a certificate is too short",
    about: CertifiedServer.self,
    severity: .high,
    why: """
      Such keys can be found by those who can afford it, who then are the server for everybody. Many clients end the \
      handshake, mail servers among them.
      """,
    fix: "Make a new key, ECDSA on P-256 or RSA with 2048 bits or more, and get a certificate for it.",
    references: [.rfc(9325, "4.5"), .practice("CA/Browser Forum Baseline Requirements 6.1.5")],
    examples: [
      .flags(
        "RSA with 1024 bits", at: ["mail.example.com."],
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .weak))], exampleHost),
      .flags(
        "for the other algorithm", at: ["mail.example.com."],
        servers: [
          .example(.smtp), .example(.smtp, policy: .rsaOnly, tls: ExampleHandshake(certificate: .weak)),
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "P-256 and RSA with 2048 bits",
        servers: [.example(.smtp), .example(.imaps, tls: ExampleHandshake(certificate: .rsa))], exampleHost),
    ]
  ) { certified, _ in
    // A root is trusted for being known, whatever its key.
    let signers = certified.issuers.filter { !$0.isSelfSigned }
    return ([certified.certificate] + signers).enumerated().compactMap { depth, certificate in
      guard let weakness = certificate.key.weakness else { return nil }
      let whose = certified.words(at: depth)
      return certified.fault(
        mail: .high, clients: .high, "\(whose) has a key that is too short.", observed: weakness,
        expected: "RSA with 2048 bits or more, or a curve with 256")
    }
  }
}

extension CertificateKey {
  fileprivate var weakness: Message? {
    guard let bits else { return nil }
    switch kind {
    case .rsa, .rsaPSS: return bits < 2048 ? "RSA with \(bits) bits" : nil
    case .ec: return bits < 256 ? "a curve with \(bits) bits" : nil
    case .ed25519, .ed448, .dsa, .other: return nil
    }
  }
}
