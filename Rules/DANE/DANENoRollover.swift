import DANE
package import Verdict

extension Rule {
  package static let daneNoRollover = Rule(
    "dane.no-rollover",
    "There is one TLSA record only",
    about: TLSAPublication.self,
    severity: .info,
    why: """
      When the key changes, both the old and the new record must have been published for longer than \
      caches keep the old answer. One record is right as long as nothing changes.
      """,
    fix:
      "Before the next change of the key publish a record for it, and wait for two lifetimes (TTL) of the old one.",
    references: [.rfc(7671, "8.1"), .rfc(7672, "4")],
    examples: [
      .flags("one", at: ["_25._tcp.mail.example.com."], examplePinnedHost),
      .passes(
        "the present key and the next",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 3 1 1 cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        """),
      .passes(
        "the key and its authority",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mail TLSA 2 1 1 cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        """),
    ]
  ) { publication, _ in
    guard publication.isForMail, publication.set.faults.contains(.singleRecord) else { return [] }
    return [
      publication.fault("Nothing is prepared for the next key of \(publication.host).").resting(on: [
        .lookup(publication.answer.question)
      ])
    ]
  }
}
