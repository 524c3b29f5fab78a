import SPF
package import Verdict

extension Rule {
  package static let spfAllPass = Rule(
    "spf.all-pass",
    "The SPF record lets everybody send",
    about: SPFTree.self,
    severity: .critical,
    why: """
      `+all`, or `all` without a sign, makes every address in the world pass SPF, and DMARC with it. \
      Whoever forges the domain is believed.
      """,
    fix: "Write `~all`, and `-all` once every sender is named.",
    references: [.rfc(7208, "5.1"), .rfc(7208, "11.4")],
    examples: [
      .flags("+all", at: ["example.com."], #"@ TXT "v=spf1 mx +all""#),
      .flags("all", at: ["example.com."], #"@ TXT "v=spf1 mx all""#),
      .flags(
        "in an included record", at: ["_spf.vendor.example."],
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 +all"
        """#),
      .passes("in a faulty record, which lets nobody pass", #"@ TXT "v=spf1 mx - all""#),
      .passes("-all", #"@ TXT "v=spf1 mx -all""#),
      .passes(
        "in a record included as neutral",
        #"""
        @ TXT "v=spf1 ?include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 +all"
        """#),
    ]
  ) { tree, facts in
    // A record with a fault is a permanent error, whatever its terms say.
    let faulty = tree.nodes.filter { $0.record?.faults.isEmpty == false }.map(\.domain)
    guard !faulty.contains(tree.root.domain) else { return [] }
    return tree.admittedRanges.filter { $0.term.isAll && !faulty.contains($0.domain) }.map(\.domain).reduce(
      into: []) { domains, domain in
        if !domains.contains(domain) { domains.append(domain) }
      }.compactMap { domain in
        facts.snapshot.answer(domain, .txt).map { answer in
          let isOwn = domain == facts.domain
          return Fault(
            in: answer,
            isOwn
              ? "The SPF record of \(domain) passes everybody."
              : "The SPF record of \(domain), which \(facts.domain) includes, passes everybody.",
            expected: "`-all` or `~all`", mend: isOwn ? PublishedSPF.sole(in: answer)?.distrusting : nil)
        }
      }
  }
}

extension PublishedSPF {
  /// The record with `~all` at its end. Not `-all`: behind `+all` nobody has had to name the senders yet, and those
  /// that are not named would be refused.
  fileprivate var distrusting: Mend? {
    guard let all = record.all else { return nil }
    var octets = record.octets
    octets.replaceSubrange(all.range, with: "~all".utf8)
    return replacing(with: octets, note: "Name every sender before you make this `-all`.")
  }
}
