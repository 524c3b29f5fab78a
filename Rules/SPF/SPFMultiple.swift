import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfMultiple = Rule(
    "spf.multiple",
    "There is more than one SPF record",
    about: SPFSelection.self,
    severity: .high,
    why: "Receivers do not choose: two records are a permanent error, and neither counts.",
    fix: "Merge them into one record: the mechanisms of both, one `all` at the end.",
    references: [.rfc(7208, "3.2"), .rfc(7208, "4.5")],
    examples: [
      .flags(
        "two", at: ["example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n"
          + #"@ TXT "v=spf1 ip4:192.0.2.8 -all""# + "\n" + #"@ TXT "v=spf1 include:v.example ~all""#
          + "\n" + #"v.example. TXT "v=spf1 ip4:192.0.2.9 -all""#),
      .passes("one of several strings", #"@ TXT "v=spf1 mx " "-all""#),
      .passes("other texts beside", #"@ TXT "v=spf1 mx -all""# + "\n" + #"@ TXT "v=spf10 x""#),
    ]
  ) { selection, facts in
    guard selection.selected.count > 1 else { return [] }
    return [
      Fault(
        in: selection.answer, "\(facts.domain) has \(selection.selected.count) SPF records.",
        observed: selection.selected.map { "\(foreign: $0.joined)" as Message }.enumeration, expected: "one",
        mend: selection.merged(at: facts.domain))
    ]
  }
}

extension SPFSelection {
  /// One record with the mechanisms of all, in their order, and the most careful of their endings.
  fileprivate func merged(at domain: Name) -> Mend? {
    let records = selected.compactMap { SPFRecord($0.joined) }
    guard records.allSatisfy({ $0.faults.isEmpty && $0.redirect == nil }) else { return nil }
    var terms: [String] = []
    for term in records.flatMap(\.terms) where !term.isAll && !terms.contains(term.description) {
      terms.append(term.description)
    }
    let endings = records.compactMap(\.all).map(\.description)
    let ending = ["~all", "-all", "?all"].first { endings.contains($0) } ?? "~all"
    let text = (["v=spf1"] + terms + [ending]).joined(separator: " ")
    let old = answer.records.filter { record in selected.contains { record.data == .txt($0) } }
    return Mend(
      publish: [
        Record(old.first?.name ?? domain, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(TXT(text)))
      ],
      remove: old)
  }
}
