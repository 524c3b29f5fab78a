import DNSData
package import Verdict

extension Rule {
  package static let mxNullSending = Rule(
    "mx.null-sending",
    "A domain that takes no mail sends some",
    about: MailDomain.self,
    severity: .high,
    why: "A null MX says that nobody can answer this domain. Receivers may refuse mail that comes from it.",
    fix: "If the domain sends mail, give it a real MX. If it does not, publish `v=spf1 -all`.",
    references: [.rfc(7505, "4.2")],
    examples: [
      .flags(
        "SPF authorises a sender", at: ["example.com."],
        """
        @ MX 0 .
        @ TXT "v=spf1 ip4:192.0.2.1 -all"
        """),
      .flags(
        "what the operator means", at: ["example.com."], severity: .info, expecting: .exampleSendOnly,
        """
        @ MX 0 .
        @ TXT "v=spf1 ip4:192.0.2.1 -all"
        """),
      .passes(
        "parked",
        """
        @ MX 0 .
        @ TXT "v=spf1 -all"
        """),
      .passes("null MX alone", "@ MX 0 ."),
    ]
  ) { domain, facts in
    guard domain.hasOnlyNullMX, domain.authorisesSenders else { return [] }
    return [
      Fault(
        in: domain.mx, severity: facts.expected?.role == .sendOnly ? .info : nil,
        "\(domain.name) has a null MX, but its SPF record authorises senders.",
        expected: "an MX that takes mail, or `v=spf1 -all`")
    ]
  }
}
