package import Verdict

extension Rule {
  package static let daneTLSACNAME = Rule(
    "dane.tlsa-cname",
    "The name of the TLSA records is an alias that leads out of signed zones",
    about: InsecureTLSA.self,
    severity: .high,
    why: """
      Every link from the name to the records must be signed. This one is not: the host and its zone are, and no sender \
      heeds the records all the same.
      """,
    fix: "Let the alias lead into a signed zone, or publish the records at the name itself.",
    references: [.rfc(7671, "6"), .rfc(7672, "2.2.3")],
    examples: [
      .flags(
        "to a zone that is not signed", at: ["_25._tcp.mail.example.com."], signed: ["example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail CNAME pins.example.net.
        pins.example.net. TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "to one that is",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail CNAME pins.example.net.
        pins.example.net. TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "nothing is signed, which is dane.insecure", signed: ["org."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail CNAME pins.example.net.
        pins.example.net. TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { insecure, _ in
    guard insecure.isBehindAlias, !insecure.cause.insecurity.isOfIterations else { return [] }
    let target = insecure.answer.aliasTargets.last ?? insecure.host
    return [
      insecure.fault(
        "The name of the TLSA records of \(insecure.host) is an alias of \(target), where nothing is signed.",
        observed: "the chain of signatures ends above \(insecure.cause.insecurity.zone)",
        expected: "signatures from the name to the records")
    ]
  }
}
