import Collector
package import DNSData
import Evidence
package import Verdict

/// What a resolver says: `files`, as if it had asked for them.
package struct ExampleResolver: AnswerSource {
  package static let address = ServerAddress(.v4(IPv4Address(rawValue: 0xC000_02FA)))  // 192.0.2.250

  private let zones: ZoneSet
  private let source: any AnswerSource
  private let nameServers: [ExampleNameServer]
  private let apex: Name

  package init(_ files: [ZoneFile], for example: RuleExample) throws {
    let records = try files.flatMap(\.records).changed(by: example.cached)
    let zones = ZoneSet([try ZoneFile("cached", origins: [], records: records)])
    self.zones = zones
    source = ZoneAnswers(zones, clock: { World.time })
    nameServers = example.nameServers
    apex = try Name("example.com.")
  }

  package func answer(_ question: Question) async -> Answer {
    if let outcome = failure(question) {
      return Answer(question, outcome, from: .server(Self.address), at: World.time)
    }
    let answer = await source.answer(question)
    guard case .zoneFile = answer.responder else { return answer }
    return Answer(
      question, answer.outcome, from: .server(Self.address), at: answer.time,
      extendedErrors: answer.extendedErrors, signed: denial(answer))
  }

  /// Where every name server fails in the same way.
  private func failure(_ question: Question) -> Outcome? {
    guard question.name.isAtOrBelow(apex) else { return nil }
    if nameServers.allSatisfy({ $0.quirks.contains(.rejectsType(question.type, 3)) }) {
      return .noSuchName(aliases: [])
    }
    let fail = nameServers.allSatisfy { server in
      server.quirks.contains { quirk in
        switch quirk {
        case .dropsType(question.type), .rejectsType(question.type, _): true
        case .sends(_, question.type): server.quirks.contains(.withoutTCP)
        default: false
        }
      }
    }
    return fail ? .failure(.serverFailure) : nil
  }

  /// With the SOA record, which tells how long a resolver remembers it.
  private func denial(_ answer: Answer) -> [SignedAnswer] {
    let code: SignedAnswer.ResponseCode
    switch answer.outcome {
    case .noData: code = .noError
    case .noSuchName: code = .nameError
    case .records, .failure: return []
    }
    for zone in answer.question.name.selfAndAncestors {
      guard case .outcome(.records(let soa, aliases: []), _) = zones.lookUp(Question(zone, .soa)) else {
        continue
      }
      return [
        SignedAnswer(
          answer.question, .response(code, answer: [], authority: soa.map { WireRecord($0) }))
      ]
    }
    return []
  }
}
