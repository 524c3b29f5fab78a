package import DNSData

/// Zone files laid over another source of answers, or over nothing: then the audit is offline, and what no file
/// holds is not tested.
package struct ZoneAnswers: AnswerSource {
  private let zones: ZoneSet
  private let beyond: (any AnswerSource)?
  private let clock: @Sendable () -> Timestamp

  package init(
    _ zones: ZoneSet, over beyond: (any AnswerSource)? = nil, clock: @escaping @Sendable () -> Timestamp
  ) {
    self.zones = zones
    self.beyond = beyond
    self.clock = clock
  }

  package func answer(_ question: Question) async -> Answer {
    await answer(question, following: [])
  }

  private func answer(_ question: Question, following aliases: [Record]) async -> Answer {
    guard aliases.count <= ZoneSet.maximumAliases else {
      return Answer(question, .failure(.aliasLoop), from: .nobody, at: clock())
    }
    switch zones.lookUp(question) {
    case .outcome(let outcome, let file):
      // What the parent says of the zone, and the keys that sign it when it is published, are in no file.
      if question.isOfSigning, outcome.isEmpty, let beyond { return await beyond.answer(question) }
      return Answer(question, outcome, from: .zoneFile(file), at: clock())
    case .leaves(let found, let target, _):
      return await follow(found, to: target, for: question, after: aliases)
    case .notHere:
      guard let beyond else { return Answer(question, .failure(.notInFiles), from: .nobody, at: clock()) }
      let answer = await beyond.answer(question)
      // An alias out there may lead to a name that the files speak for.
      for (index, alias) in answer.aliases.enumerated() {
        guard case .cname(let target) = alias.data,
          zones.lookUp(Question(target, question.type)) != .notHere
        else { continue }
        return await follow(Array(answer.aliases[...index]), to: target, for: question, after: aliases)
      }
      return answer
    }
  }

  private func follow(
    _ found: [Record], to target: Name, for question: Question, after aliases: [Record]
  ) async -> Answer {
    let rest = await answer(Question(target, question.type), following: aliases + found)
    let outcome: Outcome =
      switch rest.outcome {
      case .records(let records, let more): .records(records, aliases: found + more)
      case .noData(let more): .noData(aliases: found + more)
      case .noSuchName(let more): .noSuchName(aliases: found + more)
      case .failure(let failure): .failure(failure)
      }
    return Answer(
      question, outcome, from: rest.responder, at: rest.time, extendedErrors: rest.extendedErrors)
  }
}

extension Question {
  fileprivate var isOfSigning: Bool { type == .ds || type == .dnskey }
}

extension Outcome {
  fileprivate var isEmpty: Bool {
    switch self {
    case .noData(let aliases), .noSuchName(let aliases): aliases.isEmpty
    case .records, .failure: false
    }
  }
}
