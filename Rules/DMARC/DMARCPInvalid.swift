import DMARC
package import Verdict

extension Rule {
  package static let dmarcPInvalid = Rule(
    "dmarc.p-invalid",
    "The DMARC policy is not none, quarantine or reject",
    about: DMARCPublication.self,
    severity: .high,
    why: """
      Receivers act as if it were `p=none`, or ignore the record if it asks for no reports: nothing is \
      protected.
      """,
    fix: "Write `p=none`, `p=quarantine` or `p=reject`.",
    references: [.rfc(9989, "4.10.1")],
    examples: [
      .flags("a typing error", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=quarantin""#),
      .passes("capitals", #"_dmarc TXT "v=DMARC1; p=Reject""#),
    ]
  ) { publication, _ in
    publication.ownStops.flatMap { stop in
      stop.faults(expected: "none, quarantine or reject", mend: \.meantPolicy) { $0 == .policyInvalid }
    }
  }
}

extension DMARCRecord {
  /// The settings with the policy that begins as the published one does.
  fileprivate var meantPolicy: DMARCSettings? {
    DMARCPolicy(meantBy: tags["p"]?.value).map { settings.with(policy: $0) }
  }
}

extension DMARCPolicy {
  /// The policy that begins as the misspelt one does.
  init?(meantBy value: [UInt8]?) {
    let published = String(decoding: value ?? [], as: UTF8.self).lowercased()
    guard let policy = Self.allCases.first(where: { $0.rawValue.prefix(3) == published.prefix(3) }) else {
      return nil
    }
    self = policy
  }
}
