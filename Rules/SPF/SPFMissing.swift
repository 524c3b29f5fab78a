import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfMissing = Rule(
    "spf.missing",
    "A domain that sends has no SPF record",
    about: SPFSelection.self,
    severity: .high,
    why: """
      Without SPF nobody can tell this domain's servers from a forger's. Gmail, Yahoo and Outlook defer \
      or refuse such mail, or take it for spam.
      """,
    fix: "Publish one TXT record that names the hosts that send, and ends in `~all` or `-all`.",
    references: [.rfc(7208, "3"), .practice("Gmail, Yahoo, Outlook: sender requirements")],
    examples: [
      .flags(
        "an MX but no SPF", at: ["example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n1.2.0.192.in-addr.arpa. PTR mail"),
      .flags(
        "other TXT records are not SPF", at: ["example.com."],
        "@ MX 10 mail\n@ TXT \"v=spf10\"\nmail A 192.0.2.1\n1.2.0.192.in-addr.arpa. PTR mail"),
      .flags(
        "mail at a provider, whose senders only it knows", at: ["example.com."],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .flags(
        "more MX hosts than `mx` may lead to", at: ["example.com."],
        (1...11).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")),
      .passes("SPF", "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1"),
      .passes("any case", "@ MX 10 mail\n@ TXT \"V=SPF1 mx -all\"\nmail A 192.0.2.1"),
      .passes("a web site without mail", "@ A 192.0.2.1"),
      .passes("null MX", "@ MX 0 ."),
      .passes(
        "a record that slipped is spf.version-prefix",
        "@ MX 10 mail\n@ TXT \" v=spf1 mx -all\"\nmail A 192.0.2.1"),
    ]
  ) { selection, facts in
    guard selection.role == .mail, selection.selected.isEmpty,
      !selection.texts.contains(where: { $0.meantAsSPF != nil })
    else { return [] }
    // Not `-all`: what is not named yet would be refused. And the MX of a third party tells nothing of its senders.
    let record = Record(facts.domain, ttl: ZoneFile.defaultTTL, .txt(TXT("v=spf1 mx ~all")))
    // And of more than ten hosts `mx` would be a permanent error (RFC 7208 §4.6.4).
    let isApt =
      facts.exchangers.count <= SPFLimits.exchangers
      && facts.exchangers.allSatisfy { facts.ownership(of: $0) == .own }
    let isElsewhere = !SPFRecord.select(facts.doubledRecords(of: facts.domain, .txt)).isEmpty
    return [
      Fault(
        in: selection.answer, "\(facts.domain) receives mail and has no SPF record.",
        expected: "one TXT record that begins with `v=spf1`",
        mend: isApt && !isElsewhere
          ? Mend(
            publish: [record],
            note: "Right if mail leaves from the MX hosts alone; add a term for every other sender first.")
          : nil)
    ]
  }
}
