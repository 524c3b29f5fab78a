import DANE
package import Verdict

extension Rule {
  package static let daneMissing = Rule(
    "dane.missing",
    "A signed MX host has no TLSA records",
    about: MXHostPins.self,
    severity: .low,
    why: """
      The host's zone is signed, so that two lines in it would have senders that use DANE demand TLS and check whom \
      they speak to. Without them anybody on the way can have the mail sent in plain text.
      """,
    fix: "Publish `3 1 1` of the key in use and of the next one, for port 25 of the host.",
    references: [.rfc(7672, "2.2"), .rfc(7671, "8.1")],
    examples: [
      .flags("none", at: ["_25._tcp.mail.example.com."], exampleHost),
      .flags(
        "for mail programs alone", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _465._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .flags("of a provider", at: ["_25._tcp.mx.example.net."], severity: .info, exampleProvider),
      .passes("there are some", examplePinnedHost),
      .passes(
        "at the name behind the alias",
        """
        @ MX 10 mx
        mx CNAME mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("the host is not signed", signed: ["net."], exampleHost),
      .passes("it is not known whether it is", signed: [], exampleHost),
    ]
  ) { pins, facts in
    guard case .none(let answer) = pins.finding else { return [] }
    let records = (facts.mx?.records ?? []).filter { $0.exchanger?.exchange == pins.host }
    return [
      Fault(
        in: answer, severity: pins.ownership == .own ? nil : .info,
        "The addresses of \(pins.host) are signed, and there is no TLSA record for its port 25.",
        expected: "TLSA records 3 1 1"
      ).resting(on: records.map(Ground.record))
    ]
  }
}
