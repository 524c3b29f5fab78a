package import Verdict

extension Rule {
  package static let dnsNoDelegation = Rule(
    "dns.no-delegation",
    "The domain does not exist",
    about: DomainPresence.self,
    severity: .critical,
    why: """
      Nothing can be delivered to or verified for a name that the DNS says does not exist. An expired \
      registration looks like this.
      """,
    fix: "Check the spelling. If it is right, check the registration and the delegation at the registrar.",
    references: [.rfc(1034, "4.2"), .rfc(8020, "2")],
    examples: [
      .flags("NXDOMAIN", domain: "gone.example", at: ["gone.example."], "@ MX 10 mail"),
      .flags("an alias that leads nowhere", at: ["example.com."], "old CNAME gone.example.\n@ CNAME old"),
      .passes("it exists, though it has no mail", "@ A 192.0.2.1"),
    ]
  ) { existence, _ in
    guard case .noSuchName(let aliases) = existence.answer.outcome else { return [] }
    let name = existence.answer.question.name
    guard let alias = aliases.last, case .cname(let target) = alias.data else {
      return [Fault(in: existence.answer, "The DNS says that \(name) does not exist.")]
    }
    return [
      Fault(
        in: existence.answer, "\(name) is an alias for \(target), and the DNS says that this does not exist.")
    ]
  }
}
