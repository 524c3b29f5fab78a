/// What validation says of an answer (RFC 4033 §5), and on what that rests.
package import DNSData

package struct Validation: Hashable, Sendable, Codable {
  package let question: Question
  package let security: Security
  /// What was proven, whatever the response code says; nil unless `security` is `secure`.
  package let conclusion: Conclusion?
  /// From the trust anchor on, in the order in which each rests on those before it; as far as it held.
  package let chain: [ChainLink]

  package init(
    question: Question, security: Security, conclusion: Conclusion? = nil, chain: [ChainLink] = []
  ) {
    self.question = question
    self.security = security
    self.conclusion = conclusion
    self.chain = chain
  }

  package enum Conclusion: Hashable, Sendable, Codable {
    /// The verified records, at the end of the aliases if there are any; those that do not decode are left out.
    case records([RecordData])
    /// Also where the response code is NOERROR, as in compact denial (RFC 9824 §3).
    case noSuchName
    case noData
  }

  /// When the first of the signatures expires on which this rests.
  package var expiration: Timestamp? { chain.compactMap(\.expiration).min() }
}

/// One thing that was verified.
package struct ChainLink: Hashable, Sendable, Codable {
  /// The record set, or for a denial the name and type that it denies.
  package let question: Question
  /// Whose keys signed.
  package let zone: Name
  package let proof: Proof
  /// nil for what has no signature of its own.
  package let expiration: Timestamp?

  package init(question: Question, zone: Name, proof: Proof, expiration: Timestamp?) {
    self.question = question
    self.zone = zone
    self.proof = proof
    self.expiration = expiration
  }

  package enum Proof: Hashable, Sendable, Codable {
    /// The key set of a zone, signed by a key that an anchor or the DS records of its parent name.
    case keySet(Delegation, keyTag: UInt16, algorithm: UInt8)
    case recordSet(keyTag: UInt16, algorithm: UInt8)
    /// By the records of `*.closestEncloser`.
    case wildcard(closestEncloser: Name, keyTag: UInt16, algorithm: UInt8)
    case denial
  }

  package enum Delegation: Hashable, Sendable, Codable {
    case anchor, parent
  }
}

package enum Security: Hashable, Sendable, Codable {
  case secure
  /// Proven not to be protected.
  case insecure(Insecurity)
  /// It should be protected, and the protection does not hold.
  case bogus(ChainBreak)
  /// It is not known whether it should be protected.
  case indeterminate(Indeterminacy)
}

package struct Insecurity: Hashable, Sendable, Codable {
  /// Where the protection ends: the unprotected zone, or the one whose denial proves nothing.
  package let zone: Name
  package let reason: Reason

  package init(zone: Name, reason: Reason) {
    self.zone = zone
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable, Codable {
    /// The parent proves that there are no DS records.
    case unsignedDelegation
    /// The NSEC3 record that covers `name` allows unsigned delegations there (RFC 5155 §6).
    case optOut(name: Name)
    /// The DS records, or the anchor, name only algorithms that are not validated: unknown ones, and those of
    /// RFC 9905 §2.
    case unsupportedAlgorithms(Set<UInt8>)
    /// The digests of the DS records are of unknown types, or SHA-1 (RFC 9905 §2).
    case unsupportedDigests(Set<UInt8>)
    /// RFC 9276 §3.2.
    case iterations(UInt16)
  }
}

/// The first link of the chain that does not hold.
package struct ChainBreak: Hashable, Sendable, Codable {
  /// The record set, or the name and type whose denial does not hold.
  package let question: Question
  /// The zone whose signature was due.
  package let zone: Name
  package let reason: Reason

  package init(question: Question, zone: Name, reason: Reason) {
    self.question = question
    self.zone = zone
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable, Codable {
    case noSignature
    /// Signed in the name of what is no zone.
    case signerIsNoZone(Name)
    case expired(Timestamp)
    case notYetValid(Timestamp)
    /// No usable key of the zone has this tag and algorithm.
    case noSuchKey(keyTag: UInt16, algorithm: UInt8)
    /// The zone is known to sign with others too, but not this.
    case unsupportedAlgorithm(UInt8)
    /// The signature does not fit the record set whatever the key: labels or covered type are wrong.
    case malformedSignature
    case badSignature
    /// The zone has a DS record and no DNSKEY.
    case noKeys
    /// No DNSKEY of the zone is one that the DS records or the anchor name.
    case noKeyMatchesDelegation(keyTags: Set<UInt16>)
    case denial(DenialGap)
    /// A CNAME that does not follow from the DNAME above it (RFC 6672 §2.2).
    case aliasMismatch
    /// More signatures, keys or hashes than any sound zone needs.
    case limit
  }
}

/// What a denial fails to prove.
package enum DenialGap: Hashable, Sendable, Codable {
  /// There are no NSEC or NSEC3 records of the zone at all.
  case noRecords
  /// The type is there, or an alias.
  case typeExists
  /// The record speaks for the other side of a zone cut (RFC 6840 §4.1, RFC 4035 §5.2).
  case wrongSideOfCut
  /// That the name does not exist.
  case name
  /// That no wildcard answers for the name.
  case wildcard
  case closestEncloser
  case nextCloser
}

package enum Indeterminacy: Hashable, Sendable, Codable {
  /// No trust anchor is at or above the name.
  case noAnchor(Name)
  case failure(Question, LookupFailure)
  /// Aliases lead in a circle or on for longer than is followed.
  case aliasLoop
  /// The root's own keys do not hold: whoever answers strips signatures, or the clock or the anchor here is wrong. Of
  /// no zone does this say anything.
  case root(ChainBreak)
}
