import Evidence
package import Verdict

extension Rule {
  package static let caaBlocksCA = Rule(
    "caa.blocks-ca",
    "The authority of the present certificate may not issue the next one",
    about: IssuedCertificate.self,
    severity: .high,
    why: """
      Authorities read the CAA records at each renewal. The one that issued the mail host's certificate is not among \
      those that the records allow, so that it will refuse, and the certificate runs out.
      """,
    fix: "Add an `issue` property for the authority in use, or change to one that the records name.",
    references: [.rfc(8659, "4.2"), .rfc(8659, "4.3")],
    examples: [
      .flags(
        "another authority is named", at: ["example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(certificate: .letsEncrypt))],
        exampleHost + "\n@ CAA 0 issue \"ca.example\""),
      .flags(
        "nobody may issue", at: ["mail.example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(certificate: .letsEncrypt))],
        exampleHost + "\nmail CAA 0 issue \";\""),
      .passes(
        "named", servers: [.example(.imaps, tls: ExampleHandshake(certificate: .letsEncrypt))],
        exampleHost + "\n@ CAA 0 issue \"letsencrypt.org; validationmethods=dns-01\""),
      .passes(
        "no records", servers: [.example(.imaps, tls: ExampleHandshake(certificate: .letsEncrypt))],
        exampleHost),
      .passes(
        "only wildcards are limited",
        servers: [.example(.imaps, tls: ExampleHandshake(certificate: .letsEncrypt))],
        exampleHost + "\n@ CAA 0 issuewild \"ca.example\""),
      .passes(
        "an authority of which nothing is known", servers: [.example(.imaps)],
        exampleHost + "\n@ CAA 0 issue \"ca.example\""),
      .passes(
        "one that only bears the name",
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(
              certificate: .letsEncrypt, trust: .untrusted(.exampleIssuerMissing(depth: 0))))
        ], exampleHost + "\n@ CAA 0 issue \"ca.example\""),
      .passes(
        "a broken record is caa.syntax",
        servers: [.example(.imaps, tls: ExampleHandshake(certificate: .letsEncrypt))],
        exampleHost + "\n@ CAA 0 issue \"Let's Encrypt\""),
    ]
  ) { issued, _ in issued.use == .mail ? [issued.blockedFault].compactMap(\.self) : [] }
}
