package import Verdict

extension Rule {
  package static let daneCNAMEMX = Rule(
    "dane.cname-mx",
    "An MX host is an alias, and only one of its two names has TLSA records",
    about: AliasedPins.self,
    severity: .medium,
    why: """
      Senders look at the name where the alias leads first, if all of the way is signed, and else at the name in the MX \
      record; some know one of the two alone. Which of them demand TLS then hangs on chance and on another zone.
      """,
    fix:
      "Let the MX record name the host that the alias leads to; until then publish the records at both names.",
    references: [.rfc(7672, "2.2.2"), .rfc(7672, "2.2.3"), .rfc(7671, "7")],
    examples: [
      .flags(
        "where the alias leads", at: ["_25._tcp.mx.example.com."],
        """
        @ MX 10 mx
        mx CNAME mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .flags(
        "at the name in the MX record", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mx
        mx CNAME mail
        mail A 192.0.2.1
        _25._tcp.mx TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "at both",
        """
        @ MX 10 mx
        mx CNAME mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        _25._tcp.mx TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("at neither", "@ MX 10 mx\nmx CNAME mail\nmail A 192.0.2.1"),
      .passes("no alias", examplePinnedHost),
    ]
  ) { pins, _ in
    guard let lacking = pins.lacking else { return [] }
    return [
      Fault(
        in: lacking.answer,
        "The MX host \(pins.host) is an alias of \(pins.target), and \(lacking.name) has no TLSA records.",
        expected: "the same records at both names, or an MX record without an alias")
    ]
  }
}
