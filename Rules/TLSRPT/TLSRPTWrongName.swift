import DNSData
import TLSRPT
package import Verdict

extension Rule {
  package static let tlsrptWrongName = Rule(
    "tlsrpt.wrong-name",
    "The TLS reporting record stands at the wrong name",
    about: MisplacedTLSRPT.self,
    severity: .medium,
    why: "Senders look at `_smtp._tls` only: nobody sends reports.",
    fix: "Publish the record at `_smtp._tls`, and remove it here.",
    references: [.rfc(8460, "3")],
    examples: [
      .flags(
        "half the name", at: ["_tls.example.com."],
        #"_tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/""#),
      .flags(
        "the other half", at: ["_smtp.example.com."],
        #"_smtp TXT "v=TLSRPTv1; rua=https://192.0.2.80/""#),
      .flags(
        "an underscore for the dot", at: ["_smtp_tls.example.com."],
        #"_smtp_tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/""#),
      .flags(
        "in the wrong order", at: ["_tls._smtp.example.com."],
        #"_tls._smtp TXT "v=TLSRPTv1; rua=https://192.0.2.80/""#),
      .passes(
        "the right name has one too",
        "_smtp._tls TXT \"v=TLSRPTv1; rua=https://192.0.2.80/\"\n_tls TXT \"v=TLSRPTv1; rua=https://192.0.2.80/\""
      ),
      .passes("another text there", "_tls TXT hello"),
      .passes("null MX", "@ MX 0 .\n_tls TXT \"v=TLSRPTv1; rua=https://192.0.2.80/\""),
    ]
  ) { place, _ in
    place.records.map { record in
      Fault(
        in: place.answer,
        "The TLS reporting record stands at \(place.answer.question.name), where no sender looks.",
        observed: "\(foreign: record.octets)", expected: "the record at \(place.name)",
        mend: place.moved(record))
    }
  }
}

extension MisplacedTLSRPT {
  /// nil where it is not clear what is to stand at the right name.
  fileprivate func moved(_ record: TLSRPTRecord) -> Mend? {
    guard isOnlyPlace, records.count == 1, answer.aliases.isEmpty, let text = record.meant else { return nil }
    let old = answer.records.filter {
      if case .txt(let text) = $0.data { text.joined == record.octets } else { false }
    }
    let new = Record(
      name, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(TXT(joined: Array(text.description.utf8))))
    return Mend(publish: [new], remove: old)
  }
}
