// Why an answer is not secure, in the words of whoever runs the zones. Sentences begin small and have no full stop.
package import DNSData
import DNSSEC
package import Evidence

extension ChainBreak {
  /// What does not hold, and where.
  package var message: Message {
    switch reason {
    case .noSignature: "\(question) has no signature, though \(words(for: zone)) is signed"
    case .signerIsNoZone(let signer):
      "\(question) is signed in the name of \(signer), where the keys of \(words(for: zone)) should sign"
    case .expired(let moment): "the signature of \(question) expired on \(moment)"
    case .notYetValid(let moment): "the signature of \(question) is not valid before \(moment)"
    case .noSuchKey(let tag, let algorithm):
      """
      \(question) is signed with key \(Int(tag)) (\(algorithm: algorithm)), which is not among the usable keys of \
      \(words(for: zone))
      """
    case .unsupportedAlgorithm(let algorithm):
      "\(question) is signed with \(algorithm: algorithm) alone, which validators do not support"
    case .malformedSignature:
      "the signature of \(question) does not fit the records: its labels or the type that it covers are wrong"
    case .badSignature:
      "the signature of \(question) does not verify: the records or the signature were changed after signing"
    case .noKeys: "\(words(for: zone)) has DS records in its parent zone, and no DNSKEY record"
    case .noKeyMatchesDelegation(let tags):
      """
      no DNSKEY record of \(words(for: zone)) is one that its DS records name \
      (\(tags.sorted().map { "\(Int($0))" as Message }.counted("key tag")))
      """
    case .denial(let gap): "that there is no \(question) is not proven: \(gap.message)"
    case .aliasMismatch: "the CNAME of \(question.name) does not follow from the DNAME above it"
    case .limit: "to validate \(question) takes more signatures, keys or hashes than any sound zone needs"
    }
  }
}

extension DenialGap {
  package var message: Message {
    switch self {
    case .noRecords: "the answer holds no NSEC or NSEC3 records"
    case .typeExists: "the NSEC or NSEC3 record there says that the type, or an alias, exists"
    case .wrongSideOfCut: "the NSEC or NSEC3 record is one of the other side of a zone cut"
    case .name: "no NSEC or NSEC3 record covers the name"
    case .wildcard: "no NSEC or NSEC3 record rules a wildcard out"
    case .closestEncloser: "no NSEC3 record shows which name above it exists"
    case .nextCloser: "no NSEC3 record covers the name below the closest one that exists"
    }
  }
}

extension Insecurity {
  package var message: Message {
    switch reason {
    case .unsignedDelegation:
      "\(words(for: zone)) is not signed: its parent zone proves that there are no DS records"
    case .optOut(let name):
      "\(words(for: zone)) leaves unsigned delegations out of its NSEC3 records, and \(name) may be one"
    case .unsupportedAlgorithms(let numbers):
      """
      \(words(for: zone)) is signed with \(numbers.sorted().map { "\(algorithm: $0)" as Message }.enumeration) \
      alone, which validators treat as not signed
      """
    case .unsupportedDigests(let numbers):
      """
      the DS records of \(words(for: zone)) have digests of \
      \(numbers.sorted().map { "\(digest: $0)" as Message }.enumeration) alone, which validators treat as not \
      signed
      """
    case .iterations(let number):
      "the NSEC3 records of \(words(for: zone)) take \(Int(number)) iterations, so that validators do not check them"
    }
  }
}

/// The root has no name that reads well in a sentence.
private func words(for zone: Name) -> Message { zone.isRoot ? "the root zone" : "\(zone)" }

extension Message.StringInterpolation {
  package mutating func appendInterpolation(_ question: Question) {
    appendInterpolation(question.name)
    appendLiteral(" ")
    appendInterpolation(question.type)
  }

  package mutating func appendInterpolation(_ moment: Timestamp) {
    appendInterpolation(own: moment.description)
  }

  /// By its mnemonic.
  package mutating func appendInterpolation(algorithm number: UInt8) {
    appendInterpolation(own: AlgorithmName.algorithm(number))
  }

  package mutating func appendInterpolation(digest number: UInt8) {
    appendInterpolation(own: AlgorithmName.digest(number))
  }
}

extension [Message] {
  /// "key tag 1", "key tags 1 and 2".
  fileprivate func counted(_ noun: StaticString) -> Message {
    "\(own: "\(noun)")\(own: count == 1 ? "" : "s") \(enumeration)"
  }
}
