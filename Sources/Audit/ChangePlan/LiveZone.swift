import DNSData

/// What is live, as far as it is known; remembers what had to be asked.
struct LiveZone {
  private let answers: KnownAnswers
  private(set) var open: Set<Question> = []
  private(set) var failures: [Answer] = []

  init(_ answers: @escaping KnownAnswers) { self.answers = answers }

  /// nil while it is not known, and where the look-up failed.
  mutating func answer(_ name: Name, _ type: RecordType) -> Answer? {
    let question = Question(name, type)
    guard let answer = answers(question) else {
      open.insert(question)
      return nil
    }
    guard answer.failure == nil else {
      if !failures.contains(answer) { failures.append(answer) }
      return nil
    }
    return answer
  }

  /// For how long resolvers hold that something is missing: the lesser of the SOA record's TTL and its last field
  /// (RFC 2308 §5), in the zone of `name`. nil while it is not known, and where nothing tells.
  mutating func negativeTTL(at name: Name) -> UInt32? {
    for ancestor in name.selfAndAncestors {
      guard let answer = answer(ancestor, .soa) else { return nil }
      // An alias leads to another zone.
      guard answer.aliases.isEmpty else { continue }
      for record in answer.records {
        if case .soa(let soa) = record.data { return min(record.ttl, soa.minimum) }
      }
    }
    return nil
  }
}
