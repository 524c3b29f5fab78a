import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let tlsDHWeak = Rule(
    "tls.dh-weak",
    "A mail server agrees on keys in a group that is too small",
    about: TLSServer.self,
    severity: .high,
    why: """
      Diffie-Hellman over fewer than 2048 bits can be broken by those who can afford it, once for everybody who uses \
      the same group; many clients end such a handshake.
      """,
    fix: "Offer ECDHE alone, or use the group ffdhe2048 of RFC 7919 or a larger one.",
    references: [.rfc(9325, "4.1"), .rfc(7919, "5.1"), .rfc(10015, "3")],
    examples: [
      .flags(
        "1024 bits", at: ["mail.example.com."],
        servers: [
          .example(
            .imaps,
            tls: ExampleHandshake(version: .tls12, suite: .exampleDHE, group: nil, ephemeralBits: 1024))
        ], exampleHost),
      .flags(
        "with an old version alone", at: ["mail.example.com."],
        servers: [
          .example(.smtp),
          .example(
            .smtp, policy: .legacy,
            tls: ExampleHandshake(version: .tls10, suite: .exampleDHE, group: nil, ephemeralBits: 1024)),
        ], exampleHost),
      .passes(
        "2048 bits",
        servers: [
          .example(
            .smtp, tls: ExampleHandshake(version: .tls12, suite: .exampleDHE, group: nil, ephemeralBits: 2048)
          )
        ], exampleHost),
      .passes("256 bits on a curve", servers: [.example(.smtp)], exampleHost),
    ]
  ) { tls, _ in
    let probes = [tls.server.probe, tls.server.other, tls.server.legacy].compactMap(\.self)
    let weak = probes.lazy.compactMap(\.weakGroup).first
    guard let weak else { return [] }
    return [
      tls.fault(
        severity: tls.server.severity(mail: .high, clients: .high),
        "\(tls.server.title) uses Diffie-Hellman over \(weak.bits) bits with \(own: weak.version.description).",
        observed: "suite \(own: weak.suite)", expected: "2048 bits or more, or an elliptic curve")
    ]
  }
}

extension ServerProbe {
  fileprivate var weakGroup: (bits: Int, version: TLSVersion, suite: String)? {
    guard case .completed(let parameters) = conversation?.handshake?.result,
      let bits = parameters.ephemeralBits, bits < 2048,
      // Finite fields: in TLS 1.3 the suite does not tell, and all groups are large enough (RFC 8446 §4.2.7).
      parameters.cipherSuite.name.hasPrefix("TLS_DHE_")
        || parameters.cipherSuite.name.hasPrefix("TLS_DH_anon_")
    else { return nil }
    return (bits, parameters.version, parameters.cipherSuite.name)
  }
}

extension CipherSuite {
  fileprivate static let exampleDHE = CipherSuite(code: 0x9E, name: "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256")
}
