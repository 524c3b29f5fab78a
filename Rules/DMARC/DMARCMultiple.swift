import DMARC
import DNSData
package import Verdict

extension Rule {
  package static let dmarcMultiple = Rule(
    "dmarc.multiple",
    "There is more than one DMARC record",
    about: DMARCPublication.self,
    severity: .high,
    why: "Receivers discard them all: the domain has no DMARC.",
    fix: "Keep one of them.",
    references: [.rfc(9989, "4.10")],
    examples: [
      .flags(
        "two", at: ["_dmarc.example.com."],
        "_dmarc TXT \"v=DMARC1; p=none\"\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .passes("another text beside", "_dmarc TXT \"v=DMARC1; p=none\"\n_dmarc TXT hello"),
    ]
  ) { publication, _ in
    publication.ownStops.filter { $0.step.finding == .multipleRecords }.map { stop in
      let texts = stop.step.texts.filter { $0.standing == .policyRecord }
      return Fault(
        in: stop.answer, "\(stop.answer.question.name) has \(texts.count) DMARC records.",
        observed: texts.map { "\(foreign: $0.octets)" as Message }.enumeration, expected: "one",
        mend: stop.keepingStrongest(texts))
    }
  }
}

extension DMARCPublication.Stop {
  /// The one with the strongest policy stays.
  fileprivate func keepingStrongest(_ texts: [DMARCRecord]) -> Mend? {
    let strongest = texts.max { $0.settings.policy ?? .none < $1.settings.policy ?? .none }
    let removed = answer.records.filter { record in
      guard case .txt(let text) = record.data else { return false }
      return texts.contains { $0.octets == text.joined } && text.joined != strongest?.octets
    }
    return Mend(
      remove: removed, note: "This keeps the stronger policy; keep the other one if that is what you mean.")
  }
}
