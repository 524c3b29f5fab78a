import Evidence
package import Verdict

extension Rule {
  package static let daneAlgPartial = Rule(
    "dane.alg-partial",
    "The TLSA records match only one of the server's two certificates",
    about: PinnedServer.self,
    severity: .high,
    why: """
      The server has an RSA and an ECDSA certificate, and which one a sender gets depends on what it offers first. Of
      the senders that use DANE, those that get the other one hold mail back.
      """,
    fix: "Publish a record `3 1 1` for each of the two keys, or serve one certificate alone.",
    references: [.rfc(7671, "5"), .rfc(7672, "3.2"), .practice("internet.nl, how to publish DANE records")],
    examples: [
      .flags(
        "ECDSA alone", at: ["mail.example.com."],
        servers: [
          .example(.smtp), .example(.smtp, policy: .rsaOnly, tls: ExampleHandshake(certificate: .rsa)),
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "both",
        servers: [
          .example(.smtp), .example(.smtp, policy: .rsaOnly, tls: ExampleHandshake(certificate: .rsa)),
        ],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"
          + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"),
      .passes(
        "there is one certificate", servers: [.example(.smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
    ]
  ) { pinned, _ in
    pinned.judged.filter { !$0.matched.isEmpty }.flatMap { address in
      address.unmatched.map { chain in
        pinned.fault(
          at: address.server,
          """
          \(pinned.words) match one certificate of \(address.server.title), \
          but not \(chain.words).
          """,
          observed: chain.record.map { "its own would be \($0)" }, expected: "a record for each certificate")
      }
    }
  }
}
