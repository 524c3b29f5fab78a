// What one server's message says, told apart from what only other servers can say (RFC 1034 §4.3.2).

internal import DNSData
internal import Evidence
internal import LDNS

extension ServerQuestion {
  func read(_ octets: [UInt8], datagram: ReceivedDatagram?) -> ServerAnswer.Result {
    do {
      let message = question.type == .axfr ? try DNSMessage(opening: octets) : try DNSMessage(octets)
      return .message(ServerMessage(message, to: self, datagram: datagram))
    } catch {
      return .failure(.malformed("\(error)"))
    }
  }
}

extension ServerMessage {
  fileprivate init(_ message: DNSMessage, to asked: ServerQuestion, datagram: ReceivedDatagram?) {
    let question = asked.question
    let referral = message.referral(from: question)
    let reading = message.reading(of: question, referral)
    var outcome = Outcome.failure(.malformed("aliases that lead elsewhere instead of an answer"))
    var alias: AliasChain?
    switch reading {
    case .outcome(let known): outcome = known
    case .unfinished(let aliases, let target): alias = AliasChain(records: aliases, target: target)
    }
    let isForValidators =
      asked.manner != .withoutEDNS && question.type != .axfr && !message.flags.isTruncated
      && (referral != nil || alias != nil || !outcome.isFailure)
    self.init(
      responseCode: message.responseCode, isAuthoritative: message.flags.isAuthoritative,
      offersRecursion: message.flags.recursionAvailable, authenticData: message.flags.authenticData,
      datagramSize: datagram?.size, wasTruncated: datagram?.isTruncated ?? false,
      ednsVersion: message.edns?.version, extendedErrors: message.extendedErrors, outcome: outcome,
      referral: referral, alias: alias,
      signed: isForValidators ? message.signedAnswer(to: question) : nil)
  }
}

extension DNSMessage {
  fileprivate func reading(of question: Question, _ referral: Referral?) -> Reading {
    let speaks = [ResponseCode.noError, ResponseCode.noSuchName].contains(responseCode)
    if speaks, flags.isTruncated { return .outcome(.failure(.malformed("the answer is truncated"))) }
    if referral != nil { return .outcome(.failure(.malformed("a referral instead of an answer"))) }
    if speaks, question.type == .axfr, let opening = answer.first {
      return transfer(of: question.name, opening)
    }
    return reading(of: question)
  }

  /// RFC 5936 §2.2: the zone's SOA record comes first.
  private func transfer(of zone: Name, _ opening: Record) -> Reading {
    guard opening.name == zone, opening.type == .soa else {
      return .outcome(.failure(.malformed("a zone transfer that does not begin with the zone's SOA record")))
    }
    return .outcome(.records([opening], aliases: []))
  }

  /// RFC 2308 §2.2: name servers, and neither an answer nor an SOA record.
  fileprivate func referral(from question: Question) -> Referral? {
    guard responseCode == ResponseCode.noError, !flags.isAuthoritative, !flags.isTruncated, answer.isEmpty,
      !authority.contains(where: { $0.type == .soa }),
      let zone = authority.first(where: { $0.type == .ns && question.name.isAtOrBelow($0.name) })?.name
    else { return nil }
    var servers: [Name] = []
    for record in authority where record.name == zone {
      if case .ns(let server) = record.data, !servers.contains(server) { servers.append(server) }
    }
    let named = Set(servers)
    let glue = additional.filter { [.a, .aaaa].contains($0.type) && named.contains($0.name) }
    return Referral(zone: zone, servers: servers, glue: glue)
  }
}
