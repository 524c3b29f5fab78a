import DNSData
import Evidence

// Messages for validators, what single servers said, and what validation says of it. With other addresses in them
// signatures hold no more: what was validated is kept beside.

extension Redactor {
  mutating func signed(_ answer: SignedAnswer) -> SignedAnswer {
    switch answer.outcome {
    case .response(let code, let records, let authority):
      SignedAnswer(
        question(answer.question),
        .response(
          code, answer: records.compactMap { record($0) }, authority: authority.compactMap { record($0) }))
    case .failure: SignedAnswer(question(answer.question), answer.outcome)
    }
  }

  /// nil for what cannot be read, in which anything may stand.
  private mutating func record(_ record: WireRecord) -> WireRecord? {
    guard let data = try? RecordData(type: record.type, rdata: record.rdata) else { return nil }
    return WireRecord(Record(name(record.name), ttl: record.ttl, self.data(data)))
  }

  mutating func answer(_ answer: ServerAnswer) -> ServerAnswer {
    let asked = ServerQuestion(
      server(answer.question.server), question(answer.question.question), answer.question.manner)
    switch answer.result {
    case .message(let message): return ServerAnswer(asked, .message(self.message(message)), at: answer.time)
    case .failure: return ServerAnswer(asked, answer.result, at: answer.time)
    }
  }

  private mutating func message(_ message: ServerMessage) -> ServerMessage {
    ServerMessage(
      responseCode: message.responseCode, isAuthoritative: message.isAuthoritative,
      offersRecursion: message.offersRecursion, authenticData: message.authenticData,
      datagramSize: message.datagramSize, wasTruncated: message.wasTruncated,
      ednsVersion: message.ednsVersion, extendedErrors: extendedErrors(message.extendedErrors),
      outcome: outcome(message.outcome),
      referral: message.referral.map { referral in
        Referral(
          zone: name(referral.zone), servers: referral.servers.map { name($0) }, glue: records(referral.glue))
      }, alias: message.alias.map { AliasChain(records: records($0.records), target: name($0.target)) },
      signed: message.signed.map { signed($0) })
  }

  mutating func authority(_ zone: ZoneAuthority) -> ZoneAuthority {
    ZoneAuthority(
      name(zone.zone), servers: zone.servers.map { nameServer($0) }, parent: zone.parent.map { name($0) },
      parentServers: zone.parentServers.map { nameServer($0) })
  }

  private mutating func nameServer(_ server: NameServer) -> NameServer {
    NameServer(name(server.name), server.addresses.map { address($0) })
  }

  // MARK: - Validation

  mutating func validation(_ validation: Validation) -> Validation {
    var conclusion = validation.conclusion
    if case .records(let values) = conclusion { conclusion = .records(values.map { data($0) }) }
    return Validation(
      question: question(validation.question), security: security(validation.security),
      conclusion: conclusion,
      chain: validation.chain.map { link in
        ChainLink(
          question: question(link.question), zone: name(link.zone), proof: proof(link.proof),
          expiration: link.expiration)
      })
  }

  private mutating func proof(_ proof: ChainLink.Proof) -> ChainLink.Proof {
    switch proof {
    case .wildcard(let closestEncloser, let keyTag, let algorithm):
      .wildcard(closestEncloser: name(closestEncloser), keyTag: keyTag, algorithm: algorithm)
    case .keySet, .recordSet, .denial: proof
    }
  }

  private mutating func security(_ security: Security) -> Security {
    switch security {
    case .secure: .secure
    case .insecure(let insecurity): .insecure(self.insecurity(insecurity))
    case .bogus(let link): .bogus(self.link(link))
    case .indeterminate(.noAnchor(let name)): .indeterminate(.noAnchor(self.name(name)))
    case .indeterminate(.failure(let question, let failure)):
      .indeterminate(.failure(self.question(question), failure))
    case .indeterminate(.root(let link)): .indeterminate(.root(self.link(link)))
    case .indeterminate(.aliasLoop): security
    }
  }

  private mutating func insecurity(_ insecurity: Insecurity) -> Insecurity {
    if case .optOut(let name) = insecurity.reason {
      return Insecurity(zone: self.name(insecurity.zone), reason: .optOut(name: self.name(name)))
    }
    return Insecurity(zone: name(insecurity.zone), reason: insecurity.reason)
  }

  private mutating func link(_ link: ChainBreak) -> ChainBreak {
    var reason = link.reason
    if case .signerIsNoZone(let signer) = reason { reason = .signerIsNoZone(name(signer)) }
    return ChainBreak(question: question(link.question), zone: name(link.zone), reason: reason)
  }
}
