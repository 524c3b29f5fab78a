import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let certOCSPStaple = Rule(
    "cert.ocsp-staple",
    "A certificate promises a stapled proof that the server does not send",
    about: CertifiedServer.self,
    severity: .high,
    why: """
      The certificate says that the server proves with each handshake that it is not revoked (must-staple). Programs \
      that look at this end the connection without the proof.
      """,
    fix: """
      Get a certificate without this extension (`must-staple` in the ACME client): Postfix and Dovecot cannot staple, \
      and some authorities have given up OCSP.
      """,
    references: [.rfc(7633, "4.2.3"), .rfc(6066, "8")],
    examples: [
      .flags(
        "no proof for mail programs", at: ["mail.example.com."],
        servers: [.example(), .example(.imaps, tls: ExampleHandshake(certificate: .mustStaple))], exampleHost),
      .flags(
        "no proof between servers, of which few look", at: ["mail.example.com."], severity: .low,
        servers: [.example(tls: ExampleHandshake(certificate: .mustStaple))], exampleHost),
      .passes(
        "it is there",
        servers: [
          .example(
            tls: ExampleHandshake(certificate: .mustStaple, stapledResponse: ForeignOctets([0x30, 0x00])))
        ], exampleHost),
      .passes("nothing is promised", servers: [.example()], exampleHost),
    ]
  ) { certified, _ in
    guard certified.certificate.mustStaple, !certified.hasStaple else { return [] }
    return [
      certified.fault(
        mail: .low, clients: .high, "\(certified.words) demands a stapled OCSP response, and none is sent.",
        expected: "a response, or a certificate that demands none")
    ]
  }
}
