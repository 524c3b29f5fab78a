import MTASTS
package import Verdict

extension Rule {
  package static let mtastsHostMissing = Rule(
    "mtasts.host-missing",
    "The host of the MTA-STS policy has no address",
    about: MTASTSPolicyHost.self,
    severity: .high,
    why: "The record announces a policy that nobody can fetch: TLS is not demanded.",
    fix: """
      Give `mta-sts.DOMAIN` the address of a web server with a certificate for that name, and serve the \
      policy there at `/.well-known/mta-sts.txt`. Or remove the record.
      """,
    references: [.rfc(8461, "3.3")],
    examples: [
      .flags("no such name", at: ["mta-sts.example.com."], #"_mta-sts TXT "v=STSv1; id=1;""#),
      .flags(
        "no address", at: ["mta-sts.example.com."],
        "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts TXT hello"),
      .passes("IPv4", "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.80"),
      .passes("IPv6", "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts AAAA 2001:db8::80"),
      .passes(
        "an alias that leads to nothing is mtasts.cname-dangling",
        "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts CNAME gone.vendor.example."),
      .passes("no record", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { host, _ in
    guard host.isMissing, host.target == nil, let answer = host.addresses.witness else { return [] }
    return [
      Fault(
        in: answer, "\(answer.question.name), which must serve the policy, has no address.",
        expected: "an A or AAAA record")
    ]
  }
}
