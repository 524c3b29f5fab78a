import DANE
package import Verdict

extension Rule {
  package static let daneUsagePKIX = Rule(
    "dane.usage-pkix",
    "A TLSA record has a certificate usage that mail does not know",
    about: TLSAPublication.self,
    severity: .medium,
    why: """
      Usages 0 and 1 demand a public certification authority, and mail servers have no common list of \
      them: senders treat such records as unusable.
      """,
    fix: "Publish a record with usage 3, or 2, in its place.",
    references: [.rfc(7672, "3.1.3")],
    examples: [
      .flags(
        "usage 1", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 1 1 1 abababababababababababababababababababababababababababababababab
        """),
      .flags(
        "usage 0 beside a good record", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 0 0 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("usage 3", examplePinnedHost),
      .passes(
        "usage 2",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 2 0 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { publication, _ in
    publication.set.records.filter { record in
      record.faults.contains { $0.kind == .usagePKIX }
    }.map { record in
      publication.fault(
        "The record \(record.shortName) has the usage \(Int(record.record.usage)).", expected: "usage 3 or 2")
    }
  }
}
