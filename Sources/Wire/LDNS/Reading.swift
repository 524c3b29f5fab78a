// What a message says about a question: aliases followed inside the answer section, negative answers told apart
// from referrals (RFC 1034 §4.3.2, RFC 2308, RFC 6604). Whether the message belongs to the question is the
// client's to check, with its octets.

package import DNSData

/// What one message gives.
package enum Reading: Hashable, Sendable {
  case outcome(Outcome)
  /// The aliases lead to a name about which the message says nothing more.
  case unfinished(aliases: [Record], target: Name)

  /// CNAME records followed for one question, over all messages.
  package static let maximumAliases = 10
}

/// Response codes that the client tells apart (IANA "DNS RCODEs").
package enum ResponseCode {
  package static let noError = 0
  package static let formatError = 1
  package static let serverFailure = 2
  package static let noSuchName = 3
  package static let notImplemented = 4
  package static let refused = 5
  package static let badVersion = 16
}

extension DNSMessage {
  package func reading(of question: Question) -> Reading {
    switch responseCode {
    case ResponseCode.noError, ResponseCode.noSuchName: follow(question)
    case ResponseCode.serverFailure: .outcome(.failure(.serverFailure))
    case ResponseCode.refused: .outcome(.failure(.refused))
    default: .outcome(.failure(.responseCode(responseCode)))
    }
  }

  /// The records of the message for a validator; nil where the response code promises nothing that is signed.
  package func signedAnswer(to question: Question) -> SignedAnswer? {
    let code: SignedAnswer.ResponseCode
    switch responseCode {
    case ResponseCode.noError: code = .noError
    case ResponseCode.noSuchName: code = .nameError
    default: return nil
    }
    return SignedAnswer(question, .response(code, answer: wireAnswer, authority: wireAuthority))
  }

  private func follow(_ question: Question) -> Reading {
    var aliases: [Record] = []
    var seen: Set<Name> = [question.name]
    var name = question.name
    while true {
      let records = answer.filter { $0.name == name && $0.type == question.type }
      guard records.isEmpty else {
        guard responseCode == ResponseCode.noError else {
          return .outcome(.failure(.malformed("the name does not exist, yet has \(question.type) records")))
        }
        return .outcome(.records(records.uniqued, aliases: aliases))
      }
      guard let (alias, target) = alias(at: name) else { break }
      aliases.append(alias)
      guard aliases.count <= Reading.maximumAliases, seen.insert(target).inserted else {
        return .outcome(.failure(.aliasLoop))
      }
      name = target
    }
    return ending(at: name, aliases: aliases)
  }

  /// The first CNAME counts; more than one at a name is an error that RFC 2181 §10.1 leaves to the server.
  private func alias(at name: Name) -> (record: Record, target: Name)? {
    for record in answer where record.name == name {
      if case .cname(let target) = record.data { return (record, target) }
    }
    return nil
  }

  /// No record of the type at `name`: is that an absence, or does the message only not say?
  private func ending(at name: Name, aliases: [Record]) -> Reading {
    // RFC 6604 §3: the code speaks of the last name.
    guard responseCode == ResponseCode.noError else { return .outcome(.noSuchName(aliases: aliases)) }
    if authority.contains(where: { $0.type == .soa && name.isAtOrBelow($0.name) }) {
      return .outcome(.noData(aliases: aliases))
    }
    guard aliases.isEmpty else { return .unfinished(aliases: aliases, target: name) }
    // RFC 2308 §2.2: name servers without SOA from a server that neither owns the name nor recurses.
    let isReferral = authority.contains { $0.type == .ns }
    if isReferral, !flags.isAuthoritative, !flags.recursionAvailable {
      return .outcome(.failure(.malformed("a referral instead of an answer")))
    }
    return .outcome(.noData(aliases: []))
  }
}

extension [Record] {
  /// RFC 2181 §5: equal records are one.
  fileprivate var uniqued: [Record] {
    var seen: Set<RecordData> = []
    return filter { seen.insert($0.data).inserted }
  }
}
