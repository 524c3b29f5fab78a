package import DNSData
package import Evidence

/// Asks blocklists under the user's key where they offer that, and answers as if the public zone had been asked: the
/// key is in no question, answer or failure that leaves here.
package struct KeyedBlocklists: AnswerSource {
  private let source: any AnswerSource
  /// From the public zone to the one behind the key.
  private let zones: [Name: Name]
  private let clock: @Sendable () -> Timestamp

  /// Throws if the key makes no label. Lists that have no keyed zone are asked as ever.
  package init(
    _ source: any AnswerSource, key: String, lists: [Blocklist], clock: @escaping @Sendable () -> Timestamp
  ) throws(NameError) {
    self.source = source
    self.clock = clock
    var zones: [Name: Name] = [:]
    for list in lists {
      if let zone = list.keyedZone { zones[list.zone] = try zone.prepending(key) }
    }
    self.zones = zones
  }

  package func answer(_ question: Question) async -> Answer {
    guard let zone = question.name.selfAndAncestors.first(where: { zones[$0] != nil }),
      let keyed = zones[zone]
    else { return await source.answer(question) }
    let entry = question.name.labels.dropLast(zone.labelCount)
    guard let name = try? Name(labels: entry + keyed.labels) else {
      return Answer(question, .failure(.malformed("the name is too long")), from: .nobody, at: clock())
    }
    return await source.answer(Question(name, question.type)).renamed(to: question)
  }
}

extension Answer {
  /// Only what cannot hold the name that was asked: addresses, and the kind of a failure. Aliases, the texts of extended
  /// errors and those of unreadable answers go.
  fileprivate func renamed(to question: Question) -> Answer {
    let outcome: Outcome =
      switch self.outcome {
      case .records(let records, _): .keyless(records, of: question)
      case .noSuchName: .noSuchName(aliases: [])
      case .noData: .noData(aliases: [])
      case .failure(.malformed): .failure(.malformed("what came is no answer"))
      case .failure(let failure): .failure(failure)
      }
    return Answer(
      question, outcome, from: responder, at: time,
      extendedErrors: extendedErrors.map { ExtendedError(code: $0.code, text: []) })
  }
}

extension Outcome {
  fileprivate static func keyless(_ records: [Record], of question: Question) -> Outcome {
    let addresses = records.filter { if case .a = $0.data { true } else { false } }
    guard !addresses.isEmpty else { return .failure(.malformed("what came is no answer")) }
    return .records(addresses.map { Record(question.name, ttl: $0.ttl, $0.data) }, aliases: [])
  }
}
