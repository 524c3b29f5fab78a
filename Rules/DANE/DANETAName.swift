import Evidence
package import Verdict

extension Rule {
  package static let daneTAName = Rule(
    "dane.ta-name",
    "The TLSA records are of an authority, and the certificate is for another name",
    about: PinnedServer.self,
    severity: .high,
    why: """
      Everybody can get certificates from most authorities, so that with usage 2 the name counts: senders that use DANE
      hold mail back.
      """,
    fix:
      "Get a certificate with the name of the MX host from that authority, or publish `3 1 1` of the server's key.",
    references: [.rfc(7672, "3.2.2"), .rfc(7672, "3.1.2"), .rfc(7671, "5.2.1")],
    examples: [
      .flags(
        "another name", at: ["mail.example.com."],
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(certificate: .issuedElsewhere, issuers: [.authority], nameMatches: false))
        ], exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "the whole chain, for the host",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "the key of the server is pinned too",
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(certificate: .issuedElsewhere, issuers: [.authority], nameMatches: false))
        ],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"
          + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.issuedDigest)"),
    ]
  ) { pinned, _ in
    pinned.failures.filter { $0.reason == .name }.map { failure in
      let (address, chain, _) = failure
      return pinned.fault(
        at: address.server,
        "The certificate of \(address.server.title) comes from the authority of its TLSA records, but is not for that name.",
        observed: "names \(chain.names)",
        expected: "\(address.server.host), or the domain of the mail")
    }
  }
}
