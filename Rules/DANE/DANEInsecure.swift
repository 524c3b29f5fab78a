package import Verdict

extension Rule {
  package static let daneInsecure = Rule(
    "dane.insecure",
    "TLSA records stand in a zone that is not signed",
    about: InsecureTLSA.self,
    severity: .high,
    why: """
      What is not signed anybody on the way can change, so that no sender heeds these records: mail goes to the host as \
      unprotected as without them, while they look like protection. The MX records being signed does not help.
      """,
    fix: """
      Sign the zone of the host and have its parent publish the DS record, or take a provider whose MX hosts are signed. \
      Else remove the records.
      """,
    references: [.rfc(7672, "2.2"), .rfc(7672, "2.2.2"), .rfc(7672, "2.1.1")],
    examples: [
      .flags(
        "nothing is signed", at: ["_25._tcp.mail.example.com."], signed: ["net."], examplePinnedHost),
      .flags(
        "the zone of the provider is not", at: ["_25._tcp.mx.example.net."], severity: .medium,
        signed: ["com."],
        exampleProvider
          + "\n_25._tcp.mx.example.net. TLSA 3 1 1 abababababababababababababababababababababababababababababababab"
      ),
      .flags(
        "for mail programs", at: ["_993._tcp.mail.example.com."], severity: .low, signed: ["net."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _993._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("signed", examplePinnedHost),
      .passes("it is not known whether it is", signed: [], examplePinnedHost),
      .passes("no records", signed: ["net."], exampleHost),
    ]
  ) { insecure, _ in
    guard !insecure.isBehindAlias, !insecure.cause.insecurity.isOfIterations else { return [] }
    let zone = insecure.cause.insecurity.zone
    let subject: Message =
      switch insecure.cause {
      case .records: "The TLSA records of \(insecure.host)"
      case .addresses: "The addresses of \(insecure.host), which has TLSA records,"
      }
    return [
      insecure.fault(
        "\(subject) are not signed, so that nobody heeds the records.",
        observed: "the chain of signatures ends above \(zone)", expected: "a signed zone, or no TLSA records")
    ]
  }
}
