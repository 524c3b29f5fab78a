import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let daneTAExpired = Rule(
    "dane.ta-expired",
    "The TLSA records are of an authority, and the certificate is out of its dates",
    about: PinnedServer.self,
    severity: .high,
    why: """
      With usage 2 the dates of all certificates of the chain count, unlike with usage 3: senders that use DANE hold mail
      back.
      """,
    fix: "Renew the certificate, or publish `3 1 1` of the server's key, for which dates do not count.",
    references: [.rfc(7672, "3.2.2"), .rfc(7671, "5.2"), .rfc(7672, "3.1.1")],
    examples: [
      .flags(
        "expired", at: ["mail.example.com."],
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(
              certificate: .issued, issuers: [.authority], time: Timestamp(seconds: 1_801_300_000)))
        ], exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "the whole chain, for the host",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "the key of the server is pinned, for which dates do not count",
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(
              certificate: .issued, issuers: [.authority], time: Timestamp(seconds: 1_801_300_000)))
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.issuedDigest)"),
    ]
  ) { pinned, _ in
    pinned.failures.filter { $0.reason == .dates }.map { failure in
      let (address, chain, _) = failure
      return pinned.fault(
        at: address.server,
        "The certificate of \(address.server.title) comes from the authority of its TLSA records, but is out of its dates.",
        observed: chain.certificates.first?.notAfter.map { "it ends at \(own: $0.description)" },
        expected: "a certificate in date")
    }
  }
}
