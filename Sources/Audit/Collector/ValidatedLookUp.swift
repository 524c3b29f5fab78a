package import DNSData
package import DNSSEC
package import Evidence
import PublicSuffix

/// One answer, and what validation makes of it.
package struct ValidatedLookUp: Sendable {
  package let answer: Answer
  package let validation: Validation

  /// A chain of a dozen zones takes some thirty questions in half as many rounds; a name has at most 127 labels.
  static let maximumQuestions = 160
  static let maximumRounds = 40
}

extension AnswerSource {
  /// Asks `question`, and beside it and after it what the validation of its answer rests on (RFC 4035 §5).
  package func validate(
    _ question: Question, from anchors: TrustAnchors, at moment: Timestamp
  ) async -> ValidatedLookUp {
    var validations = Validations(anchors: anchors, at: moment)
    let zone = SuffixList.registrableDomain(of: question.name) ?? .root
    var answers: [Question: Answer] = [:]
    var open = validations.questions(toTrust: zone).union([question])
    var rounds = 0
    while !open.isEmpty {
      rounds += 1
      let allowed =
        rounds > ValidatedLookUp.maximumRounds ? 0 : max(0, ValidatedLookUp.maximumQuestions - answers.count)
      // The question itself first, whatever sorts before it.
      let ordered = open.sorted { $0 == question || ($1 != question && $0 < $1) }
      // A refusal is an answer too, and what it leads to must not stay open.
      let refused = ordered.dropFirst(allowed).map {
        Answer($0, .failure(.limitReached), from: .nobody, at: moment)
      }
      for answer in await ask(ordered.prefix(allowed)) + refused {
        answers[answer.question] = answer
        validations.add(answer)
      }
      open = validations.decide([question]).filter { answers[$0] == nil }
    }
    let unasked = Answer(question, .failure(.limitReached), from: .nobody, at: moment)
    let undecided = Validation(
      question: question, security: .indeterminate(.failure(question, .limitReached)))
    return ValidatedLookUp(
      answer: answers[question] ?? unasked, validation: validations.results[question] ?? undecided)
  }
}
