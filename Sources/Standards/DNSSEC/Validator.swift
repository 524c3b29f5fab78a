/// Validation of answers from the trust anchors down (RFC 4035 §5), as a function of the signed answers known so far.
///
/// Zones are found from above: through DS records, or the proof that there are none. Where a record set names its
/// signer, the names between are not asked for. What was found of a zone is kept with its parsed keys for the next
/// evaluation, on the understanding that a question has one answer in a run. Nothing is fetched here, and the AD bit of
/// a resolver is not looked at.
package import DNSData
package import Evidence

package struct Validator: Sendable {
  private let anchors: TrustAnchors
  private let moment: Timestamp
  private var zones: [Name: ZoneStatus] = [:]

  /// Signatures are judged as of `moment`.
  package init(anchors: TrustAnchors, at moment: Timestamp) {
    self.anchors = anchors
    self.moment = moment
  }

  /// Needs the answer to `question` itself too, and those to what its aliases lead to where it does not hold them.
  package mutating func evaluate(
    _ question: Question, answers: @escaping KnownSignedAnswers
  ) -> Evaluation<Validation> {
    var walk = ValidationWalk(anchors: anchors, moment: moment, zones: zones, answers: answers)
    defer { zones = walk.zones }
    return walk.evaluate(question)
  }

  /// What the trust in a zone may rest on: to be asked beside the data where its apex can be guessed, so that signed
  /// data takes no more rounds than unsigned.
  package func questions(toTrust zone: Name) -> Set<Question> { anchors.questions(toTrust: zone) }
}

extension TrustAnchors {
  /// DS and DNSKEY of `zone` and of everything between it and the nearest anchor.
  func questions(toTrust zone: Name) -> Set<Question> {
    var questions: Set<Question> = []
    for name in zone.selfAndAncestors {
      questions.insert(Question(name, .dnskey))
      guard anchors[name] == nil else { return questions }
      questions.insert(Question(name, .ds))
    }
    return []
  }
}

/// What is known of the zone that a name is in.
enum ZoneStatus: Sendable {
  case secure(SecureZone)
  case other(Security, chain: [ChainLink])
}

/// Why an evaluation goes no further.
enum ValidationStop: Error {
  /// An answer is missing.
  case missing
  case decided(Security, chain: [ChainLink])
}
