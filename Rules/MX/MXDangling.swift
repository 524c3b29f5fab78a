package import Verdict

extension Rule {
  package static let mxDangling = Rule(
    "mx.dangling",
    "An MX leads into a domain that nobody has registered",
    about: MXTarget.self,
    severity: .critical,
    why: "Whoever registers that domain receives this domain's mail, password resets included.",
    fix: "Remove the MX record now.",
    references: [.practice("dangling DNS records")],
    examples: [
      .flags(
        "a provider that is gone", at: ["mx.gone.example."], "@ MX 10 mx.gone.example."),
      .passes(
        "the host is missing, its domain is there", "@ MX 10 mx.there.example.\nthere.example. A 192.0.2.1"),
      .passes("a missing host of one's own", "@ MX 10 mail"),
      .passes("a number, which nobody can register", "@ MX 10 192.0.2.1."),
      .passes("a name for use inside, which nobody can register", "@ MX 10 mail.office.internal."),
    ]
  ) { target, facts in
    guard target.addresses.isNoSuchName, let registration = target.registration,
      case .noSuchName = registration.outcome
    else { return [] }
    return [
      Fault(
        at: Place(target.host), saidBy: registration.responder,
        "The MX record leads to \(target.host), and \(registration.question.name) does not exist.",
        mend: Mend(remove: target.answer.records.filter { $0.exchanger?.exchange == target.host })
      ).resting(on: target.grounds)
    ]
  }
}
