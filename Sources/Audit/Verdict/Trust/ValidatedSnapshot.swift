package import DNSData
import DNSSEC
package import Evidence

extension Snapshot {
  /// Of every answer that a name server gave; empty where no trust anchor is known.
  package func validated() -> [Question: Validation] {
    if let validations { return validations.reduce(into: [:]) { $0[$1.question] = $1 } }
    guard !environment.trustAnchors.isEmpty else { return [:] }
    var validations = Validations(anchors: TrustAnchors(environment.trustAnchors), at: started)
    let answers = answers
    for answer in answers { validations.add(answer) }
    _ = validations.decide(answers.filter { !$0.signed.isEmpty }.map(\.question))
    return validations.results
  }

  /// The same with what is validated told, so that its messages may be changed.
  package var keepingValidations: Snapshot {
    var snapshot = self
    snapshot.keep(validated().values.sorted { $0.question < $1.question })
    return snapshot
  }

  /// What is bogus is no answer (RFC 4035 §5.5).
  func distrusting(_ validations: [Question: Validation]) -> Snapshot {
    replacingOutcomes { answer in
      if case .bogus = validations[answer.question]?.security { .failure(.bogus) } else { nil }
    }
  }
}
