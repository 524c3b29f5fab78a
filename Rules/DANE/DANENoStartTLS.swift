import Evidence
package import Verdict

extension Rule {
  package static let daneNoStartTLS = Rule(
    "dane.no-starttls",
    "There are TLSA records for a server without STARTTLS",
    about: PinnedServer.self,
    severity: .critical,
    why: """
      With the records the host promises TLS. Senders that use DANE hold mail back rather than deliver it in plain
      text.
      """,
    fix: "Have the server offer STARTTLS to everybody, or remove the records.",
    references: [.rfc(7672, "2.2"), .rfc(3207, "4")],
    examples: [
      .flags(
        "not offered", at: ["mail.example.com."],
        servers: [
          .example(.smtp, tls: nil) {
            $0.startTLS = .notOffered
            $0.inPlaintext = .example(.smtp, [])
          }
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "offered", servers: [.example(.smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "refused for now",
        servers: [
          .example(.smtp, tls: nil) {
            $0.startTLS = .refused(.example(454, "4.7.0 TLS not available due to temporary reason"))
            $0.ending = .refused(.example(454, "4.7.0 TLS not available due to temporary reason"))
            $0.stage = .startTLS
          }
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "turned away",
        servers: [
          .example(.smtp, tls: nil) {
            $0.greeting = .example(554, "5.7.1 blocked")
            $0.startTLS = .unseen
            $0.inPlaintext = .unseen
            $0.stage = .greeting
            $0.ending = .refused(.example(554, "5.7.1 blocked"))
          }
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "no records",
        servers: [
          .example(.smtp, tls: nil) {
            $0.startTLS = .notOffered
            $0.inPlaintext = .example(.smtp, [])
          }
        ], exampleHost),
    ]
  ) { pinned, _ in
    pinned.unencrypted.map { server in
      pinned.fault(
        at: server,
        "\(pinned.words) demand TLS, which \(server.title) does not offer.",
        expected: "STARTTLS")
    }
  }
}
