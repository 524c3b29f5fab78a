import Evidence
package import Verdict

extension Rule {
  package static let certChainIncomplete = Rule(
    "cert.chain-incomplete",
    "A server does not send the certificate of its issuer",
    about: CertifiedServer.self,
    severity: .high,
    why: """
      Web browsers find missing certificates by themselves, mail programs and servers do not: for them there is no \
      path to an authority that they know.
      """,
    fix: "Give the server the whole chain, `fullchain.pem` in place of `cert.pem`.",
    references: [.rfc(8446, "4.4.2"), .rfc(5280, "6.1")],
    examples: [
      .flags(
        "the server's own alone", at: ["mail.example.com."],
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(certificate: .issued, trust: .untrusted(.exampleIssuerMissing(depth: 0))))
        ], exampleHost),
      .flags(
        "between servers", at: ["mail.example.com."], severity: .low,
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(certificate: .issued, trust: .untrusted(.exampleIssuerMissing(depth: 0))))
        ], exampleHost),
      .passes(
        "a whole chain",
        servers: [.example(.imaps, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost),
      .passes(
        "signed by itself",
        servers: [.example(.imaps, tls: ExampleHandshake(trust: .untrusted(.exampleSelfSigned)))], exampleHost
      ),
      .passes(
        "an unknown root",
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(
              certificate: .issued, issuers: [.authority], trust: .untrusted(.exampleIssuerMissing(depth: 1)))
          )
        ], exampleHost),
    ]
  ) { certified, _ in
    guard certified.lacksIssuer, !certified.isPinned, !certified.isUnderPolicy else { return [] }
    return [
      certified.fault(
        mail: .low, clients: .high,
        "\(certified.words) comes without that of its issuer, which is not a known root either.",
        observed: "issuer \(foreign: certified.certificate.issuer)", expected: "the chain up to a known root")
    ]
  }
}
