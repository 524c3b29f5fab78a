/// Denial by NSEC3 records (RFC 5155 §8).
internal import Crypto
internal import DNSData
internal import Evidence

struct NSEC3Denial {
  private static let sha1: UInt8 = 1  // RFC 5155 §11
  private static let optOutFlag: UInt8 = 1

  private let zone: Name
  /// Those of one set of parameters, by the hash that they match.
  private let records: [[UInt8]: NSEC3]
  private let parameters: Parameters

  private struct Parameters: Hashable {
    let iterations: UInt16
    let salt: [UInt8]
  }

  /// `verified` by owner. nil without a record of known algorithm and flags (RFC 5155 §8.1, §8.2); of several sets of
  /// parameters that with the fewest iterations counts.
  init?(zone: Name, verified: [Name: NSEC3]) {
    var sets: [Parameters: [[UInt8]: NSEC3]] = [:]
    for (owner, record) in verified
    where record.algorithm == Self.sha1 && record.flags <= Self.optOutFlag
      && record.nextHash.count == Digest.sha1Length
    {
      guard owner.parent == zone, let label = owner.labels.first,
        let hash = Encoding.decodeBase32Hex(label)
      else { continue }
      sets[Parameters(iterations: record.iterations, salt: record.salt), default: [:]][hash] = record
    }
    guard let (parameters, records) = sets.min(by: { $0.key.iterations < $1.key.iterations }) else {
      return nil
    }
    self.zone = zone
    self.records = records
    self.parameters = parameters
  }

  /// Set when nothing may be concluded from these records: they are not even hashed with.
  private var excess: DenialResult? {
    parameters.iterations > ValidationLimit.iterations ? .insecure(.iterations(parameters.iterations)) : nil
  }

  func noData(_ question: Question, budget: inout ValidationBudget) throws(ChainBreak.Reason) -> DenialResult
  {
    if let excess { return excess }
    if let match = try match(question.name, &budget) {
      return DeniedTypes(types: match.types).noData(question.type, at: question.name)
    }
    guard let encloser = try encloser(of: question.name, &budget) else { return .gap(.closestEncloser) }
    guard let cover = try cover(encloser.nextCloser, &budget) else { return .gap(.nextCloser) }
    if cover.isOptOut { return .insecure(.optOut(name: encloser.nextCloser)) }
    guard let wildcard = encloser.name.wildcardBelow, let match = try match(wildcard, &budget) else {
      return .gap(.wildcard)
    }
    return DeniedTypes(types: match.types).noData(question.type, at: wildcard)
  }

  func nameError(_ name: Name, budget: inout ValidationBudget) throws(ChainBreak.Reason) -> DenialResult {
    if let excess { return excess }
    if let match = try match(name, &budget) {
      return match.types.contains(.nxname) ? .proven(.noSuchName) : .gap(.name)
    }
    guard let encloser = try encloser(of: name, &budget) else { return .gap(.closestEncloser) }
    guard let cover = try cover(encloser.nextCloser, &budget) else { return .gap(.nextCloser) }
    guard let wildcard = encloser.name.wildcardBelow, try self.cover(wildcard, &budget) != nil else {
      return .gap(.wildcard)
    }
    // RFC 5155 §9.2: an unsigned delegation may be there.
    return cover.isOptOut ? .insecure(.optOut(name: encloser.nextCloser)) : .proven(.noSuchName)
  }

  /// As `NSECDenial.noCloserMatch` (RFC 5155 §8.8).
  func noCloserMatch(
    _ name: Name, closestEncloser: Name, budget: inout ValidationBudget
  ) throws(ChainBreak.Reason) -> DenialResult {
    if let excess { return excess }
    let nextCloser = name.ancestor(labelCount: closestEncloser.labelCount + 1)
    guard let cover = try cover(nextCloser, &budget) else { return .gap(.nextCloser) }
    return cover.isOptOut ? .insecure(.optOut(name: nextCloser)) : .proven(.noSuchName)
  }

  /// RFC 5155 §8.3: the longest ancestor that exists, unless what is there ends the zone's authority.
  private func encloser(
    of name: Name, _ budget: inout ValidationBudget
  ) throws(ChainBreak.Reason) -> (name: Name, nextCloser: Name)? {
    var nextCloser = name
    while nextCloser != zone, let candidate = nextCloser.parent, candidate.isAtOrBelow(zone) {
      if let match = try match(candidate, &budget) {
        return DeniedTypes(types: match.types).endsAuthority ? nil : (candidate, nextCloser)
      }
      nextCloser = candidate
    }
    return nil
  }

  private func match(
    _ name: Name, _ budget: inout ValidationBudget
  ) throws(ChainBreak.Reason) -> NSEC3? {
    records[try hash(name, &budget)]
  }

  private func cover(
    _ name: Name, _ budget: inout ValidationBudget
  ) throws(ChainBreak.Reason) -> NSEC3? {
    let hash = try hash(name, &budget)
    return records.first { owner, record in
      let isAfterOwner = owner.lexicographicallyPrecedes(hash)
      let isBeforeNext = hash.lexicographicallyPrecedes(record.nextHash)
      // The last record of the zone leads back to the first (RFC 5155 §3.1.7).
      return owner.lexicographicallyPrecedes(record.nextHash)
        ? isAfterOwner && isBeforeNext : (isAfterOwner || isBeforeNext) && owner != hash
    }?.value
  }

  /// RFC 5155 §5.
  private func hash(
    _ name: Name, _ budget: inout ValidationBudget
  ) throws(ChainBreak.Reason) -> [UInt8] {
    guard budget.spendHash() else { throw .limit }
    var hash = Digest.sha1(name.wire + parameters.salt)
    for _ in 0..<parameters.iterations { hash = Digest.sha1(hash + parameters.salt) }
    return hash
  }
}

extension NSEC3 {
  fileprivate var isOptOut: Bool { flags & 1 != 0 }
}
