import SPF
package import Verdict

extension Rule {
  package static let spfAllWeak = Rule(
    "spf.all-weak",
    "SPF says nothing of those whom it does not name",
    about: SPFConclusion.self,
    severity: .medium,
    why: """
      The record ends in `?all`, or without `all`, which means the same: whoever is not named is neutral, \
      as if there were no SPF. A forged sender is not held against the message.
      """,
    fix: "End the record in `~all`, and in `-all` once every sender is named.",
    references: [.rfc(7208, "4.7"), .rfc(7208, "5.1")],
    examples: [
      .flags("?all", at: ["example.com."], #"@ TXT "v=spf1 mx ?all""#),
      .flags("no all", at: ["example.com."], #"@ TXT "v=spf1 mx""#),
      .flags(
        "behind an own redirect", at: ["_spf.example.com."],
        #"@ TXT "v=spf1 redirect=_spf.example.com""# + "\n" + #"_spf TXT "v=spf1 mx ?all""#),
      .passes("~all", #"@ TXT "v=spf1 mx ~all""#),
      .passes(
        "a redirect instead of all",
        #"@ TXT "v=spf1 redirect=_spf.example.com""# + "\n" + #"_spf TXT "v=spf1 mx -all""#),
      .passes(
        "an included record, whose end does not count",
        #"@ TXT "v=spf1 include:_spf.example.com -all""# + "\n" + #"_spf TXT "v=spf1 mx ?all""#),
      .passes("+all is spf.all-pass", #"@ TXT "v=spf1 mx +all""#),
    ]
  ) { conclusion, _ in
    switch conclusion.all?.qualifier {
    case .pass, .fail, .softfail: return []
    case .neutral, nil: break
    }
    return [
      Fault(
        in: conclusion.published.answer,
        conclusion.all == nil ? "The record has neither `all` nor `redirect`." : "The record ends in `?all`.",
        observed: "\(foreign: conclusion.published.record.octets)", expected: "`~all` or `-all`",
        mend: conclusion.distrusting)
    ]
  }
}

extension SPFConclusion {
  /// Not `-all`: what is not named yet would be refused.
  fileprivate var distrusting: Mend {
    var octets = published.record.octets
    if let all {
      octets.replaceSubrange(all.range, with: "~all".utf8)
    } else {
      octets += " ~all".utf8
    }
    return published.replacing(with: octets, note: "Name every sender before you make this `-all`.")
  }
}
