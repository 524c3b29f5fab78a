package import Verdict

extension Rule {
  package static let mxHELONotListed = Rule(
    "mx.helo-not-listed",
    "The name in HELO is not among the MX names",
    about: ExpectedSender.self,
    severity: .info,
    why: """
      Where the host that sends is no MX host, nobody who looks at the domain finds it. Separate hosts for both ways are \
      common, and then SPF must name those that send.
      """,
    fix: """
      If one host does both, let it say its MX name in HELO, or name it by that name in the MX records.
      """,
    references: [.practice("Flying Circus: mail server, the HELO name")],
    examples: [
      .flags(
        "a name of its own for sending", at: ["example.com."], expecting: .exampleHELO,
        "@ MX 10 mail\nmail A 192.0.2.1\nout A 192.0.2.1"),
      .passes("one name", expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("nothing is expected", "@ MX 10 mail\nmail A 192.0.2.1\nout A 192.0.2.1"),
    ]
  ) { sender, facts in
    let name = sender.answer.question.name
    guard let mx = facts.mx, mx.failure == nil, facts.expected?.role.receives == true,
      facts.exchangers.contains(sender.host), !facts.exchangers.contains(name),
      sender.isFirstOfHost
    else { return [] }
    return [
      Fault(
        in: mx, "\(sender.host) says \(name) in HELO, which is no MX host of \(facts.domain).",
        expected: "\(name) among the MX hosts")
    ]
  }
}
