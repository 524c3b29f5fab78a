import DANE
package import Verdict

extension Rule {
  package static let daneLength = Rule(
    "dane.length",
    "A TLSA record has a digest of the wrong length",
    about: TLSAPublication.self,
    severity: .high,
    why: """
      A digest of the wrong length matches no certificate: the record is as good as none. If \
      no other record helps, senders that use DANE demand TLS without knowing whom to trust.
      """,
    fix: "Make the record anew from the certificate in use, and publish the whole of it.",
    references: [.rfc(6698, "2.1.3"), .rfc(7671, "4")],
    examples: [
      .flags(
        "cut off", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abcd
        """),
      .flags(
        "SHA-256 where SHA-512 is declared", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 2 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .flags(
        "SHA-512 where SHA-256 is declared", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab
        """),
      .flags(
        "at a port for clients", at: ["_993._tcp.mail.example.com."], severity: .low,
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _993._tcp.mail TLSA 3 1 1 abababababababababababababab
        """),
      .passes("32 octets", examplePinnedHost),
      .passes(
        "64 octets",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 2 abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { publication, _ in
    publication.set.records.flatMap { record in
      record.faults.compactMap { fault -> Fault? in
        switch fault.kind {
        case .associationLength(let expected, let found):
          publication.fault(
            "The record \(record.shortName) has \(found) octets of data.",
            expected: "\(expected) octets, the length of its digest")
        case .associationEmpty:
          publication.fault("The record \(record.shortName) holds no data.")
        case .usageUnknown, .usagePKIX, .selectorUnknown, .matchingTypeUnknown, .fullData, .pinsCertificate:
          nil
        }
      }
    }
  }
}
