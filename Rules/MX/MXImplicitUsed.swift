package import Verdict

extension Rule {
  package static let mxImplicitUsed = Rule(
    "mx.implicit-used",
    "Mail arrives at the domain's own address, because there is no MX",
    about: ImplicitReception.self,
    severity: .medium,
    why: """
      Senders fall back to the address of the domain where there is no MX record, and a mail server answers \
      there. Some refuse senders without MX; and when the web site moves, the mail moves with it unnoticed.
      """,
    fix: "Publish an MX record that names the host.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags(
        "the web server takes mail", at: ["example.com."], servers: [.example(host: "example.com")],
        #"@ A 192.0.2.1\#n@ TXT "v=spf1 a -all""#),
      .passes(
        "nothing listens there", servers: [.example(.refused, host: "example.com")],
        #"@ A 192.0.2.1\#n@ TXT "v=spf1 a -all""#),
      .passes(
        "an MX", servers: [.example()],
        #"@ MX 10 mail\#nmail A 192.0.2.1\#n@ A 192.0.2.1\#n@ TXT "v=spf1 mx -all""#),
    ]
  ) { reception, _ in
    // mx.missing has the record to publish.
    guard !reception.answering.isEmpty else { return [] }
    return [
      Fault(
        in: reception.mx,
        "There is no MX record, and a mail server answers at \(reception.answering.map(\.words).enumeration).",
        expected: "an MX record")
    ]
  }
}
