import SPF
package import Verdict

extension Rule {
  package static let spfPTR = Rule(
    "spf.ptr",
    "The SPF record uses ptr",
    about: PublishedSPF.self,
    severity: .medium,
    why: """
      `ptr` asks the reverse zones of every client, which is slow and fails easily. The standard says not \
      to publish it, and some receivers ignore it.
      """,
    fix: "Name the hosts by `a`, `mx`, `ip4` or `ip6` instead.",
    references: [.rfc(7208, "5.5")],
    examples: [
      .flags("ptr", at: ["example.com."], #"@ TXT "v=spf1 mx ptr -all""#),
      .flags("with a domain", at: ["example.com."], #"@ TXT "v=spf1 ptr:example.net -all""#),
      .passes("mx and a", #"@ TXT "v=spf1 mx a -all""#),
      .passes("behind all nobody evaluates it", #"@ TXT "v=spf1 mx -all ptr""#),
      .passes(
        "in somebody else's record",
        #"@ TXT "v=spf1 include:_spf.vendor.example -all""# + "\n" + #"_spf.vendor.example. TXT "v=spf1 ptr""#
      ),
    ]
  ) { published, _ in
    published.reachableTerms.compactMap { term in
      guard case .ptr = term.mechanism else { return nil }
      return Fault(
        in: published.answer, "The term \(foreign: term.text) stands in the record.",
        expected: "`a`, `mx`, `ip4` or `ip6`")
    }
  }
}

extension PublishedSPF {
  /// The terms that an evaluation can come to.
  var reachableTerms: [SPFTerm] {
    let unreachable = Set(record.unreachableTerms)
    return record.terms.filter { !unreachable.contains($0) }
  }
}
