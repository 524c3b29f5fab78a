import DANE
package import Verdict

extension Rule {
  package static let daneAllUnusable = Rule(
    "dane.all-unusable",
    "No TLSA record of an MX host can be used",
    about: TLSAPublication.self,
    severity: .high,
    why: """
      Senders that use DANE demand TLS of this host, but authenticate nobody: an attacker with any certificate \
      passes, and MTA-STS does not help such senders.
      """,
    fix: "Publish a record `3 1 1` with the SHA-256 digest of the public key in use, or remove the records.",
    references: [.rfc(7672, "2.2"), .rfc(7672, "3.1.3")],
    examples: [
      .flags(
        "usage for web servers only", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 1 1 1 abababababababababababababababababababababababababababababababab
        """),
      .flags(
        "cut off and of no meaning", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abcd
        _25._tcp.mail TLSA 3 1 9 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "one can be used",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 1 1 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "a trust anchor",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 2 1 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { publication, _ in
    guard publication.set.standing == .allUnusable else { return [] }
    let names = publication.set.records.map(\.shortName).enumeration
    return [
      publication.fault(
        "No sender can use the TLSA records of \(publication.host): \(names).",
        expected: "a record 3 1 1 or 2 1 1 with a whole digest")
    ]
  }
}
