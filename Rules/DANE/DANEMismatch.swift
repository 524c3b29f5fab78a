import Evidence
package import Verdict

extension Rule {
  package static let daneMismatch = Rule(
    "dane.mismatch",
    "No TLSA record matches the certificate that the server shows",
    about: PinnedServer.self,
    severity: .critical,
    why: """
      Every sender that uses DANE holds mail for this host back, and returns it after some days. At ports for mail
      programs hardly anybody looks.
      """,
    fix:
      "Publish `3 1 1` of the key in use, or serve the certificate that the records are of. Before the next change of the key publish its record first.",
    references: [.rfc(7672, "3.2"), .rfc(7671, "5"), .rfc(7672, "2.2")],
    examples: [
      .flags(
        "another key", at: ["mail.example.com."], servers: [.example(.smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"),
      .flags(
        "at a port for mail programs", at: ["mail.example.com."], severity: .low, servers: [.example(.imaps)],
        exampleHost + "\n_993._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"),
      .flags(
        "at the host of a provider", at: ["mx.example.net."], severity: .low,
        servers: [.example(.smtp, host: "mx.example.net")],
        exampleProvider + "\n_25._tcp.mx.example.net. TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"),
      .flags(
        "an authority, and its root is sent", at: ["mail.example.com."], servers: [.example(.smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "the key in use", servers: [.example(.smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "the key in use and the next", servers: [.example(.smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"
          + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "signed by itself, expired, for another name",
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(
              trust: .untrusted(.exampleSelfSigned), dates: .expired(ExampleHandshake.time, depth: 0),
              nameMatches: false))
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "not signed, so that nobody heeds it", servers: [.example(.smtp)], signed: ["net."],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"),
      .passes(
        "the host's alias leads to where the record stands",
        servers: [.example(.smtp, host: "mx.example.com", tls: ExampleHandshake(certificate: .ecdsa))],
        """
        @ MX 10 mx
        mx CNAME mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)
        _25._tcp.mx TLSA 3 1 1 \(ExampleCertificate.rsaDigest)
        """),
      .flags(
        "the alias leads out of signed zones, so that its own record counts", at: ["mx.example.com."],
        servers: [.example(.smtp, host: "mx.example.com")], signed: ["example.com."],
        """
        @ MX 10 mx
        mx CNAME mx.example.net.
        mx.example.net. A 192.0.2.1
        _25._tcp.mx.example.net. TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)
        _25._tcp.mx TLSA 3 1 1 \(ExampleCertificate.rsaDigest)
        """),
      .passes(
        "no connection", servers: [.example(.timedOut, .smtp)],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.rsaDigest)"),
    ]
  ) { pinned, _ in
    pinned.failures.compactMap { failure in
      let message: Message
      switch failure.reason {
      case .noMatch:
        message = "\(pinned.words) do not match what \(failure.address.server.title) shows."
      case .path(let error):
        message = """
          \(pinned.words) match an authority, but the path to it from the certificate of \
          \(failure.address.server.title) is refused: \(foreign: error.reason).
          """
      case .anchorNotSent, .name, .dates: return nil
      }
      return pinned.fault(
        at: failure.address.server, message,
        observed: failure.chain.record.map { "the certificate's own would be \($0)" },
        expected: "a record of the certificate that is shown")
    }
  }
}
