package import DNSData
package import Expectation

/// A wanted record set and what is published in its place, compared by what the records mean and never by their text.
package struct RecordComparison: Hashable, Sendable {
  package enum Standing: Hashable, Sendable {
    case matches
    /// Nothing of the kind is published.
    case missing
    /// What is published does not do what is wanted.
    case wrong
    /// All that is wanted is there, and more.
    case extra
  }

  package let wanted: WantedRecordSet
  /// The look-up that shows it.
  package let answer: Answer
  package let standing: Standing
  /// What is published of the kind: of the texts at a name those for the same purpose alone.
  package let published: [Record]
  /// Wanted, and not there.
  package let lacking: [Record]
  /// There, and not wanted.
  package let surplus: [Record]
  /// Exactly what makes it match; nil where it does, or where what is there is the operator's to judge.
  package let mend: Mend?

  package init(
    _ wanted: WantedRecordSet, answer: Answer, standing: Standing, published: [Record], lacking: [Record],
    surplus: [Record], mend: Mend?
  ) {
    self.wanted = wanted
    self.answer = answer
    self.standing = standing
    self.published = published
    self.lacking = lacking
    self.surplus = surplus
    self.mend = mend
  }

  package var place: Place { Place(wanted.name, answer.question.type) }
}

/// A wanted record set as far as anything is known of it.
package enum WantedSetFinding: Hashable, Sendable {
  case compared(RecordComparison)
  /// A look-up that failed, or that was not made: never "missing".
  case unknown(WantedRecordSet, Gap)

  package var comparison: RecordComparison? {
    switch self {
    case .compared(let comparison): comparison
    case .unknown: nil
    }
  }

  var wanted: WantedRecordSet {
    switch self {
    case .compared(let comparison): comparison.wanted
    case .unknown(let wanted, _): wanted
    }
  }
}

extension Facts {
  /// Every record set that the expected domain wants, compared.
  func compareWithExpected() -> [WantedSetFinding] {
    guard let site, let expected else { return [] }
    return site.wanted(for: expected).map { wanted in
      let answers = wanted.questions.compactMap { snapshot[$0] }
      if let failed = answers.first(where: { $0.failure != nil }), answers.allSatisfy(\.records.isEmpty) {
        return .unknown(wanted, Gap(failed))
      }
      guard let answer = answers.first(where: { !$0.records.isEmpty }) ?? answers.first else {
        return .unknown(wanted, Gap(Place(wanted.name, wanted.type), .notTested(.limitReached)))
      }
      let comparer = RecordComparer(wanted: wanted, answer: answer, answers: answers, facts: self)
      let comparison = comparer.comparison
      if wanted.kind == .spf, comparison.standing != .matches, let gap = SPFComparer(comparer).gap {
        return .unknown(wanted, gap)
      }
      return .compared(comparison)
    }
  }

  /// All that is wanted, with what a mend would keep of the live records.
  package var wantedRecords: [WantedRecordSet] {
    wantedSets.map { finding in
      guard let comparison = finding.comparison, comparison.wanted.kind == .spf else { return finding.wanted }
      let wanted = finding.wanted
      let kept = comparison.standing == .extra ? comparison.published : comparison.mend?.records
      return WantedRecordSet(
        wanted.kind, wanted.name, wanted.type, kept ?? wanted.records, purpose: wanted.purpose)
    }
  }

  /// More than what is wanted may stand here.
  func isTolerated(_ wanted: WantedRecordSet) -> Bool {
    expected?.tolerated.contains { $0.name == wanted.name && $0.type == wanted.type } ?? false
  }
}
