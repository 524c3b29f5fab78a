package import DNSData
import Evidence

/// The TXT records at a mail domain that belong to no mail policy: proofs of control, most of them.
package struct OtherTexts: Subject {
  package let answer: Answer
  package let texts: [TXT]

  /// What they add to every answer with the domain's TXT records: a compressed owner name, type, class, TTL and
  /// length (RFC 1035 §4.1.3), and the strings with a length octet each.
  package var octets: Int {
    texts.reduce(0) { sum, text in sum + 12 + text.strings.reduce(0) { $0 + 1 + $1.count } }
  }

  /// How the texts begin that are read by senders and receivers of mail.
  private static let policies = [
    "v=spf1", "spf2.0/", "v=dmarc1", "v=dkim1", "v=stsv1", "v=tlsrptv1", "v=bimi1",
  ]

  package static func observe(_ facts: Facts) -> Observation<OtherTexts> {
    guard let answer = facts.texts, facts.role.sends || facts.role == .undetermined else {
      return .notApplicable
    }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    guard facts.role.sends else { return Observation([], gaps: facts.roleGaps) }
    let texts = answer.records.compactMap { if case .txt(let text) = $0.data { text } else { nil } }
    let others = texts.filter { text in
      let start = String(decoding: text.joined.prefix(12), as: UTF8.self).lowercased()
      return !policies.contains { start.hasPrefix($0) }
    }
    return Observation([OtherTexts(answer: answer, texts: others)])
  }
}

/// What a mail domain says about its being for sale (RFC 10023).
package struct ForSaleNotice: Subject {
  package let answer: Answer
  /// The texts that are such notices.
  package let notices: [[UInt8]]

  private static let version = "v=FORSALE1;"

  package static func observe(_ facts: Facts) -> Observation<ForSaleNotice> {
    guard let name = ForSaleName.of(facts.domain), let answer = facts.snapshot.answer(name, .txt),
      facts.role.sends || facts.role == .undetermined
    else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let notices = answer.joinedTexts.filter { $0.starts(with: version.utf8) }
    guard facts.role.sends else { return Observation([], gaps: notices.isEmpty ? [] : facts.roleGaps) }
    return Observation([ForSaleNotice(answer: answer, notices: notices)])
  }
}
