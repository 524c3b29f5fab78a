import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let certRevoked = Rule(
    "cert.revoked",
    "A certificate was revoked by its authority",
    about: CertifiedServer.self,
    severity: .critical,
    why: """
      The authority took the certificate back, most often because somebody else may have its key. Programs that look \
      at the response which the server itself sends refuse the connection; the others trust what they must not.
      """,
    fix: "Make a new key, get a new certificate for it, and serve that at all ports.",
    references: [.rfc(6960, "2.2"), .rfc(6066, "8"), .rfc(5280, "5.3.1")],
    examples: [
      .flags(
        "its key was lost", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(
            .imaps, tls: ExampleHandshake(revocation: .revoked(ExampleHandshake.time, .keyCompromise))),
        ], exampleHost),
      .flags(
        "between servers, pinned or not", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(revocation: .revoked(nil, nil)))],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .flags(
        "of a third party", at: ["mx.example.net."], severity: .high,
        servers: [
          .example(host: "mx.example.net", tls: ExampleHandshake(revocation: .revoked(nil, .superseded)))
        ], exampleProvider),
      .passes("nothing is said of it", servers: [.example(), .example(.imaps)], exampleHost),
      .passes(
        "said to be good", servers: [.example(.imaps, tls: ExampleHandshake(revocation: .notRevoked))],
        exampleHost),
      .passes(
        "what is said proves nothing",
        servers: [.example(.imaps, tls: ExampleHandshake(revocation: .unusable))], exampleHost),
    ]
  ) { certified, _ in
    // Responses that the server sends alone: nothing is fetched from addresses in certificates.
    guard case .revoked(let time, let reason) = certified.verdicts.revocation else { return [] }
    let moment: Message = time.map { " at \(own: $0.description)" } ?? ""
    return [
      certified.fault(
        mail: .critical, clients: .critical,
        "\(certified.words) was revoked by its authority\(moment)\(reason?.words ?? "").",
        observed: "the OCSP response that the server sends with it", expected: "a certificate that is good")
    ]
  }
}

extension RevocationReason {
  /// What follows "was revoked".
  fileprivate var words: Message {
    switch self {
    case .keyCompromise: ", because its key is no longer secret"
    case .cACompromise, .aACompromise: ", because the authority itself was broken into"
    case .affiliationChanged: ", because its owner has changed"
    case .superseded: ", because another took its place"
    case .cessationOfOperation: ", because it is no longer needed"
    case .certificateHold: ", for the time being"
    case .privilegeWithdrawn: ", because the authority no longer vouches for it"
    case .unspecified, .removeFromCRL: ""
    }
  }
}
