import Evidence
package import Verdict

extension Rule {
  package static let daneTAChain = Rule(
    "dane.ta-chain",
    "The authority that the TLSA records are of is not among the certificates sent",
    about: PinnedServer.self,
    severity: .high,
    why: """
      A digest tells nobody the certificate behind it: senders that use DANE compare with what the server sends, the
      root included if the record is of the root. Without it they hold mail back.
      """,
    fix:
      "Have the server send the certificate that the record was made from, or publish `3 1 1` of its own key.",
    references: [.rfc(7671, "5.2.2"), .rfc(7672, "3.1.2")],
    examples: [
      .flags(
        "the server's own alone", at: ["mail.example.com."],
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .flags(
        "a root that is left out", at: ["mail.example.com."],
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.rsaDigest)"),
      .passes(
        "the whole chain, for the host",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "the key of the server is pinned too",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"
          + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.issuedDigest)"),
    ]
  ) { pinned, _ in
    pinned.failures.filter { $0.reason == .anchorNotSent }.map { failure in
      let (address, chain, _) = failure
      return pinned.fault(
        at: address.server,
        "\(pinned.words) are of authorities, and \(address.server.title) sends no certificate that they match.",
        observed:
          "\(chain.certificates.count) in the chain, the last issued by \(foreign: chain.certificates.last?.issuer ?? "")",
        expected: "the certificate that the record is of")
    }
  }
}
