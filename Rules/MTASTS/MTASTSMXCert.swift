import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let mtastsMXCert = Rule(
    "mtasts.mx-cert",
    "An MX host's certificate is not what the MTA-STS policy demands",
    about: PolicedServer<CertifiedServer>.self,
    severity: .critical,
    why: """
      Under MTA-STS an MX host must show a certificate for its own name, in date, from a public authority. In mode \
      enforce senders deliver nothing to a host that does not; TLSA records do not make up for it. In mode testing \
      they deliver and report it.
      """,
    fix: """
      Get a certificate for the name in the MX record from a public authority, and serve it with its intermediate \
      certificates. Until then, set the policy to `mode: testing`, with a new id in the record.
      """,
    references: [.rfc(8461, "4.2"), .rfc(9525, "6")],
    examples: [
      .flags(
        "signed by itself", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(trust: .untrusted(.selfSigned)))], documents: [.policy()],
        ExampleDocument.policyZone),
      .flags(
        "signed by itself, as a TLSA record says", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(trust: .untrusted(.selfSigned)))], documents: [.policy()],
        "\(ExampleDocument.policyZone)\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .flags(
        "expired", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(dates: .expired(ExampleHandshake.time, depth: 0)))],
        documents: [.policy()], ExampleDocument.policyZone),
      .flags(
        "for other names", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(nameMatches: false))], documents: [.policy()],
        ExampleDocument.policyZone),
      .flags(
        "testing", at: ["mail.example.com."], severity: .medium,
        servers: [.example(tls: ExampleHandshake(nameMatches: false))],
        documents: [
          .policy("version: STSv1\r\nmode: testing\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .passes("in order", servers: [.example()], documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "a port for clients is none of MTA-STS",
        servers: [.example(), .example(.imaps, tls: ExampleHandshake(nameMatches: false))],
        documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "a host that the policy does not name is mtasts.mx-mismatch",
        servers: [.example(tls: ExampleHandshake(nameMatches: false))],
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mx.elsewhere.example\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .passes(
        "no policy", servers: [.example(tls: ExampleHandshake(nameMatches: false))],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { policed, _ in
    let certified = policed.subject
    let objections = certified.verdicts.objections
    guard !objections.isEmpty else { return [] }
    let server = certified.server
    return [
      server.fault(
        severity: policed.policy.severity,
        """
        The policy is \(policed.policy.modeWords), and the certificate of \(server.words) \
        \(objections.enumeration).\(policed.ownerWords)
        """,
        expected: "a certificate for \(server.host), in date, from a public authority")
    ]
  }
}

extension PathError {
  /// OpenSSL's X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT.
  fileprivate static let selfSigned = PathError(code: 18, reason: "self-signed certificate", depth: 0)
}

extension CertificateVerdicts {
  fileprivate var objections: [Message] {
    var objections: [Message] = []
    if case .untrusted(let error) = trust { objections.append(error.objection) }
    switch dates {
    case .inDate: break
    case .expired(_, let depth): objections.append(depth == 0 ? "has expired" : "has an issuer that expired")
    case .notYetValid: objections.append("is not valid yet")
    case .unreadable: objections.append("has a date that is none")
    }
    if !matchName { objections.append("is for other names") }
    return objections
  }
}

extension PathError {
  fileprivate var objection: Message {
    switch kind {
    case .selfSigned: "is signed by itself"
    case .unknownRoot: "leads to a root that is not in the CA store"
    case .issuerMissing: "comes without the certificates between it and a root in the CA store"
    case .date, .name, .purpose, .signature, .noTLSAMatch, .other: "is not trusted (\(foreign: reason))"
    }
  }
}
