import Evidence
package import Verdict

extension Rule {
  package static let certUntrusted = Rule(
    "cert.untrusted",
    "A certificate is not signed by an authority that clients know",
    about: CertifiedServer.self,
    severity: .high,
    why: """
      Mail programs warn of such a server or do not connect. Between servers it does no harm by itself: without DANE \
      and MTA-STS nobody asks who signed.
      """,
    fix: "Get a certificate from a public authority, for instance by ACME.",
    references: [.rfc(8314, "4.4"), .rfc(5280, "6"), .rfc(7672, "3.1.1")],
    examples: [
      .flags(
        "signed by itself", at: ["mail.example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(trust: .untrusted(.exampleSelfSigned)))], exampleHost
      ),
      .flags(
        "between servers", at: ["mail.example.com."], severity: .low,
        servers: [.example(.smtp, tls: ExampleHandshake(trust: .untrusted(.exampleSelfSigned)))], exampleHost),
      .flags(
        "by an authority whose root is its own", at: ["mail.example.com."],
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(
              certificate: .issued, issuers: [.authority], trust: .untrusted(.exampleIssuerMissing(depth: 1)))
          )
        ], exampleHost),
      .passes("known", servers: [.example(.smtp), .example(.imaps)], exampleHost),
      .passes(
        "its key is pinned",
        servers: [.example(.smtp, tls: ExampleHandshake(trust: .untrusted(.exampleSelfSigned)))],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "the issuer is not sent, of which another rule speaks",
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(certificate: .issued, trust: .untrusted(.exampleIssuerMissing(depth: 0))))
        ], exampleHost),
      .passes(
        "under a policy that is enforced, of which another rule speaks",
        servers: [.example(.smtp, tls: ExampleHandshake(trust: .untrusted(.exampleSelfSigned)))],
        documents: [examplePolicy], exampleHost + "\n" + examplePolicyRecords),
    ]
  ) { certified, _ in
    guard case .untrusted(let error) = certified.verdicts.trust, !certified.isPinned,
      !certified.isUnderPolicy,
      // Two other rules say it better.
      !certified.lacksIssuer, error.kind != .purpose || certified.certificate.isForServers
    else { return [] }
    let issuer = (certified.issuers.last ?? certified.certificate).issuer
    return [
      certified.fault(
        mail: .low, clients: .high, "\(certified.words) cannot be trusted: \(certified.reason(error)).",
        observed: "issuer \(foreign: issuer)", expected: "a path to a public authority")
    ]
  }
}

extension CertifiedServer {
  fileprivate func reason(_ error: PathError) -> Message {
    switch error.kind {
    case .selfSigned: "it is signed by itself"
    case .unknownRoot, .issuerMissing: "the authority at the end of its chain is not a known one"
    case .purpose: "a certificate on its path is not for that purpose"
    case .signature: "a signature on its path is wrong"
    case .date, .name, .noTLSAMatch, .other: "\(foreign: error.reason)"
    }
  }
}
