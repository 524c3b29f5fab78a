import Evidence
package import Verdict

extension Rule {
  package static let mtastsMXTLSOld = Rule(
    "mtasts.mx-tls-old",
    "An MX host speaks obsolete TLS alone, under an MTA-STS policy",
    about: PolicedServer<TLSVersions>.self,
    severity: .high,
    why: """
      Senders that follow MTA-STS speak TLS 1.2 or later. To a host that knows only older versions they deliver \
      nothing in mode enforce.
      """,
    fix: "Update the mail server and its TLS library, or allow TLS 1.2 and 1.3 in its configuration.",
    references: [.rfc(8461, "7.2"), .rfc(8996, "")],
    examples: [
      .flags(
        "TLS 1.0", at: ["mail.example.com."],
        servers: [
          .example(tls: ExampleHandshake(failure: .alert(70))) { $0.ending = .interrupted(.tlsFailed) },
          .example(policy: .legacy, tls: ExampleHandshake(version: .tls10)),
        ], documents: [.policy()], ExampleDocument.policyZone),
      .passes("in order", servers: [.example()], documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "old versions too",
        servers: [.example(), .example(policy: .legacy, tls: ExampleHandshake(version: .tls10))],
        documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "none at all is not known to be old",
        servers: [
          .example(tls: ExampleHandshake(failure: .reset)) { $0.ending = .interrupted(.tlsFailed) },
          .example(policy: .legacy, tls: ExampleHandshake(failure: .reset)) {
            $0.ending = .interrupted(.tlsFailed)
          },
        ], documents: [.policy()], ExampleDocument.policyZone),
    ]
  ) { policed, _ in
    let server = policed.subject.server
    guard policed.subject.refusal != nil, let version = policed.subject.old else { return [] }
    return [
      server.fault(
        "\(server.words) refuses TLS 1.2 and 1.3, and speaks \(own: version.description).\(policed.ownerWords)",
        expected: "TLS 1.2 or 1.3")
    ]
  }
}
