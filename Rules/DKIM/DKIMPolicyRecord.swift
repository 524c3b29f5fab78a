package import Verdict

extension Rule {
  package static let dkimPolicyRecord = Rule(
    "dkim.policy-record",
    "A policy of DomainKeys or ADSP is left over",
    about: DKIMPolicyText.self,
    severity: .info,
    why: "Nobody reads these policies any more. What becomes of mail without a signature is up to DMARC.",
    fix: "Remove the record.",
    references: [.rfc(4870, "3.6"), .rfc(5617, "4.1")],
    examples: [
      .flags(
        "DomainKeys", at: ["_domainkey.example.com."], "_domainkey TXT \"o=~; r=postmaster@example.com\""),
      .flags("ADSP", at: ["_adsp._domainkey.example.com."], "_adsp._domainkey TXT \"dkim=discardable\""),
      .passes("another text of a wildcard", "* TXT \"site-verification=4711\""),
      .passes("a key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { policy, _ in
    [
      Fault(
        in: policy.answer, "A policy that nobody reads stands at \(policy.answer.question.name).",
        observed: "\(foreign: policy.octets)",
        mend: policy.answer.aliases.isEmpty ? Mend(remove: [policy.record]) : nil)
    ]
  }
}
