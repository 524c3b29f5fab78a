package import Verdict

extension Rule {
  package static let daneRolloverMissingNext = Rule(
    "dane.rollover-missing-next",
    "The next key is not in the TLSA records",
    about: ExpectedRecords<WantedScopes.Pins>.self,
    severity: .high,
    why: """
      The key is there, and will be used. From that moment senders that heed DANE hold mail back until the record is \
      published and old answers have left the caches: twice the TTL.
      """,
    fix: """
      Publish the record of the next key beside the current one, wait for two TTLs, and change the key then.
      """,
    references: [.rfc(7671, "8.1"), .rfc(7671, "8.4"), .rfc(7672, "4")],
    examples: [
      .flags(
        "the current one alone", at: ["_25._tcp.mail.example.com."], expecting: .examplePinned,
        "_25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xaa))"),
      .passes(
        "both", expecting: .examplePinned,
        """
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xaa))
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xbb))
        """),
      .passes("no TLSA at all is dane.differs", expecting: .examplePinned, "@ MX 10 mail"),
    ],
    precedence: .general
  ) { records, facts in
    records.comparison.lacksNextKeyAlone(facts) ? records.fault() : []
  }
}
