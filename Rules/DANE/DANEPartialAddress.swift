import Evidence
package import Verdict

extension Rule {
  package static let danePartialAddress = Rule(
    "dane.partial-address",
    "The TLSA records match at some addresses of a host only",
    about: PinnedServer.self,
    severity: .critical,
    why: """
      Senders that use DANE hold mail back whenever they come upon the other addresses; which that is, is chance.
      """,
    fix: "Serve the same key at every address, or publish a record `3 1 1` for each key.",
    references: [.rfc(7672, "3.2"), .rfc(7671, "5")],
    examples: [
      .flags(
        "one of two", at: ["mail.example.com."],
        servers: [
          .example(.smtp), .example(.smtp, at: "192.0.2.2", tls: ExampleHandshake(certificate: .rsa)),
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)" + "\nmail A 192.0.2.2"
      ),
      .passes(
        "both", servers: [.example(.smtp), .example(.smtp, at: "192.0.2.2")],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)" + "\nmail A 192.0.2.2"),
      .passes(
        "none, of which another rule speaks", servers: [.example(.smtp), .example(.smtp, at: "192.0.2.2")],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)" + "\nmail A 192.0.2.2"),
      .passes(
        "one gives no answer", servers: [.example(.smtp), .example(.timedOut, .smtp, at: "192.0.2.2")],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)" + "\nmail A 192.0.2.2"),
    ]
  ) { pinned, _ in
    guard let good = pinned.judged.first(where: { !$0.matched.isEmpty }) else { return [] }
    return pinned.judged.filter(\.matched.isEmpty).map { address in
      pinned.fault(
        at: address.server,
        """
        \(pinned.words) match at \(good.server.address), \
        but not what \(address.server.title) shows.
        """,
        observed: address.chains.first?.record.map { "the certificate's own would be \($0)" },
        expected: "a match at every address")
    }
  }
}
