import Evidence
import MTASTS
package import Verdict

extension Rule {
  package static let mtastsSize = Rule(
    "mtasts.size",
    "The MTA-STS policy is too large",
    about: PolicyFetch.self,
    severity: .medium,
    why: "Senders read no more than 64 kilobytes, and drop a policy that has more.",
    fix: "Serve the fields alone; comments have no place in a policy.",
    references: [.rfc(8461, "3.3")],
    examples: [
      .flags(
        "more than is read", at: ["mta-sts.example.com."], documents: [.policy(ending: .limitReached)],
        ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "an error page may be as large as it likes",
        documents: [.policy("", status: 404, ending: .limitReached)], ExampleDocument.policyZone),
    ]
  ) { fetch, _ in
    guard let response = fetch.document.response, response.status == 200 else { return [] }
    let octets = response.body.octets
    guard response.ending == .limitReached || octets.count > MTASTSPolicy.maximumSize else { return [] }
    return [
      fetch.document.fault(
        "The policy has more than \(MTASTSPolicy.maximumSize) octets.",
        expected: "at most \(MTASTSPolicy.maximumSize) octets")
    ]
  }
}
