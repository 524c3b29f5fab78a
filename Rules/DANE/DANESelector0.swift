import DANE
package import Verdict

extension Rule {
  package static let daneSelector0 = Rule(
    "dane.selector0",
    "The TLSA records are bound to a certificate that renewal replaces",
    about: TLSAPublication.self,
    severity: .low,
    why: """
      A record with selector 0 changes with every renewal of the certificate. Whoever forgets it once \
      loses the mail of all senders that use DANE.
      """,
    fix: "Publish the digest of the public key, `3 1 1`, and keep the key at renewals.",
    references: [.rfc(7671, "5.1")],
    examples: [
      .flags(
        "alone", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 0 1 abababababababababababababababababababababababababababababababab
        """),
      .flags(
        "two of them", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 0 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 0 1 cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        """),
      .passes(
        "beside the key",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 0 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "a trust anchor",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 2 0 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { publication, _ in
    guard publication.set.faults.contains(.certificatesOnly) else { return [] }
    return [
      publication.fault(
        "All usable TLSA records of \(publication.host) have usage 3 and selector 0.",
        expected: "selector 1, the public key")
    ]
  }
}
