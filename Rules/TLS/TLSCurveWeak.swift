import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let tlsCurveWeak = Rule(
    "tls.curve-weak",
    "A mail server agrees on keys on an elliptic curve that is too small",
    about: TLSServer.self,
    severity: .medium,
    why: """
      Curves of fewer than 256 bits, and those over binary fields, were dropped from TLS: they are weaker than what \
      they protect, and nobody looks after their implementations any more.
      """,
    fix: "Offer X25519 and P-256, and no curve whose name begins with secp160, secp192, secp224 or sect.",
    references: [.rfc(8422, "5.1.1"), .rfc(9325, "4.2"), .practice("NCSC-NL: TLS guidelines")],
    examples: [
      .flags(
        "192 bits", at: ["mail.example.com."],
        servers: [
          .example(.imaps),
          .example(
            .imaps, policy: .legacy,
            tls: ExampleHandshake(
              version: .tls11, suite: .exampleECDHE, group: "secp192r1", ephemeralBits: 192)),
        ], exampleHost),
      .flags(
        "a binary field", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(
            policy: .legacy,
            tls: ExampleHandshake(
              version: .tls10, suite: .exampleECDHE, group: "sect571r1", ephemeralBits: 570)),
        ], exampleHost),
      .passes(
        "an old version with P-256",
        servers: [
          .example(),
          .example(
            policy: .legacy,
            tls: ExampleHandshake(
              version: .tls11, suite: .exampleECDHE, group: "secp256r1", ephemeralBits: 256)),
        ], exampleHost),
      .passes("X25519, whose keys have 253 bits", servers: [.example()], exampleHost),
      .passes(
        "finite fields are tls.dh-weak",
        servers: [
          .example(tls: ExampleHandshake(version: .tls12, group: nil, ephemeralBits: 192))
        ], exampleHost),
    ]
  ) { tls, _ in
    let probes = [tls.server.probe, tls.server.other, tls.server.legacy].compactMap(\.self)
    let weak = probes.lazy.compactMap(\.weakCurve).first
    guard let weak else { return [] }
    return [
      tls.fault(
        severity: tls.server.severity(mail: .medium, clients: .medium),
        "\(tls.server.title) agrees on keys over \(foreign: weak.group) with \(own: weak.version.description).",
        expected: "X25519, P-256 or a larger curve over a prime field")
    ]
  }
}

extension ServerProbe {
  /// Of groups that have a name; finite fields have one in TLS 1.3 alone, and are large there.
  fileprivate var weakCurve: (group: String, version: TLSVersion)? {
    guard case .completed(let parameters) = conversation?.handshake?.result, let group = parameters.group,
      let bits = parameters.ephemeralBits, bits < 250 || group.hasPrefix("sect")
    else { return nil }
    return (group, parameters.version)
  }
}

extension CipherSuite {
  fileprivate static let exampleECDHE = CipherSuite(
    code: 0xC013, name: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA")
}
