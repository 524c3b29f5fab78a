import DNSData
import PublicSuffix

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

  /// For how long resolvers may hold records like those of `answer`. What a resolver says is what is left in its cache
  /// alone: it counts for at least what the operator says, else for a day.
  static func ttl(of records: [Record], in answer: Answer, expected: UInt32?) -> UInt32 {
    let seen = records.map(\.ttl).max()
    if case .zoneFile = answer.responder { return seen ?? expected ?? ZoneFile.defaultTTL }
    guard let seen else { return expected ?? ZoneFile.defaultTTL }
    return max(seen, expected ?? unknownTTL)
  }

  /// Above what nearly all zones have.
  static let unknownTTL: UInt32 = 86_400  // seconds

  /// For how long resolvers hold that something is missing: the lesser of the SOA record's TTL and its last field
  /// (RFC 2308 §5), in the zone of `name`; a day where nothing tells. A resolver's TTL is what is left of it.
  mutating func negativeTTL(at name: Name) -> UInt32 {
    let top = SuffixList.registrableDomain(of: name)
    for ancestor in name.selfAndAncestors where top.map(ancestor.isAtOrBelow) ?? true {
      guard let answer = answer(ancestor, .soa) else { return Self.unknownTTL }
      // An alias leads to another zone.
      guard answer.aliases.isEmpty else { continue }
      for record in answer.records {
        guard case .soa(let soa) = record.data else { continue }
        if case .zoneFile = answer.responder { return min(record.ttl, soa.minimum) }
        return soa.minimum
      }
    }
    return Self.unknownTTL
  }
}
