import DNSData
package import Verdict

extension Rule {
  package static let spfSenderID = Rule(
    "spf.sender-id",
    "A Sender ID record is left over",
    about: SPFSelection.self,
    severity: .info,
    why: "Nobody evaluates `spf2.0/` records any more: the protocol was given up as an experiment.",
    fix: "Remove the record.",
    references: [.rfc(6654, "")],
    examples: [
      .flags(
        "beside SPF", at: ["example.com."],
        "@ TXT \"v=spf1 mx -all\"\n@ TXT \"spf2.0/pra mx -all\""),
      .passes("SPF alone", "@ TXT \"v=spf1 mx -all\""),
      .passes("another text", "@ TXT \"spf2 is not a version\""),
    ]
  ) { selection, _ in
    selection.texts.filter { $0.isSenderID }.map { text in
      Fault(
        in: selection.answer, "A TXT record belongs to Sender ID.", observed: "\(foreign: text.joined)",
        mend: Mend(remove: selection.answer.records.filter { $0.data == .txt(text) }))
    }
  }
}

extension TXT {
  /// RFC 4406 §3.1.
  fileprivate var isSenderID: Bool { joined.map(\.lowercasedASCII).starts(with: "spf2.0/".utf8) }
}
