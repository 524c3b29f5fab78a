package import DNSData
package import Evidence
package import Verdict

/// The name servers of example.com. in an example, and those of com.: what they answer, each for itself.
package struct ExampleNameServers: ServerSource {
  private let servers: [(server: ExampleNameServer, zone: ServedZone)]
  private let referral: Referral

  private static let apex = try? Name("example.com.")
  private static let parent = (name: try? Name("com."), host: "a.nic.example.")
  private static let parentAddresses = ["203.0.113.53", "2001:db8:2::53"]
  /// What no UDP datagram of less than 1232 octets needs a second look for.
  private static let usualSize = 120

  /// What the zone text lacks: the servers' own records, and the zone above.
  package static func surroundings(of example: RuleExample, in files: [ZoneFile]) throws -> ZoneFile {
    var lines = ["$ORIGIN example.com.", "$TTL 3600", "com. SOA \(parent.host) . 1 14400 3600 1209600 300"]
    lines.append("com. NS \(parent.host)")
    lines += parentAddresses.map { "\(parent.host) \($0.contains(":") ? "AAAA" : "A") \($0)" }
    if !files.flatMap(\.records).contains(where: { $0.name == apex && $0.type == .ns }) {
      for server in example.nameServers {
        lines.append("@ NS \(server.name)")
        lines.append("\(server.name) \(server.address.contains(":") ? "AAAA" : "A") \(server.address)")
      }
    }
    return try ZoneFile(name: "surroundings", octets: Array(lines.joined(separator: "\n").utf8))
  }

  package init(_ example: RuleExample, _ files: [ZoneFile], in surroundings: ZoneFile) throws {
    let records = (files + [surroundings]).flatMap(\.records)
    servers = try example.nameServers.map { server in
      let own = try server.zone.map { try World.zoneFile($0).records + surroundings.records } ?? records
      return (server, try ServedZone(own.changed(by: server.changes), at: Self.apex ?? .root))
    }
    referral = try Self.referral(records, example.delegation)
  }

  private static func referral(_ zone: [Record], _ text: String?) throws -> Referral {
    let records = try text.map { try [Record]($0) } ?? zone
    let named = records.filter { $0.name == apex }.compactMap { record -> Name? in
      if case .ns(let name) = record.data { name } else { nil }
    }
    let glue = records.filter { record in
      [.a, .aaaa].contains(record.type) && named.contains(record.name)
        && (text != nil || record.name.isAtOrBelow(apex ?? .root))
    }
    return Referral(zone: apex ?? .root, servers: named, glue: glue)
  }

  package func ask(_ question: ServerQuestion) async -> ServerAnswer {
    ServerAnswer(question, result(question), at: World.time)
  }

  private func result(_ question: ServerQuestion) -> ServerAnswer.Result {
    let address = question.server.address
    guard SpecialPurpose.block(of: address, allowed: World.allowedNetworks) == nil else {
      return .failure(.addressNotAllowed)
    }
    if Self.parentAddresses.contains("\(address)") { return .message(parentMessage(question)) }
    guard let (server, zone) = servers.first(where: { IPAddress($0.server.address) == address }) else {
      return .failure(.timeout)
    }
    let quirks = server.quirks
    let isStream = question.manner == .stream || question.manner == .recursiveStream
    if quirks.contains(.silent) || quirks.contains(isStream ? .withoutTCP : .withoutUDP)
      || quirks.contains(.drops(question.manner)) || quirks.contains(.dropsType(question.question.type))
    {
      return .failure(.timeout)
    }
    let size =
      isStream ? nil : quirks.compactMap { $0.size(for: question.question.type) }.first ?? Self.usualSize
    if let size, size > question.manner.room || quirks.contains(.truncates) {
      guard question.manner.completesTruncated else { return .message(.truncated) }
      guard !quirks.contains(.withoutTCP) else { return .failure(.timeout) }
    }
    return .message(
      message(question, quirks, zone).sent(
        size, isCut: size.map { $0 > question.manner.room || quirks.contains(.truncates) } ?? false,
        withEDNS: question.manner != .withoutEDNS && !quirks.contains(.knowsNoEDNS)))
  }

  private func message(
    _ question: ServerQuestion, _ quirks: [ExampleNameServer.Quirk], _ zone: ServedZone
  ) -> ServerMessage {
    for quirk in quirks {
      switch quirk {
      case .responds(let code), .rejects(question.manner, let code),
        .rejectsType(question.question.type, let code):
        return .code(code)
      case .holdsBack(question.question.type, let code) where question.manner == .usual: return .code(code)
      case .refersUp: return .referring(to: Referral(zone: .root, servers: [], glue: []))
      default: continue
      }
    }
    if question.manner == .unknownVersion { return .code(16) }  // BADVERS
    if question.question.type == .axfr {
      guard quirks.contains(.transfers) else { return .code(5) }
      return zone.message(Question(question.question.name, .soa), deniesEmpty: false)
    }
    guard question.question.name.isAtOrBelow(zone.apex) else {
      guard quirks.contains(.recurses) else { return .code(5) }
      let soa = SOA(
        primary: .root, mailbox: .root, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1)
      return ServerMessage(
        responseCode: 0, isAuthoritative: false, offersRecursion: true, datagramSize: nil,
        wasTruncated: false,
        ednsVersion: nil,
        outcome: .records([Record(question.question.name, ttl: 300, .soa(soa))], aliases: []))
    }
    let message = zone.message(
      question.question, deniesEmpty: quirks.contains(.deniesEmptyNonTerminals))
    return quirks.contains(.notAuthoritative) ? message.withoutAuthority : message
  }

  private func parentMessage(_ question: ServerQuestion) -> ServerMessage {
    guard question.manner != .unknownVersion else { return .code(16) }
    let message = ServerMessage.referring(to: referral)
    let isStream = question.manner == .stream || question.manner == .recursiveStream
    return message.sent(
      isStream ? nil : Self.usualSize, isCut: false, withEDNS: question.manner != .withoutEDNS)
  }
}

/// The zone as one of its servers has it.
private struct ServedZone: Sendable {
  let apex: Name
  private let set: ZoneSet
  private let owners: Set<Name>
  private let signing: SignedText?

  init(_ records: [Record], at apex: Name) throws {
    self.apex = apex
    let own = records.filter { $0.name.isAtOrBelow(apex) }
    set = ZoneSet([try ZoneFile("served", origins: [apex], records: own)])
    owners = Set(own.map(\.name))
    signing = SignedText(own)
  }

  func message(_ question: Question, deniesEmpty: Bool) -> ServerMessage {
    switch set.lookUp(question) {
    case .outcome(.noData(let aliases), _) where deniesEmpty && !owners.contains(question.name):
      return .saying(.noSuchName(aliases: aliases))
    case .outcome(let outcome, _): return .saying(outcome, signing?.message(question, outcome))
    case .leaves(let aliases, let target, _): return .leading(AliasChain(records: aliases, target: target))
    case .notHere: return .referring(to: Referral(zone: question.name, servers: [], glue: []))
    }
  }
}

extension ServerMessage {
  fileprivate static func saying(_ outcome: Outcome, _ signed: SignedAnswer? = nil) -> ServerMessage {
    let code = if case .noSuchName = outcome { 3 } else { 0 }
    return ServerMessage(
      responseCode: code, isAuthoritative: true, offersRecursion: false, datagramSize: nil,
      wasTruncated: false, ednsVersion: nil, outcome: outcome, signed: signed)
  }

  fileprivate static func leading(_ alias: AliasChain) -> ServerMessage {
    ServerMessage(
      responseCode: 0, isAuthoritative: true, offersRecursion: false, datagramSize: nil,
      wasTruncated: false, ednsVersion: nil, outcome: .failure(.malformed("aliases lead on")), alias: alias)
  }

  fileprivate static func code(_ code: Int) -> ServerMessage {
    let failure: LookupFailure =
      switch code {
      case 2: .serverFailure
      case 5: .refused
      default: .responseCode(code)
      }
    return ServerMessage(
      responseCode: code, isAuthoritative: false, offersRecursion: false, datagramSize: nil,
      wasTruncated: false, ednsVersion: nil, outcome: .failure(failure))
  }

  fileprivate static func referring(to referral: Referral) -> ServerMessage {
    ServerMessage(
      responseCode: 0, isAuthoritative: false, offersRecursion: false, datagramSize: nil,
      wasTruncated: false, ednsVersion: nil, outcome: .failure(.malformed("a referral instead of an answer")),
      referral: referral)
  }

  fileprivate static let truncated = ServerMessage(
    responseCode: 0, isAuthoritative: true, offersRecursion: false, datagramSize: 100, wasTruncated: true,
    ednsVersion: 0, outcome: .failure(.malformed("the answer is truncated")))

  fileprivate var withoutAuthority: ServerMessage {
    ServerMessage(
      responseCode: responseCode, isAuthoritative: false, offersRecursion: offersRecursion, datagramSize: nil,
      wasTruncated: false, ednsVersion: nil, outcome: outcome, referral: referral, alias: alias,
      signed: signed)
  }

  fileprivate func sent(_ size: Int?, isCut: Bool, withEDNS hasEDNS: Bool) -> ServerMessage {
    ServerMessage(
      responseCode: responseCode, isAuthoritative: isAuthoritative, offersRecursion: offersRecursion,
      datagramSize: size, wasTruncated: isCut, ednsVersion: hasEDNS ? 0 : nil, outcome: outcome,
      referral: referral, alias: alias, signed: signed)
  }
}

extension ServerQuestion.Manner {
  /// In octets.
  fileprivate var room: Int {
    switch self {
    case .withoutEDNS: 512
    case .largePayload: 4096
    case .usual, .stream, .unknownOption, .unknownFlag, .unknownVersion, .recursive, .recursiveStream: 1232
    }
  }

  fileprivate var completesTruncated: Bool {
    switch self {
    case .usual, .stream, .withoutEDNS, .recursive, .recursiveStream: true
    case .unknownOption, .unknownFlag, .unknownVersion, .largePayload: false
    }
  }
}

extension ExampleNameServer.Quirk {
  fileprivate func size(for type: RecordType) -> Int? {
    if case .sends(let octets, type) = self { octets } else { nil }
  }
}

extension [Record] {
  fileprivate init(_ text: String) throws {
    self = try ZoneFile(
      name: "changes", octets: [UInt8]("$ORIGIN example.com.\n$TTL 3600\n\(text)".utf8)
    ).records
  }

  /// With the record sets of `text` in place of those of the same name and type.
  func changed(by text: String) throws -> [Record] {
    let changes = try [Record](text)
    let kept = filter { record in
      !changes.contains { $0.name == record.name && $0.type == record.type }
    }
    return kept + changes
  }
}
