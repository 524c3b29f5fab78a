import Crypto
import Evidence
package import Verdict

extension Rule {
  package static let certDefaultSnakeoil = Rule(
    "cert.default-snakeoil",
    "A server shows the certificate that its software came with",
    about: CertifiedServer.self,
    severity: .medium,
    why: """
      Nobody has set up a certificate at this port, or the server does not find it. Nobody can tell such a server \
      from an impostor.
      """,
    fix: "Have the server load the certificate that is meant for this name.",
    references: [.rfc(9525, "6.3"), .rfc(8314, "4.4")],
    examples: [
      .flags(
        "for localhost", at: ["mail.example.com."],
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(
              certificate: .localhost, trust: .untrusted(.exampleSelfSigned), nameMatches: false))
        ], exampleHost),
      .passes(
        "signed by itself, for the server",
        servers: [.example(.imaps, tls: ExampleHandshake(trust: .untrusted(.exampleSelfSigned)))], exampleHost
      ),
      .passes(
        "its key is pinned",
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(
              certificate: .localhost, trust: .untrusted(.exampleSelfSigned), nameMatches: false))
        ], exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.issuedDigest)"),
    ]
  ) { certified, _ in
    // No public authority signs such names.
    guard certified.verdicts.trust != .trusted, !certified.isPinned, certified.certificate.isOfTheShelf else {
      return []
    }
    return [
      certified.fault(
        mail: .medium, clients: .medium, "\(certified.words) is one that software brings along.",
        observed: "subject \(foreign: certified.certificate.subject), \(certified.names)",
        expected: "a certificate for \(certified.server.host)")
    ]
  }
}

extension Certificate {
  /// Names and organisations that packages and appliances fill in.
  private static let marks = [
    "cn=localhost", "snakeoil", "internet widgits", "someorganization", "traefik default", "fake certificate",
    "cn=imap.example.com", "courier mail server", "cn=fortigate", "sonicwall", "cn=plesk", "cn=synology",
    "cn=qnap", "cn=default", "ou=automatically generated", "cn=mailserver.local",
  ]

  fileprivate var isOfTheShelf: Bool {
    let text = subject.lowercased()
    return Self.marks.contains { text.contains($0) }
      || subjectAltName.dnsNames.contains { String(decoding: $0, as: UTF8.self).hasPrefix("localhost") }
  }
}
