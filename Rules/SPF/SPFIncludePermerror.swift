import SPF
package import Verdict

extension Rule {
  package static let spfIncludePermerror = Rule(
    "spf.include-permerror",
    "An included SPF record is faulty",
    about: SPFLink.self,
    severity: .high,
    why: """
      A permanent error in an included record is one of the whole evaluation, for every client that no \
      earlier term matches.
      """,
    fix:
      "Tell its owner; until it is mended, name the senders without the include, or move it behind the own terms.",
    references: [.rfc(7208, "5.2")],
    examples: [
      .flags(
        "a syntax error there", at: ["_spf.vendor.example."],
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 ipv4:192.0.2.1 -all"
        """#),
      .flags(
        "two records there", at: ["_spf.vendor.example."],
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 -all"
        _spf.vendor.example. TXT "v=spf1 ?all"
        """#),
      .flags(
        "a level deeper", at: ["two.vendor.example."],
        #"""
        @ TXT "v=spf1 include:one.vendor.example -all"
        one.vendor.example. TXT "v=spf1 include:two.vendor.example -all"
        two.vendor.example. TXT "v=spf1 mx/99 -all"
        """#),
      .flags(
        "it includes a domain without SPF", at: ["gone.vendor.example."],
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 include:gone.vendor.example -all"
        """#),
      .passes("no record at all is spf.include-none", #"@ TXT "v=spf1 include:_spf.vendor.example -all""#),
      .passes(
        "a sound one",
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 ip4:192.0.2.1 -all"
        """#),
    ]
  ) { link, facts in
    guard case .node(let node) = link.following else { return [] }
    return node.selfAndDescendants.compactMap { inner in
      guard let answer = facts.snapshot.answer(inner.domain, .txt), let problem = inner.problem(of: link)
      else { return nil }
      let owner: Message =
        switch facts.ownership(of: inner.domain) {
        case .own: ""
        case .thirdParty: " The domain is somebody else's."
        }
      return Fault(
        in: answer,
        "The term \(foreign: link.term.text) leads to \(inner.domain), which has \(problem).\(owner)",
        observed: inner.record.map { "\(foreign: $0.octets)" })
    }
  }
}

extension SPFNode {
  /// That the link itself leads to no record is a finding of its own.
  fileprivate func problem(of link: SPFLink) -> Message? {
    switch publication {
    case .multiple(let texts): "\(texts.count) SPF records"
    case .found(let record, _): record.faults.isEmpty ? nil : "a syntax error in its SPF record"
    case .absent: domain == link.target ? nil : "no SPF record"
    case .failed: nil
    }
  }
}
