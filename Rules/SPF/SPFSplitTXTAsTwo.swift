import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfSplitTXTAsTwo = Rule(
    "spf.split-txt-as-two",
    "A part of the SPF record stands in a TXT record of its own",
    about: SPFSelection.self,
    severity: .high,
    why: """
      Only strings of one TXT record are joined. What stands in a second record is no part of the \
      policy, so its senders are not authorised.
      """,
    fix: "Put all of it into one TXT record, as several quoted strings if it is longer than 255 octets.",
    references: [.rfc(7208, "3.3")],
    examples: [
      .flags(
        "the second half", at: ["example.com."],
        #"@ TXT "v=spf1 mx ip4:192.0.2.1""# + "\n" + #"@ TXT "include:_spf.vendor.example -all""#
          + "\n" + #"_spf.vendor.example. TXT "v=spf1 ip4:192.0.2.9 -all""#),
      .passes("two strings of one record", #"@ TXT "v=spf1 mx " "ip4:192.0.2.1 -all""#),
      .passes("a verification text", #"@ TXT "v=spf1 mx -all""# + "\n" + #"@ TXT "site-verification=abc""#),
    ]
  ) { selection, facts in
    let halves = selection.texts.filter { text in
      !SPFRecord.isSPF(text.joined) && !text.joined.isEmpty
        && SPFRecord(Array("v=spf1 ".utf8) + text.joined)?.isPlainlyPolicy == true
    }
    guard selection.selected.count == 1, let record = selection.selected.first else { return [] }
    return halves.map { half in
      let old = selection.answer.records.filter { $0.data == .txt(record) || $0.data == .txt(half) }
      let joined = record.joined + [UInt8(ascii: " ")] + half.joined
      return Fault(
        in: selection.answer, "A second TXT record holds SPF terms, which no receiver reads.",
        observed: "\(foreign: half.joined)", expected: "one TXT record",
        mend: Mend(
          publish: [
            Record(facts.domain, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(TXT(joined: joined)))
          ],
          remove: old,
          note: "Check that the parts are joined in the right order and that only one `all` is left."))
    }
  }
}

extension SPFRecord {
  /// Nothing but known mechanisms and redirect, and more than a word that may mean anything.
  fileprivate var isPlainlyPolicy: Bool {
    faults.isEmpty
      && terms.contains { term in
        term.text.count > 3 && term.text.contains { !$0.isASCIIAlphanumeric }
      }
      && terms.allSatisfy { term in
        switch term.modifier {
        case nil, .redirect: true
        case .exp, .unknown: false
        }
      }
  }
}
