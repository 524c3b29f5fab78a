package import DNSData
package import Evidence

/// What every authoritative server says of what is waited for. The servers themselves are asked; the resolver tells
/// who they are, and what is behind aliases that lead out of their zones.
package struct PublicationInquiry: Sendable {
  private let measures: [any PublicationMeasure]
  private let families: [AddressFamily]

  /// Servers are asked at their addresses of `families`.
  package init(_ measures: [any PublicationMeasure], over families: [AddressFamily] = [.v4, .v6]) {
    self.measures = measures
    self.families = families
  }

  /// Nothing that the sources kept from an earlier look tells what is served now.
  package func look(
    asking source: any AnswerSource, and servers: any ServerSource, clock: () -> Timestamp
  ) async -> PublicationState {
    let awaited = measures.flatMap(\.awaited)
    let authorities = await source.evaluate { PublicationServers.evaluate(awaited, families, $0) }
    let questions = awaited.flatMap { awaited in
      authorities.speaking(for: awaited).flatMap { server in
        awaited.questions.map { ServerQuestion(server, $0) }
      }
    }
    let made = await withTaskGroup(of: ServerAnswer.self) { group in
      for question in Set(questions) { group.addTask { await servers.ask(question) } }
      return await group.reduce(into: [ServerQuestion: ServerAnswer]()) { $0[$1.question] = $1 }
    }
    let ends = await source.ask(Set(made.values.compactMap(\.openEnd))).reduce(into: [Question: Answer]()) {
      $0[$1.question] = $1
    }
    let readings = made.mapValues { Reading($0) { ends[$0] } }
    return PublicationState(
      authorities.addresses.map { server in
        .init(server.names, server.address, findings(of: server.address, authorities, readings))
      }, unasked: authorities.unasked, at: clock())
  }

  private func findings(
    of server: ServerAddress, _ authorities: PublicationServers, _ readings: [ServerQuestion: Reading]
  ) -> [PublicationState.Finding] {
    var findings: [PublicationState.Finding] = []
    for measure in measures {
      let states = measure.states { readings[ServerQuestion(server, $0)]?.answer }
      for (awaited, state) in zip(measure.awaited, states)
      where authorities.speaking(for: awaited).contains(server) {
        let readings = awaited.questions.compactMap { readings[ServerQuestion(server, $0)] }
        findings.append(.init(awaited, readings.lazy.compactMap(\.obstacle).first ?? state))
      }
    }
    return findings
  }
}

/// What one answer of a server is good for.
private enum Reading {
  case answer(Answer)
  case obstacle(ServedState)

  init(_ made: ServerAnswer, _ ends: KnownAnswers) {
    if let answer = Authority.complete(made, ends) {
      self = .answer(answer)
      return
    }
    switch made.result {
    case .failure(let failure): self = .obstacle(.unknown(failure))
    case .message(let message): self = .obstacle(message.obstacle)
    }
  }

  var answer: Answer? { if case .answer(let answer) = self { answer } else { nil } }
  var obstacle: ServedState? { if case .obstacle(let state) = self { state } else { nil } }
}

extension ServerMessage {
  /// Of what is no answer with authority. Who refuses a question does not have the zone; who fails may have it.
  fileprivate var obstacle: ServedState {
    if referral != nil { return .withoutAuthority }
    switch outcome {
    case .failure(.refused): return .withoutAuthority
    case .failure(let failure):
      return alias != nil && !isAuthoritative ? .withoutAuthority : .unknown(failure)
    case .records, .noSuchName, .noData: return .withoutAuthority
    }
  }
}
