package import DKIM
package import DNSData
import Evidence

/// A name at which the key of a selector that signs may stand by mistake, while the right name is empty.
package struct MisplacedDKIMKey: Subject {
  package let selector: DKIMSelector
  /// The look-up at the wrong name.
  package let answer: Answer
  /// The key records there; most often none.
  package let records: [DKIMKeyRecord]

  package static func observe(_ facts: Facts) -> Observation<MisplacedDKIMKey> {
    let given = facts.selectors.filter { $0.use == .given }
    var gaps = given.map(\.answer).filter { $0.failure != nil }.map(Gap.init)
    var keys: [MisplacedDKIMKey] = []
    for label in facts.snapshot.request.selectors {
      let name = DKIMName.of(selector: label, domain: facts.domain)
      guard let selector = given.first(where: { $0.name == name }), selector.answer.isEmpty else { continue }
      let answers = DKIMName.misspellings(of: label, domain: facts.domain).compactMap {
        facts.snapshot.answer($0, .txt)
      }
      gaps += answers.filter { $0.failure != nil }.map(Gap.init)
      keys += answers.filter { $0.failure == nil }.map {
        MisplacedDKIMKey(
          selector: selector, answer: $0, records: DKIMKeyRecord.candidates(in: $0.joinedTexts))
      }
    }
    return Observation(keys, gaps: gaps)
  }
}

/// Several selectors of the domain that have keys of their own. An alias hands the key on to a service, which may use
/// one for all its customers. Keys out of use count too: a new one must be another.
package struct DKIMKeySet: Subject {
  package let selectors: [DKIMSelector]

  package static func observe(_ facts: Facts) -> Observation<DKIMKeySet> {
    let selectors = facts.allSelectors.filter { !$0.candidates.isEmpty && $0.answer.aliases.isEmpty }
    let gaps = facts.allSelectors.filter { $0.use != .guessed && $0.answer.failure != nil }.map {
      Gap($0.answer)
    }
    return Observation(selectors.count > 1 ? [DKIMKeySet(selectors: selectors)] : [], gaps: gaps)
  }
}

/// A text of DomainKeys or ADSP, which told what the domain signs.
package struct DKIMPolicyText: Subject {
  package let answer: Answer
  package let record: Record
  package let octets: [UInt8]

  package static func observe(_ facts: Facts) -> Observation<DKIMPolicyText> {
    let names = [DKIMName.policy(of: facts.domain), DKIMName.signingPractices(of: facts.domain)]
    let answers = names.compactMap(\.self).compactMap { facts.snapshot.answer($0, .txt) }
    let texts = answers.flatMap { answer in
      answer.records.compactMap { record -> DKIMPolicyText? in
        guard case .txt(let text) = record.data, isPolicy(text.joined) else { return nil }
        return DKIMPolicyText(answer: answer, record: record, octets: text.joined)
      }
    }
    return Observation(texts, gaps: answers.filter { $0.failure != nil }.map(Gap.init))
  }

  private static func isPolicy(_ octets: [UInt8]) -> Bool {
    let tags = DKIMKeyRecord(octets).tags
    guard tags["p"] == nil else { return false }
    if let sign = tags["o"]?.value.first, "~-!.^".utf8.contains(sign) { return true }
    let practice = tags["dkim"].map { String(decoding: $0.value, as: UTF8.self).lowercased() }
    return ["unknown", "all", "discardable"].contains(practice)
  }
}

extension Answer {
  /// The strings of each TXT record joined.
  var joinedTexts: [[UInt8]] {
    records.compactMap { if case .txt(let text) = $0.data { text.joined } else { nil } }
  }
}
