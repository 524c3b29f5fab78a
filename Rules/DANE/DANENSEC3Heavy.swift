import Evidence
package import Verdict

extension Rule {
  package static let daneNSEC3Heavy = Rule(
    "dane.nsec3-heavy",
    "TLSA records count for nothing, because the zone's NSEC3 records cost too much",
    about: InsecureTLSA.self,
    severity: .high,
    why: """
      Resolvers take answers that need NSEC3 records with many iterations for unsigned. Those of the TLSA look-up are \
      among them, so that senders that use DANE do not heed the records.
      """,
    fix: "Sign the zone with NSEC3 parameters `1 0 0 -`: no iterations, no salt.",
    references: [.rfc(9276, "3.1"), .rfc(9276, "3.2"), .rfc(7672, "2.1.1")],
    examples: [
      .flags(
        "a wildcard, which takes a denial", at: ["_25._tcp.mail.example.com."],
        validations: Validation.heavy("_25._tcp.mail", .tlsa),
        """
        @ MX 10 mail
        mail A 192.0.2.1
        *._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("no denial is needed", examplePinnedHost),
      .passes("no records", validations: Validation.heavy("_25._tcp.mail", .tlsa), exampleHost),
    ]
  ) { insecure, _ in
    guard case .iterations(let number) = insecure.cause.insecurity.reason else { return [] }
    return [
      insecure.fault(
        """
        The NSEC3 records of \(insecure.cause.insecurity.zone) have \(Int(number)) iterations, for which resolvers \
        take the TLSA records of \(insecure.host) for unsigned.
        """,
        expected: "0 iterations")
    ]
  }
}
