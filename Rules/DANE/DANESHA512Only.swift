import DANE
package import Verdict

extension Rule {
  package static let daneSHA512Only = Rule(
    "dane.sha512-only",
    "Every TLSA record of an MX host has a SHA-512 digest",
    about: TLSAPublication.self,
    severity: .low,
    why: """
      Senders must know SHA-256 and need not know any other digest; for one that does not, no record is \
      left that it can use.
      """,
    fix: "Publish the SHA-256 digest beside or in place of it.",
    references: [.rfc(7671, "9"), .rfc(6698, "6")],
    examples: [
      .flags(
        "alone", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 2 abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab
        """),
      .passes(
        "beside SHA-256",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 2 abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { publication, _ in
    guard publication.set.faults.contains(.sha512Only) else { return [] }
    return [
      publication.fault(
        "All usable TLSA records of \(publication.host) have matching type 2.",
        expected: "one with matching type 1")
    ]
  }
}
