import Crypto
package import Verdict

extension Rule {
  package static let certSigWeak = Rule(
    "cert.sig-weak",
    "A certificate is signed with a broken digest",
    about: CertifiedServer.self,
    severity: .high,
    why: "Signatures with MD5 and SHA-1 can be moved to a forged certificate; clients refuse them for years.",
    fix: "Get a new certificate: no public authority has signed with SHA-1 since 2016.",
    references: [
      .rfc(9155, ""), .rfc(9325, "4.5"), .practice("CA/Browser Forum Baseline Requirements 7.1.3.2"),
    ],
    examples: [
      .flags(
        "SHA-1", at: ["mail.example.com."],
        servers: [
          .example(.smtp, tls: ExampleHandshake(certificate: .issuedWithSHA1, issuers: [.authority]))
        ], exampleHost),
      .passes(
        "SHA-256",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost),
      .passes(
        "its own signature, which proves nothing",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .weak))], exampleHost),
      .passes(
        "its key is pinned",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issuedWithSHA1))],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.issuedDigest)"),
    ]
  ) { certified, _ in
    guard !certified.isPinned else { return [] }
    return ([certified.certificate] + certified.issuers).enumerated().compactMap { depth, certificate in
      guard !certificate.isSelfSigned, let digest = certificate.signatureDigest,
        ["MD2", "MD4", "MD5", "SHA1", "MD5-SHA1"].contains(digest)
      else { return nil }
      let whose = certified.words(at: depth)
      return certified.fault(
        mail: .high, clients: .high, "\(whose) is signed with \(own: digest).",
        observed: "issuer \(foreign: certificate.issuer)", expected: "SHA-256 or better")
    }
  }
}
