package import DNSData
import Evidence

/// Records at a name to which the domain was appended once more, while the name that was meant lacks them.
package struct DoubledRecords: Subject {
  /// The look-up at the doubled name.
  package let answer: Answer
  /// That at the name that was meant.
  package let meant: Answer
  /// Those that are missing there.
  package let records: [Record]

  package static func observe(_ facts: Facts) -> Observation<DoubledRecords> {
    guard facts.role != .nonexistent else { return .notApplicable }
    var found: [DoubledRecords] = []
    var gaps: [Gap] = []
    for answer in facts.snapshot.answers {
      guard let meant = facts.meant(by: answer) else { continue }
      let isApexText = meant.question.name == facts.domain && meant.question.type == .txt
      guard isApexText || meant.isEmpty else { continue }
      guard answer.failure == nil else {
        gaps.append(Gap(answer))
        continue
      }
      // Whether it is a wildcard that answers, and whether anything is missing, hangs on other look-ups.
      let others = [meant, facts.wildcard(answer.question.type)].compactMap(\.self)
      if !answer.records.isEmpty, let failed = others.first(where: { $0.failure != nil }) {
        gaps.append(Gap(failed))
        continue
      }
      let missing = answer.records.filter { record in !meant.records.contains { $0.data == record.data } }
      guard !missing.isEmpty, !answer.says(theSameAs: facts.wildcard(answer.question.type)) else { continue }
      found.append(DoubledRecords(answer: answer, meant: meant, records: missing))
    }
    return Observation(found, gaps: gaps)
  }
}

extension Facts {
  /// The records that a name lacks and that stand at its doubled one: to move them is better than to make up others.
  package func doubledRecords(of name: Name, _ type: RecordType) -> [Record] {
    observation(of: DoubledRecords.self).subjects.filter { $0.meant.question == Question(name, type) }
      .flatMap(\.records)
  }

  /// The look-up of the name that a doubled one was to be; nil for every other name, and for those of DKIM keys, which
  /// have a rule of their own.
  fileprivate func meant(by answer: Answer) -> Answer? {
    guard let name = DoubledName.intended(by: answer.question.name, zone: domain) else { return nil }
    if let keys = try? domain.prepending("_domainkey"), name.isAtOrBelow(keys) { return nil }
    return snapshot.answer(name, answer.question.type)
  }
}
