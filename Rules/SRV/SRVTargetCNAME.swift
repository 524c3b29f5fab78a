import DNSData
package import Verdict

extension Rule {
  package static let srvTargetCNAME = Rule(
    "srv.target-cname",
    "An SRV record leads to an alias",
    about: ServiceTarget.self,
    severity: .medium,
    why: """
      The target of an SRV record must not be an alias. Most mail programs follow it, some do not, and it \
      is unclear which name the certificate must have.
      """,
    fix: "Let the record lead to the host behind the alias.",
    references: [.rfc(2782, "")],
    examples: [
      .flags(
        "an alias of a host", at: ["imap.example.com."],
        "_imaps._tcp SRV 0 1 993 imap\nimap CNAME mail\nmail A 192.0.2.1"),
      .passes("the host itself", "_imaps._tcp SRV 0 1 993 mail\nmail A 192.0.2.1\nimap CNAME mail"),
    ]
  ) { target, _ in
    let answers = [target.addresses.a, target.addresses.aaaa].compactMap(\.self)
    guard let answer = answers.first(where: { !$0.aliases.isEmpty }), let last = answer.aliases.last,
      case .cname(let end) = last.data
    else { return [] }
    let owners = target.owners.map { "\($0)" as Message }.enumeration
    return [
      Fault(
        at: Place(target.host, .cname), saidBy: answer.responder,
        "SRV at \(owners) leads to \(target.host), which is an alias of \(end).",
        expected: "a host with addresses of its own")
    ]
  }
}
