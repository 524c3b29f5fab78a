package import DNSData
package import DNSSEC
import Evidence
import PublicSuffix

/// A zone of the domain's owner that is signed or delegated as signed: the one that the domain is in, and those of its
/// own MX hosts. What it holds stands here as it was said, whether it validates or not.
package struct SignedZone: Subject, Hashable {
  package let name: Name
  /// To the question for its DS records, which the zone above answers.
  package let delegation: Answer
  /// To that for its DNSKEY records.
  package let keySet: Answer
  /// Those that were seen in answers, with who gave them.
  package let signatures: [SeenSignature]
  /// In answers that deny something, and of NSEC3PARAM records (RFC 5155 §4).
  package let hashing: Set<NSEC3Parameters>
  /// What each of its servers wishes the parent to publish (RFC 7344), in their order.
  package let wishes: [DelegationWish]

  package var signers: [DS] {
    delegation.records.compactMap { if case .ds(let signer) = $0.data { signer } else { nil } }
  }
  package var keys: [DNSKEY] {
    keySet.records.compactMap { if case .dnskey(let key) = $0.data { key } else { nil } }
  }

  package static func observe(_ facts: Facts) -> Observation<SignedZone> {
    Observation(
      facts.ownZones.zones.filter { !$0.signers.isEmpty || !$0.keys.isEmpty }, gaps: facts.ownZones.gaps)
  }

  /// Those that servers gave for one record set, in the order of names and types.
  package var signaturesByRecordSet: [(covered: Question, signatures: [SeenSignature])] {
    Dictionary(grouping: signatures, by: \.covered).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The servers that have expired signatures alone where others have some that hold, each with the last of every such
  /// record set, those that expired first in front.
  package func staleServers(in facts: Facts) -> [(view: NameServerView, expired: [SeenSignature])] {
    let now = facts.snapshot.started
    let renewed = signaturesByRecordSet.map(\.signatures).filter { $0.contains { $0.expiration >= now } }
    let zone = facts.zoneServers.subjects.first { $0.zone == name }
    return (zone?.speaking ?? []).compactMap { view in
      let last = renewed.compactMap { signatures in
        signatures.filter { $0.responder == view.responder }.max { $0.expiration < $1.expiration }
      }
      let expired = last.filter { $0.expiration < now }.sorted { $0.expiration < $1.expiration }
      return expired.isEmpty ? nil : (view, expired)
    }
  }

  /// By tag and algorithm.
  package func hasKey(_ signer: DS) -> Bool {
    keys.contains { $0.keyTag == signer.keyTag && $0.algorithm == signer.algorithm }
  }

  /// Of its DS records.
  package func faultOfDelegation(
    severity: Severity? = nil, _ message: Message, expected: Message? = nil
  ) -> Fault {
    Fault(in: delegation, severity: severity, message, expected: expected)
  }

  /// Of its keys, or of all that it signs.
  package func fault(
    severity: Severity? = nil, _ message: Message, expected: Message? = nil, link: BrokenLink? = nil
  ) -> Fault {
    Fault(
      at: Place(name, .dnskey), saidBy: keySet.responder, severity: severity, message, expected: expected,
      link: link)
  }

  /// That no DS record has an algorithm which validators use, and some have one of `standing`.
  package func faultOfAlgorithms(_ standing: AlgorithmStanding) -> [Fault] {
    let algorithms = Set(signers.map(\.algorithm))
    let named = algorithms.filter { AlgorithmStanding($0) == standing }.sorted()
    guard !named.isEmpty, !algorithms.contains(where: { AlgorithmStanding($0) == .validated }) else {
      return []
    }
    let names = named.map { "\(algorithm: $0)" as Message }.enumeration
    return [faultOfDelegation("The DS records of \(name) name keys of \(names) alone.")]
  }
}

/// A signature over the records of `covered`.
package struct SeenSignature: Hashable, Sendable {
  package let covered: Question
  package let algorithm: UInt8
  package let inception, expiration: Timestamp
  package let responder: Responder

  package var lifetime: Int64 { expiration.seconds &- inception.seconds }
}

/// RFC 5155 §3.1.
package struct NSEC3Parameters: Hashable, Sendable {
  package let iterations: UInt16
  package let salt: [UInt8]
  package let isOptOut: Bool
}

/// CDS and CDNSKEY records as one server has them, by their RDATA.
package struct DelegationWish: Hashable, Sendable {
  package let responder: Responder
  /// nil: it gave no answer.
  package let signers: Set<[UInt8]>?
  package let keys: Set<[UInt8]>?

  /// RFC 8078 §4: algorithm 0 asks the parent to remove the DS records.
  package var isDeletion: Bool {
    (signers ?? []).contains { $0.count > 2 && $0[2] == 0 }
      || (keys ?? []).contains { $0.count > 3 && $0[3] == 0 }
  }

  /// Both have answered, and not the same.
  package func differs(from other: DelegationWish) -> Bool {
    func differ(_ left: Set<[UInt8]>?, _ right: Set<[UInt8]>?) -> Bool {
      left != nil && right != nil && left != right
    }
    return differ(signers, other.signers) || differ(keys, other.keys)
  }

  package var delegationSigners: [DS] {
    (signers ?? []).compactMap { octets in
      guard let data = try? RecordData(type: .ds, rdata: octets), case .ds(let signer) = data else {
        return nil
      }
      return signer
    }
  }
}
