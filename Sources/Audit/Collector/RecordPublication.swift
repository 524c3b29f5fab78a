package import DNSData
package import Evidence

/// Records that are to be among what is served at their names, whatever else stands there and whatever their TTL.
package struct RecordPublication: PublicationMeasure {
  package let awaited: [AwaitedRecords]

  /// Those that say the same are one.
  package init(_ records: [Record]) {
    var seen: Set<Record> = []
    awaited = records.filter { seen.insert(Record($0.name, ttl: 0, $0.data.meaning)).inserted }.map {
      AwaitedRecords($0)
    }
  }

  package func states(_ answers: KnownAnswers) -> [ServedState] {
    awaited.map { awaited in
      guard let answer = awaited.questions.first.flatMap(answers) else { return .unknown(.limitReached) }
      if let failure = answer.failure { return .unknown(failure) }
      // Where an alias leads is not at the name.
      let there = answer.aliases.isEmpty ? Set(answer.records.map(\.data.meaning)) : []
      let lacking = awaited.records.filter { !there.contains($0.data.meaning) }
      return lacking.isEmpty ? .served : .lacking(lacking, instead: answer.aliases + answer.records)
    }
  }
}
