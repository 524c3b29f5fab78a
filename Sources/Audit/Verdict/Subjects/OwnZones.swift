import DNSData
import Evidence
import PublicSuffix

/// The zones of the domain's owner, signed or not, as far as it was asked for what signs them.
struct OwnZones: Sendable {
  private(set) var zones: [SignedZone] = []
  private(set) var gaps: [Gap] = []

  init() {}

  init(_ snapshot: Snapshot, _ validations: [Question: Validation], names: [Name]) {
    let evidence = SigningEvidence(snapshot)
    var seen: Set<Name> = []
    for name in names {
      guard let zone = evidence.zone(of: name), seen.insert(zone).inserted else { continue }
      let answers = [RecordType.ds, .dnskey].map { (Question(zone, $0), snapshot.answer(zone, $0)) }
      gaps += answers.compactMap { question, answer in
        guard let answer else {
          // Below what is not signed nobody asks.
          return validations.areInsecure(below: zone)
            ? nil : Gap(Place(zone, question.type), .notTested(.notValidated))
        }
        return answer.failure == nil ? nil : Gap(answer)
      }
      guard let delegation = answers[0].1, let keySet = answers[1].1,
        delegation.failure == nil, keySet.failure == nil
      else { continue }
      zones.append(
        SignedZone(
          name: zone, delegation: delegation, keySet: keySet, signatures: evidence.signatures[zone] ?? [],
          hashing: evidence.hashing[zone] ?? [], wishes: Self.wishes(of: zone, in: snapshot)))
    }
  }

  private static func wishes(of zone: Name, in snapshot: Snapshot) -> [DelegationWish] {
    let servers = snapshot.zones.first { $0.zone == zone }?.addresses ?? []
    return servers.compactMap { server in
      func records(_ type: RecordType) -> Set<[UInt8]>? {
        guard let message = snapshot[ServerQuestion(server, Question(zone, type))]?.message,
          message.isAuthoritative
        else { return nil }
        switch message.outcome {
        case .records(let records, _): return Set(records.map(\.data.rdata))
        case .noData, .noSuchName: return []
        case .failure: return nil
        }
      }
      let wish = DelegationWish(
        responder: .server(server), signers: records(.cds), keys: records(.cdnskey))
      return wish.signers == nil && wish.keys == nil ? nil : wish
    }
  }
}

extension [Question: Validation] {
  fileprivate func areInsecure(below zone: Name) -> Bool {
    values.contains { validation in
      if case .insecure = validation.security { validation.question.name.isAtOrBelow(zone) } else { false }
    }
  }
}

/// What all messages of a Snapshot show of signing, by zone.
private struct SigningEvidence {
  private(set) var signatures: [Name: [SeenSignature]] = [:]
  private(set) var hashing: [Name: Set<NSEC3Parameters>] = [:]
  private var apexes: Set<Name> = []

  init(_ snapshot: Snapshot) {
    apexes.formUnion(snapshot.zones.map(\.zone))
    for answer in snapshot.answers {
      for message in answer.signed { add(message, from: answer.responder, at: snapshot.started) }
    }
    for answer in snapshot.serverAnswers where answer.question.manner == .usual {
      guard let message = answer.message, message.isAuthoritative else { continue }
      if let signed = message.signed {
        add(signed, from: .server(answer.question.server), at: snapshot.started)
      }
      guard answer.question.question.type == .nsec3param else { continue }
      for case .records(let records, _) in [message.outcome] {
        let parameters = records.compactMap { NSEC3Parameters(ofZone: $0.data.rdata) }
        hashing[answer.question.question.name, default: []].formUnion(parameters)
      }
    }
  }

  /// The deepest that shows itself, at or below what its owner has registered.
  func zone(of name: Name) -> Name? {
    guard let registered = SuffixList.registrableDomain(of: name) else { return nil }
    return name.selfAndAncestors.first { apexes.contains($0) && $0.isAtOrBelow(registered) } ?? registered
  }

  private mutating func add(_ message: SignedAnswer, from responder: Responder, at moment: Timestamp) {
    guard case .response(_, let answer, let authority) = message.outcome else { return }
    for record in answer + authority {
      switch record.type {
      case .soa: apexes.insert(record.name)
      case .rrsig:
        guard let data = try? RecordData(type: .rrsig, rdata: record.rdata), case .rrsig(let signature) = data
        else { continue }
        apexes.insert(signature.signer)
        let seen = SeenSignature(
          covered: Question(record.name, signature.covered), algorithm: signature.algorithm,
          inception: moment.nearest(signature.inception), expiration: moment.nearest(signature.expiration),
          responder: responder)
        signatures[signature.signer, default: []].append(seen)
      case .nsec3:
        guard let data = try? RecordData(type: .nsec3, rdata: record.rdata), case .nsec3(let record3) = data,
          let zone = record.name.parent
        else { continue }
        hashing[zone, default: []].insert(NSEC3Parameters(record3))
      default: continue
      }
    }
  }
}

extension NSEC3Parameters {
  fileprivate init(_ record: NSEC3) {
    self.init(iterations: record.iterations, salt: record.salt, isOptOut: record.flags & 1 != 0)
  }

  /// RFC 5155 §4.2; there the flag means nothing.
  fileprivate init?(ofZone rdata: [UInt8]) {
    guard rdata.count >= 5, rdata.count == 5 + Int(rdata[4]) else { return nil }
    self.init(
      iterations: UInt16(rdata[2]) << 8 | UInt16(rdata[3]), salt: Array(rdata.dropFirst(5)), isOptOut: false)
  }
}
