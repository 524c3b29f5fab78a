import SPF
package import Verdict

extension Rule {
  package static let spfIncludeNone = Rule(
    "spf.include-none",
    "include leads to a domain without SPF",
    about: SPFLink.self,
    severity: .high,
    why: """
      An include of a domain that has no SPF record is a permanent error for every client that no \
      earlier term matches: the domain's own servers may lose their pass.
      """,
    fix: "Correct the domain, or remove the include if the service is no longer used.",
    references: [.rfc(7208, "5.2")],
    examples: [
      .flags("no such name", at: ["_spf.gone.example."], #"@ TXT "v=spf1 include:_spf.gone.example -all""#),
      .flags(
        "a name without SPF", at: ["vendor.example."],
        #"@ TXT "v=spf1 include:vendor.example -all""# + "\n" + "vendor.example. TXT x"),
      .passes(
        "it has SPF",
        #"@ TXT "v=spf1 include:vendor.example -all""# + "\n" + #"vendor.example. TXT "v=spf1 -all""#),
      .passes("macros cannot be looked up ahead", #"@ TXT "v=spf1 include:%{i}.vendor.example -all""#),
    ]
  ) { link, _ in link.kind == .include ? link.absenceFaults : [] }
}

extension SPFLink {
  /// The target's look-up succeeded and shows no SPF record.
  var absenceFaults: [Fault] {
    guard case .node(let node) = following, case .absent(let absence) = node.publication, let targetAnswer
    else { return [] }
    let reason: Message =
      switch absence {
      case .noSuchName: "which does not exist"
      case .noTexts: "which has no TXT record"
      case .otherTexts: "which has TXT records but none for SPF"
      }
    return [
      Fault(
        in: targetAnswer, "The term \(foreign: term.text) leads to \(target), \(reason).",
        expected: "an SPF record at \(target)")
    ]
  }
}
