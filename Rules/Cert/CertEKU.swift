import Evidence
package import Verdict

extension Rule {
  package static let certEKU = Rule(
    "cert.eku",
    "A certificate is not for servers",
    about: CertifiedServer.self,
    severity: .high,
    why:
      "Its extended key usage allows other purposes alone, for which reason clients that check refuse the server.",
    fix: """
      Get a certificate for server authentication. That of client authentication is not needed, and public \
      authorities do not grant it any more.
      """,
    references: [.rfc(5280, "4.2.1.12")],
    examples: [
      .flags(
        "for clients", at: ["mail.example.com."],
        servers: [
          .example(.imaps, tls: ExampleHandshake(certificate: .weak, trust: .untrusted(.exampleSelfSigned)))
        ], exampleHost),
      .flags(
        "between servers", at: ["mail.example.com."], severity: .low,
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .weak))], exampleHost),
      .passes("for servers, not for clients", servers: [.example(.smtp), .example(.imaps)], exampleHost),
    ]
  ) { certified, _ in
    guard !certified.certificate.isForServers, !certified.isPinned, !certified.isUnderPolicy else {
      return []
    }
    return [
      certified.fault(
        mail: .low, clients: .high, "\(certified.words) is not for servers.",
        observed: "extended key usage without serverAuth", expected: "serverAuth")
    ]
  }
}
