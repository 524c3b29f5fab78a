import DNSData
import DNSSEC
import Evidence

/// Zone text with signatures in it: answers hold the RRSIG records of what they say, denials all NSEC and NSEC3 records of
/// the text. None of it verifies.
struct SignedText {
  private let records: [Record]

  /// nil where the text holds nothing of the kind.
  init?(_ files: [ZoneFile]) { self.init(files.flatMap(\.records)) }

  init?(_ records: [Record]) {
    self.records = records
    guard records.contains(where: { [.ds, .dnskey, .rrsig, .nsec, .nsec3].contains($0.type) }) else {
      return nil
    }
  }

  func over(_ source: any AnswerSource) -> any AnswerSource { Source(text: self, source: source) }

  private struct Source: AnswerSource {
    let text: SignedText
    let source: any AnswerSource

    func answer(_ question: Question) async -> Answer {
      let answer = await source.answer(question)
      guard let message = text.message(answer.question, answer.outcome) else { return answer }
      return Answer(
        question, answer.outcome, from: answer.responder, at: answer.time,
        extendedErrors: answer.extendedErrors, signed: [message])
    }
  }

  /// nil where nothing of the text signs it.
  func message(_ question: Question, _ outcome: Outcome) -> SignedAnswer? {
    func response(
      _ code: SignedAnswer.ResponseCode, _ answer: [Record], _ authority: [Record]
    ) -> SignedAnswer? {
      let isSigned = (answer + authority).contains { [.rrsig, .nsec, .nsec3].contains($0.type) }
      guard isSigned else { return nil }
      return SignedAnswer(
        question,
        .response(code, answer: answer.map(WireRecord.init), authority: authority.map(WireRecord.init)))
    }
    let denial = records.filter { [.nsec, .nsec3].contains($0.type) }
    switch outcome {
    case .records(let data, _):
      let signatures = records.filter { record in
        if case .rrsig(let signature) = record.data {
          record.name == question.name && signature.covered == question.type
        } else {
          false
        }
      }
      return response(.noError, data + signatures, [])
    case .noData: return response(.noError, [], denial)
    case .noSuchName: return response(.nameError, [], denial)
    case .failure: return nil
    }
  }
}
