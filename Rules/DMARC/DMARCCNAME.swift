import DNSData
package import Verdict

extension Rule {
  package static let dmarcCNAME = Rule(
    "dmarc.cname",
    "_dmarc is an alias",
    about: ProbedDMARC.self,
    severity: .high,
    why: """
      If the alias leads to no DMARC record, the domain has no DMARC. If it leads to somebody else's, \
      they decide this domain's policy.
      """,
    fix: """
      Correct the alias, or publish a record of the domain's own. An alias to a service that manages the \
      policy is fine.
      """,
    references: [.rfc(9989, "4.5")],
    examples: [
      .flags("it leads to nothing", at: ["_dmarc.example.com."], "_dmarc CNAME gone.vendor.example."),
      .flags(
        "it leads to a service", at: ["_dmarc.example.com."], severity: .info,
        "_dmarc CNAME d.vendor.example.\nd.vendor.example. TXT \"v=DMARC1; p=reject\""),
      .passes(
        "a wildcard for web hosts answers at every name", "@ A 192.0.2.80\n* CNAME www\nwww A 192.0.2.80"),
      .passes("an own record", "_dmarc TXT \"v=DMARC1; p=reject\""),
    ]
  ) { probed, facts in
    probed.publication.ownStops.filter { !$0.isWildcard }.compactMap { stop in
      guard let alias = stop.answer.aliases.last, case .cname(let target) = alias.data else { return nil }
      if stop.record == nil, stop.answer.failure == nil, stop.step.finding == .noRecord {
        return Fault(
          in: stop.answer,
          "\(stop.answer.question.name) is an alias for \(target), which has no DMARC record.",
          expected: "a DMARC record at \(target)")
      }
      guard stop.record != nil, facts.ownership(of: target) == .thirdParty else { return nil }
      return Fault(
        in: stop.answer, severity: .info,
        "\(stop.answer.question.name) is an alias for \(target), whose owner decides the policy.")
    }
  }
}
