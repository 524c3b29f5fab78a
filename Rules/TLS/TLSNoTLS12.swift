import Evidence
package import Verdict

extension Rule {
  package static let tlsNoTLS12 = Rule(
    "tls.no-tls12",
    "A mail server speaks neither TLS 1.2 nor 1.3",
    about: TLSVersions.self,
    severity: .critical,
    why: """
      Mail programs and servers of today refuse what is older than TLS 1.2: they do not connect any more, or fall \
      back to plain text.
      """,
    fix: "Renew the server's TLS library, or allow TLS 1.2 and 1.3 in its settings.",
    references: [.rfc(8996, "4"), .rfc(9325, "3.1.1")],
    examples: [
      .flags(
        "an alert", at: ["mail.example.com."],
        servers: [
          .example(.imaps, tls: ExampleHandshake(failure: .alert(70))),
          .example(.imaps, policy: .legacy, tls: ExampleHandshake(version: .tls10)),
        ], exampleHost),
      .flags(
        "an answer in TLS 1.0", at: ["mail.example.com."],
        servers: [
          .example(.smtp, tls: ExampleHandshake(failure: .versionNotOffered)),
          .example(.smtp, policy: .legacy, tls: ExampleHandshake(version: .tls10)),
        ], exampleHost),
      .passes(
        "old versions too",
        servers: [.example(.smtp), .example(.smtp, policy: .legacy, tls: ExampleHandshake(version: .tls10))],
        exampleHost),
      .passes(
        "hung up while it answered",
        servers: [
          .example(.smtp, tls: ExampleHandshake(failure: .endOfStream(received: 1200))),
          .example(.smtp, policy: .legacy, tls: ExampleHandshake(version: .tls10)),
        ], exampleHost),
      .passes(
        "no TLS at all came about", servers: [.example(.smtp, tls: ExampleHandshake(failure: .alert(40)))],
        exampleHost),
    ]
  ) { versions, _ in
    guard let old = versions.old, let refusal = versions.refusal else { return [] }
    let server = versions.server
    return [
      server.fault(
        severity: server.severity(mail: .critical, clients: .critical),
        "\(server.title) speaks \(own: old.description) and nothing newer.",
        observed: "to TLS 1.2 and 1.3: \(refusal.words)", expected: "TLS 1.2 or 1.3")
    ]
  }
}

extension TLSFailure {
  /// Of those that are refusals of a version.
  fileprivate var words: Message {
    switch self {
    case .alert(let number): "alert \(Int(number))"
    case .versionNotOffered: "an answer in another version"
    case .endOfStream: "the connection closed"
    case .reset, .timedOut, .notTLS, .protocolError, .limit, .ownFailure: "no handshake"
    }
  }
}
