package import Verdict

extension Rule {
  package static let mxNullMixed = Rule(
    "mx.null-mixed",
    "Null MX stands beside other MX records",
    about: MailDomain.self,
    severity: .high,
    why: """
      A null MX says that the domain takes no mail, the others say where to bring it. Some senders \
      refuse such a domain altogether.
      """,
    fix: "Remove the null MX if the domain takes mail, else remove the others.",
    references: [.rfc(7505, "3")],
    examples: [
      .flags("both", at: ["example.com."], "@ MX 0 .\n@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("null MX alone", "@ MX 0 ."),
      .passes("hosts alone", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { domain, _ in
    let nulls = domain.mx.records.filter { $0.exchanger?.isNull == true }
    guard !nulls.isEmpty, nulls.count < domain.mx.records.count else { return [] }
    return [
      Fault(
        in: domain.mx,
        "A null MX record stands beside \(domain.mx.records.count - nulls.count) that name hosts.",
        mend: Mend(remove: nulls, note: "If the domain takes no mail, remove the other MX records instead."))
    ]
  }
}
