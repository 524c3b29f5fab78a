import MTASTS
package import Verdict

extension Rule {
  package static let mtastsMXStale = Rule(
    "mtasts.mx-stale",
    "The MTA-STS policy names a host that is no MX host",
    about: PolicyInForce.self,
    severity: .info,
    why: """
      Before a move to other hosts this is right: senders must know the new ones first. Left over from one, it \
      lets a host receive mail that was given up.
      """,
    fix: "If no move is under way, remove the `mx` line from the policy, and give the record a new id.",
    references: [.rfc(8461, "8.1")],
    examples: [
      .flags(
        "one more", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mx: old.example.com\r\n")],
        ExampleDocument.policyZone),
      .passes("the MX host", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "each matches one",
        documents: [.policy("\(ExampleDocument.policyText)mx: *.vendor.example\r\n")],
        "\(ExampleDocument.policyZone)\n@ MX 20 a.vendor.example.\na.vendor.example. A 203.0.113.25"),
    ]
  ) { inForce, _ in
    inForce.policy.patterns.filter { !inForce.hosts.contains(where: $0.matches) }.map { pattern in
      inForce.document.fault(
        "No MX host matches the pattern \(foreign: pattern.description) of the policy.")
    }
  }
}
