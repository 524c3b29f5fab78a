import Crypto
import DNSData
package import Verdict

extension Rule {
  package static let certDiffers = Rule(
    "cert.differs",
    "The addresses of one host show different certificates",
    about: HostCertificates.self,
    severity: .low,
    why: """
      One of the servers behind the name was forgotten at a renewal, or IPv4 and IPv6 lead to different machines: \
      which certificate a client sees is chance.
      """,
    fix: "Serve the same certificate at every address, or make sure that each server renews its own.",
    references: [.practice("one certificate for one name")],
    examples: [
      .flags(
        "two of one kind", at: ["mail.example.com."],
        servers: [
          .example(.imaps),
          .example(
            .imaps, at: "192.0.2.2", tls: ExampleHandshake(certificate: .issued, issuers: [.authority])),
        ], exampleHost + "\nmail A 192.0.2.2"),
      .passes(
        "RSA here, ECDSA there",
        servers: [
          .example(.imaps), .example(.imaps, at: "192.0.2.2", tls: ExampleHandshake(certificate: .rsa)),
        ], exampleHost + "\nmail A 192.0.2.2"),
      .passes(
        "the same", servers: [.example(.imaps), .example(.imaps, at: "192.0.2.2")],
        exampleHost + "\nmail A 192.0.2.2"),
      .passes(
        "at a provider's",
        servers: [
          .example(.smtp, host: "mx.example.net"),
          .example(
            .smtp, host: "mx.example.net", at: "192.0.2.2",
            tls: ExampleHandshake(certificate: .issued, issuers: [.authority])),
        ], exampleProvider + "\nmx.example.net. A 192.0.2.2"),
    ]
  ) { host, _ in
    guard let first = host.certified.first else { return [] }
    return host.certified.dropFirst().filter { $0.certificate.der != first.certificate.der }.map { other in
      other.fault(
        mail: .low, clients: .low,
        "\(other.words) is not the one that \(first.server.address) shows.",
        observed: "issued \(other.certificate.issued), there \(first.certificate.issued)",
        expected: "the same certificate")
    }
  }
}

extension Certificate {
  fileprivate var issued: Message { notBefore.map { "at \(own: $0.description)" } ?? "at no date" }
}
