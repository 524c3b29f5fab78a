import BIMI
import DMARC
package import Verdict

extension Rule {
  package static let bimiDMARC = Rule(
    "bimi.dmarc",
    "A picture is offered, and DMARC is too weak for it to be shown",
    about: BIMIPolicy.self,
    severity: .low,
    why: """
      Mailbox providers show the picture only if the domain and its organisation have forged mail refused or \
      put aside: under `none`, or in test mode, they show none.
      """,
    fix: """
      Publish `p=quarantine` or `p=reject` without `t=y`, and no `sp=none` at the organisational domain, once \
      the reports show that every own source passes.
      """,
    references: [
      .practice("draft-brand-indicators-for-message-identification §7.1"), .rfc(9989, "4.7"),
    ],
    examples: [
      .flags("p=none", at: ["_dmarc.example.com."], bimi + "_dmarc TXT \"v=DMARC1; p=none\""),
      .flags("t=y", at: ["_dmarc.example.com."], bimi + "_dmarc TXT \"v=DMARC1; p=reject; t=y\""),
      .flags("sp=none", at: ["_dmarc.example.com."], bimi + "_dmarc TXT \"v=DMARC1; p=reject; sp=none\""),
      .flags(
        "a subdomain below an organisation without protection", domain: "sub.example.com",
        at: ["_dmarc.example.com."],
        """
        sub MX 10 mail
        default._bimi.sub TXT "v=BIMI1; l=https://example.com/logo.svg"
        _dmarc.sub TXT "v=DMARC1; p=reject"
        _dmarc TXT "v=DMARC1; p=none"
        """),
      .flags("no DMARC", at: ["default._bimi.example.com."], bimi),
      .passes("quarantine", bimi + "_dmarc TXT \"v=DMARC1; p=quarantine; np=none\""),
      .passes("pct is history", bimi + "_dmarc TXT \"v=DMARC1; p=reject; pct=50\""),
      .passes(
        "a domain that wants no picture",
        "@ MX 10 mail\ndefault._bimi TXT \"v=BIMI1; l=; a=\"\n_dmarc TXT \"v=DMARC1; p=none\""),
      .passes("no BIMI", "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none\""),
    ]
  ) { policy, facts in
    guard let applied = policy.applied, let preference = policy.preference else {
      return [
        Fault(
          in: policy.answer,
          "A picture is offered, and no DMARC is applied to mail of \(facts.domain): nobody shows it.",
          observed: "\(foreign: policy.record.octets)", expected: "a DMARC policy of quarantine or reject")
      ]
    }
    var weaknesses = [Weakness(applied.stop, applied.record, preference.weaknesses)]
    if let organization = policy.organizational {
      let demanded = organization.record.preference(for: .publishingDomain)?.weaknesses ?? []
      let isLax = organization.record.settings.subdomainPolicy == DMARCPolicy.none
      weaknesses.append(
        Weakness(organization.stop, organization.record, demanded + (isLax ? ["sp=none"] : [])))
    }
    return Weakness.merged(weaknesses).map(\.fault)
  }

  private static let bimi = """
    @ MX 10 mail
    default._bimi TXT "v=BIMI1; l=https://example.com/logo.svg"

    """
}

/// What keeps the picture away in one DMARC record.
private struct Weakness {
  let stop: DMARCPublication.Stop
  let record: DMARCRecord
  let tags: [String]

  init(_ stop: DMARCPublication.Stop, _ record: DMARCRecord, _ tags: [String]) {
    self.stop = stop
    self.record = record
    self.tags = tags
  }

  /// One for each record that has any.
  static func merged(_ weaknesses: [Weakness]) -> [Weakness] {
    weaknesses.reduce(into: []) { merged, next in
      guard !next.tags.isEmpty else { return }
      guard let index = merged.firstIndex(where: { $0.stop.step.target == next.stop.step.target }) else {
        merged.append(next)
        return
      }
      let tags = merged[index].tags + next.tags.filter { !merged[index].tags.contains($0) }
      merged[index] = Weakness(next.stop, next.record, tags)
    }
  }

  var fault: Fault {
    let weakness = tags.joined(separator: " and ")
    return Fault(
      in: stop.answer,
      """
      A picture is offered, and the DMARC record of \(stop.step.target) comes to \(own: weakness): \
      nobody shows it.
      """,
      observed: "\(foreign: record.octets)")
  }
}

extension DMARCPreference {
  fileprivate var weaknesses: [String] {
    switch (policy, mode) {
    case (.none, _): ["\(tag.rawValue)=none"]
    case (.quarantine, .testing), (.reject, .testing): ["t=y"]
    case (.quarantine, .enforced), (.reject, .enforced): []
    }
  }
}
