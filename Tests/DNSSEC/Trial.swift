// What a validator makes of the answers of some servers.
import DNSData
import DNSSEC
import Evidence
import SigningTesting

struct Trial {
  let validation: Validation
  /// How often the evaluator asked.
  let rounds: Int
  let questions: Int
}

extension NameServers {
  func trial(
    _ name: String, _ type: RecordType, at time: String = "2026-06-01T00:00:00Z",
    beside zone: String? = nil, forging: [SignedAnswer] = []
  ) throws -> Trial {
    let moment = Timestamp(time) ?? Timestamp(seconds: 0)
    var validator = Validator(anchors: anchors, at: moment)
    let question = Question(try Name(name), type)
    let forged = Dictionary(uniqueKeysWithValues: forging.map { ($0.question, $0) })
    var answers: [Question: SignedAnswer] = [:]
    var wanted: Set<Question> = [question]
    if let zone { wanted.formUnion(validator.questions(toTrust: try Name(zone))) }
    for rounds in 1...40 {
      for question in wanted { answers[question] = forged[question] ?? answer(question) }
      let known = answers
      switch validator.evaluate(question, answers: { known[$0] }) {
      case .result(let validation):
        return Trial(validation: validation, rounds: rounds, questions: answers.count)
      case .needs(let needs):
        guard needs.contains(where: { answers[$0] == nil }) else { throw NoProgress() }
        wanted = needs
      }
    }
    throw NoProgress()
  }

  func security(
    _ name: String, _ type: RecordType, at time: String = "2026-06-01T00:00:00Z",
    forging: [SignedAnswer] = []
  ) throws -> Security {
    try trial(name, type, at: time, forging: forging).validation.security
  }

  struct NoProgress: Error {}
}

extension Security {
  /// What broke; nil unless bogus.
  var broken: ChainBreak? { if case .bogus(let link) = self { link } else { nil } }

  /// The root's own keys do not hold, so that nothing can be validated.
  var isOfNothing: Bool { if case .indeterminate(.root) = self { true } else { false } }

  var insecurity: Insecurity? { if case .insecure(let insecurity) = self { insecurity } else { nil } }
}
