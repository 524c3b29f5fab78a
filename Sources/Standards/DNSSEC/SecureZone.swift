/// A zone whose keys are trusted: parsed once, they verify everything that the zone signs.
internal import Crypto
package import DNSData
internal import Evidence

struct ZoneKey: Sendable {
  let tag: UInt16
  let algorithm: UInt8
  let key: SignatureKey

  /// nil for what must not or cannot be used: no zone key, revoked, of an algorithm that is not validated, malformed.
  init?(_ key: DNSKEY) {
    guard key.isZoneKey, !key.isRevoked,
      let signatureKey = SecurityAlgorithm(rawValue: key.algorithm)?.signatureKey(key)
    else { return nil }
    tag = key.keyTag
    algorithm = key.algorithm
    self.key = signatureKey
  }
}

struct SecureZone: Sendable {
  let name: Name
  let keys: [ZoneKey]
  /// What the trust in these keys rests on.
  let chain: [ChainLink]

  /// A record set whose signature holds.
  struct Verified {
    let set: RecordSet
    let signature: RRSIG
    let expiration: Timestamp

    /// The name that `*` stood under, if the set was made from a wildcard (RFC 4035 §5.3.4).
    var closestEncloser: Name? {
      Int(signature.labels) < set.labelCount
        ? set.name.ancestor(labelCount: Int(signature.labels)) : nil
    }

    func link(in zone: Name) -> ChainLink {
      let proof: ChainLink.Proof =
        if let closestEncloser {
          .wildcard(
            closestEncloser: closestEncloser, keyTag: signature.keyTag, algorithm: signature.algorithm)
        } else {
          .recordSet(keyTag: signature.keyTag, algorithm: signature.algorithm)
        }
      return ChainLink(question: set.question, zone: zone, proof: proof, expiration: expiration)
    }
  }

  /// RFC 4035 §5.3. One signature that holds is enough (RFC 6840 §5.4); else the reason of the one that came closest.
  func verify(
    _ set: RecordSet, at moment: Timestamp, budget: inout ValidationBudget
  ) throws(ChainBreak) -> Verified {
    var closest: (rank: Int, reason: ChainBreak.Reason) = (0, .noSignature)
    for signature in set.signatures.prefix(ValidationLimit.signatures) {
      let reason: ChainBreak.Reason
      do throws(ChainBreak.Reason) {
        let expiration = try check(signature, of: set, at: moment, budget: &budget)
        return Verified(set: set, signature: signature, expiration: expiration)
      } catch {
        reason = error
      }
      if reason.rank > closest.rank { closest = (reason.rank, reason) }
    }
    if set.signatures.count > ValidationLimit.signatures { closest.reason = .limit }
    throw ChainBreak(question: set.question, zone: name, reason: closest.reason)
  }

  private func check(
    _ signature: RRSIG, of set: RecordSet, at moment: Timestamp, budget: inout ValidationBudget
  ) throws(ChainBreak.Reason) -> Timestamp {
    guard signature.signer == name else { throw .signerIsNoZone(signature.signer) }
    // A zone signs nothing above itself, as a DNAME there would be.
    guard set.name.isAtOrBelow(name), let octets = set.signedOctets(by: signature) else {
      throw .malformedSignature
    }
    guard SecurityAlgorithm(rawValue: signature.algorithm) != nil else {
      throw .unsupportedAlgorithm(signature.algorithm)
    }
    let expiration = moment.nearest(signature.expiration)
    guard moment.nearest(signature.inception).seconds <= moment.seconds else {
      throw .notYetValid(moment.nearest(signature.inception))
    }
    guard expiration.seconds >= moment.seconds else { throw .expired(expiration) }
    let candidates = keys.filter { $0.tag == signature.keyTag && $0.algorithm == signature.algorithm }
    guard !candidates.isEmpty else {
      throw .noSuchKey(keyTag: signature.keyTag, algorithm: signature.algorithm)
    }
    for candidate in candidates.prefix(ValidationLimit.keysOfOneTag) {
      guard budget.spendVerification() else { throw .limit }
      if candidate.key.verifies(signature.signature, of: octets) { return expiration }
    }
    throw candidates.count > ValidationLimit.keysOfOneTag ? .limit : .badSignature
  }
}

extension ChainBreak: Error {}
extension ChainBreak.Reason: Error {
  /// How much of a signature was in order.
  fileprivate var rank: Int {
    switch self {
    case .signerIsNoZone: 1
    case .malformedSignature: 2
    case .unsupportedAlgorithm: 3
    case .noSuchKey: 4
    case .notYetValid, .expired: 5
    case .badSignature: 6
    case .limit: 7
    case .noSignature, .noKeys, .noKeyMatchesDelegation, .denial, .aliasMismatch: 0
    }
  }
}

extension Timestamp {
  /// The moment within 68 years of this one that a field of 32 bits means (RFC 4034 §3.1.5, RFC 1982).
  package func nearest(_ field: UInt32) -> Timestamp {
    let distance = Int32(bitPattern: field &- UInt32(truncatingIfNeeded: seconds))
    return Timestamp(seconds: seconds &+ Int64(distance))
  }
}
