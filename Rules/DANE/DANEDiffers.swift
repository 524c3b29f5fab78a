package import Verdict

extension Rule {
  package static let daneDiffers = Rule(
    "dane.differs",
    "The TLSA records are not those of the keys",
    about: ExpectedRecords<WantedScopes.Pins>.self,
    severity: .high,
    why: """
      Senders that heed DANE deliver only to a server whose key is named here. Where the key in use is missing they hold \
      the mail back; a key that nobody has any more should not be trusted.
      """,
    fix: """
      Publish the records of the keys in the expected configuration, in a signed zone, before the keys are used.
      """,
    references: [.rfc(7672, "3.1"), .rfc(7671, "8.1"), .practice("the expected configuration")],
    examples: [
      .flags(
        "another key", at: ["_25._tcp.mail.example.com."], expecting: .examplePinned,
        "@ MX 10 mail\n_25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xcc))"),
      .flags(
        "an old key beside", at: ["_25._tcp.mail.example.com."], severity: .low, expecting: .examplePinned,
        """
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xaa))
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xbb))
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xcc))
        """),
      .passes(
        "both keys", expecting: .examplePinned,
        """
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xaa))
        _25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xbb))
        """),
      .passes(
        "the next key missing is dane.rollover-missing-next", expecting: .examplePinned,
        "_25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xaa))"),
      .passes("nothing is expected", "_25._tcp.mail TLSA 3 1 1 \(ExamplePin.hex(0xcc))"),
    ],
    precedence: .general
  ) { records, facts in
    guard !records.comparison.lacksNextKeyAlone(facts) else { return [] }
    return records.fault(severity: records.comparison.standing == .extra ? .low : nil)
  }
}
