package import DKIM
package import DNSData
import Evidence
package import Expectation

/// A DKIM key of the expected configuration, and what is published at its selector.
package struct ExpectedKey: Subject {
  package let selector: ExpectedSelector
  package let name: Name
  package let answer: Answer
  /// The key records there, sound or not.
  package let records: [DKIMKeyRecord]
  package let now: Timestamp
  private let usualTTL: UInt32

  package static func observe(_ facts: Facts) -> Observation<ExpectedKey> {
    guard let domain = facts.expected else { return .notApplicable }
    var keys: [ExpectedKey] = []
    var gaps: [Gap] = []
    for selector in domain.selectors {
      guard let name = DKIMName.of(selector: selector.label, domain: domain.name) else { continue }
      guard let answer = facts.snapshot.answer(name, .txt) else {
        gaps.append(Gap(Place(name, .txt), .notTested(.limitReached)))
        continue
      }
      guard answer.failure == nil else {
        gaps.append(Gap(answer))
        continue
      }
      keys.append(
        ExpectedKey(
          selector: selector, name: name, answer: answer,
          records: DKIMKeyRecord.candidates(in: answer.joinedTexts), now: facts.snapshot.started,
          usualTTL: domain.ttl ?? ZoneFile.defaultTTL))
    }
    return Observation(keys, gaps: gaps)
  }

  /// A key stands there, good or damaged; a revoked one does not count.
  package var isPublished: Bool { records.contains { $0.key != .revoked } }

  /// That of what is published, else that of the domain's records.
  package var ttl: UInt32 { answer.records.map(\.ttl).max() ?? usualTTL }

  /// Keys that can be read, and are another than the file's; empty if no file is known.
  package var otherKeys: [DKIMKeyRecord] {
    guard let own = selector.key?.identity else { return [] }
    return records.filter { $0.key.identity.map { $0 != own } ?? false }
  }

  /// The key records as they stand in the zone.
  package var published: [Record] {
    let texts = Set(records.map(\.octets))
    return answer.records.filter {
      if case .txt(let text) = $0.data { texts.contains(text.joined) } else { false }
    }
  }

  /// What is to stand there instead of all key records; nil where an alias leads elsewhere, or no key is known.
  package func mend(to publication: DKIMKeyPublication?) -> Mend? {
    guard answer.aliases.isEmpty, let publication else { return nil }
    return Mend(publish: [Record(name, ttl: ttl, .txt(TXT(publication.description)))], remove: published)
  }

  /// The key records go; nil where an alias leads elsewhere.
  package var removal: Mend? { answer.aliases.isEmpty ? Mend(remove: published) : nil }
}
