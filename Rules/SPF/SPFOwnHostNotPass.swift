import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfOwnHostNotPass = Rule(
    "spf.own-host-not-pass",
    "SPF does not pass a sending address",
    about: SPFSender.self,
    severity: .critical,
    why: """
      Mail from this address fails or lacks SPF: receivers refuse it or take it for spam, and DMARC \
      rests on DKIM alone.
      """,
    fix: """
      Where the result is permerror, mend the record's own faults first; where it is none, publish a record. \
      Otherwise add a term for the address.
      """,
    references: [.rfc(7208, "4"), .practice("Gmail, Yahoo, Outlook: sender requirements")],
    examples: [
      .flags(
        "not named", at: ["example.com."], senders: ["192.0.2.9"],
        "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1"),
      .flags(
        "IPv6 forgotten", at: ["example.com."], senders: ["192.0.2.1", "2001:db8::1"],
        "@ MX 10 mail\n@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\nmail A 192.0.2.1"),
      .flags(
        "two that are not named", at: ["example.com."], senders: ["192.0.2.9", "2001:db8::9"],
        "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1"),
      .passes(
        "both families", senders: ["192.0.2.1", "2001:db8::1"],
        "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
    ]
  ) { sender, facts in
    guard sender.verdict.result != .pass else { return [] }
    return [
      Fault(
        in: sender.answer,
        "Mail from \(sender.sender.address) gets the SPF result \(own: sender.verdict.result.rawValue).",
        expected: "pass", mend: sender.admitting(in: facts)
      ).resting(on: facts.groundsOfSPF(at: facts.domain))
    ]
  }
}

extension SPFSender {
  /// The record with a term in front for every sender that does not pass: one record, whichever of them is mended.
  fileprivate func admitting(in facts: Facts) -> Mend? {
    guard let published = PublishedSPF.sole(in: answer), published.record.faults.isEmpty,
      verdict.result != .permerror
    else { return nil }
    let missing = facts.observation(of: SPFSender.self).subjects.filter { $0.verdict.result != .pass }.map(
      \.sender.address)
    let terms = missing.map { address in
      switch address.family {
      case .v4: " ip4:\(address)"
      case .v6: " ip6:\(address)"
      }
    }
    var octets = published.record.octets
    octets.insert(contentsOf: terms.joined().utf8, at: min("v=spf1".utf8.count, octets.count))
    return published.replacing(with: octets)
  }
}
