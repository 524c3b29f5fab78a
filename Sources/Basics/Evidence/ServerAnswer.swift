/// A question put to one name server, past every cache.
package import DNSData

/// What makes one look-up at a server another: asked for twice, it is made once.
package struct ServerQuestion: Hashable, Sendable, Codable {
  /// How the server is asked. Recursion is not desired unless said otherwise.
  package enum Manner: String, Hashable, Sendable, Codable, CaseIterable {
    /// Over UDP, EDNS with DO and 1232 octets; over TCP where the answer is truncated.
    case usual
    /// The same over TCP alone (RFC 7766). Of a zone transfer (type AXFR) nothing is read but the record that opens it
    /// (RFC 5936 §2.2); the connection is then closed.
    case stream
    /// Over UDP without EDNS; over TCP where the answer is truncated.
    case withoutEDNS
    /// With an EDNS option that nobody has registered: it is to be ignored (RFC 6891 §6.1.2).
    case unknownOption
    /// With an EDNS flag that nobody has registered: it is to be ignored (RFC 6891 §6.1.4).
    case unknownFlag
    /// With EDNS version 1: BADVERS is the answer (RFC 6891 §6.1.3).
    case unknownVersion
    /// Over UDP, offering to take 4096 octets, as some resolvers do. Here and with what nobody has registered, a
    /// truncated answer is not asked for again: its size and its header are what matters.
    case largePayload
    /// As usual, with recursion desired and checking not disabled: what a resolver's clients get. Shows resolvers, and
    /// name servers that recurse for anybody (RFC 5358).
    case recursive
    /// The same over TCP alone.
    case recursiveStream
  }

  package let server: ServerAddress
  package let question: Question
  package let manner: Manner

  package init(_ server: ServerAddress, _ question: Question, _ manner: Manner = .usual) {
    self.server = server
    self.question = question
    self.manner = manner
  }
}

extension ServerQuestion: Comparable {
  package static func < (left: ServerQuestion, right: ServerQuestion) -> Bool {
    func order(_ question: ServerQuestion) -> (IPAddress, UInt16, Question, String) {
      (question.server.address, question.server.port, question.question, question.manner.rawValue)
    }
    return order(left) < order(right)
  }
}

package struct ServerAnswer: Hashable, Sendable, Codable {
  package enum Result: Hashable, Sendable, Codable {
    case message(ServerMessage)
    /// Nothing that can be read came back.
    case failure(LookupFailure)
  }

  package let question: ServerQuestion
  package let result: Result
  package let time: Timestamp

  package init(_ question: ServerQuestion, _ result: Result, at time: Timestamp) {
    self.question = question
    self.result = result
    self.time = time
  }

  package var message: ServerMessage? {
    if case .message(let message) = result { message } else { nil }
  }

  package var failure: LookupFailure? {
    if case .failure(let failure) = result { failure } else { nil }
  }
}

/// What one server said in one message.
package struct ServerMessage: Hashable, Sendable, Codable {
  /// All twelve bits (RFC 6891 §6.1.3).
  package let responseCode: Int
  /// AA: it speaks for the zone.
  package let isAuthoritative: Bool
  /// RA: it would look things up for anybody.
  package let offersRecursion: Bool
  /// AD: it says that it validated.
  package let authenticData: Bool
  /// In octets, of what came over UDP; nil if nothing did that can be believed.
  package let datagramSize: Int?
  /// What came over UDP was cut short. The rest was fetched over TCP, in the manners that do so.
  package let wasTruncated: Bool
  /// Of its OPT record; nil without one, and for a zone transfer that was begun.
  package let ednsVersion: UInt8?
  package let extendedErrors: [ExtendedError]
  /// As a resolver would read it, of a zone transfer the SOA record that opens it. `malformed` where the rest is to be
  /// had elsewhere, so that it says nothing about what exists: for a referral, for aliases that lead on, and for what
  /// is truncated.
  package let outcome: Outcome
  /// Where it sends resolvers instead of answering.
  package let referral: Referral?
  /// Aliases that it gives, and does not follow to their end.
  package let alias: AliasChain?
  /// For a validator; nil where the response code is neither NOERROR nor NXDOMAIN, where `outcome` could not be read,
  /// and where DO was not set.
  package let signed: SignedAnswer?

  package init(
    responseCode: Int, isAuthoritative: Bool, offersRecursion: Bool, authenticData: Bool = false,
    datagramSize: Int?, wasTruncated: Bool, ednsVersion: UInt8?, extendedErrors: [ExtendedError] = [],
    outcome: Outcome, referral: Referral? = nil, alias: AliasChain? = nil, signed: SignedAnswer? = nil
  ) {
    self.responseCode = responseCode
    self.isAuthoritative = isAuthoritative
    self.offersRecursion = offersRecursion
    self.authenticData = authenticData
    self.datagramSize = datagramSize
    self.wasTruncated = wasTruncated
    self.ednsVersion = ednsVersion
    self.extendedErrors = extendedErrors
    self.outcome = outcome
    self.referral = referral
    self.alias = alias
    self.signed = signed
  }
}

extension ServerMessage {
  /// What the server itself says of the name: where its aliases lead on, that there is one.
  package var ownOutcome: Outcome { alias.map { .noData(aliases: $0.records) } ?? outcome }
}

/// A delegation as a server of the parent zone tells it (RFC 1034 §4.2.1).
package struct Referral: Hashable, Sendable, Codable {
  /// Of the NS records in the authority section.
  package let zone: Name
  package let servers: [Name]
  /// A and AAAA records of the additional section.
  package let glue: [Record]

  package init(zone: Name, servers: [Name], glue: [Record]) {
    self.zone = zone
    self.servers = servers
    self.glue = glue
  }
}

/// CNAME records that lead out of what a server knows (RFC 1034 §4.3.2, step 3a).
package struct AliasChain: Hashable, Sendable, Codable {
  /// In order, from the name that was asked for.
  package let records: [Record]
  /// Where the last of them leads; to be asked of that name's own servers.
  package let target: Name

  package init(records: [Record], target: Name) {
    self.records = records
    self.target = target
  }
}

/// What asks single name servers.
package protocol ServerSource: Sendable {
  /// Always answers; a failure is a result, not an error. Asked again, it gives the same answer.
  func ask(_ question: ServerQuestion) async -> ServerAnswer
}
