import DNSData
import Evidence

/// Who is to serve what is waited for: the servers of the zones that the names are in, as the resolver tells them.
struct PublicationServers {
  /// In the order in which they were found, with the names that lead there.
  private(set) var addresses: [(address: ServerAddress, names: [Name])] = []
  private(set) var unasked: [PublicationState.Unasked] = []
  /// By the names of the servers' zones.
  private var zones: [Name: [ServerAddress]] = [:]
  private var zoneOf: [Name: Name] = [:]

  static func evaluate(
    _ awaited: [AwaitedRecords], _ families: [AddressFamily], _ known: KnownAnswers
  ) -> Evaluation<PublicationServers> {
    var servers = PublicationServers()
    var needed: Set<Question> = []
    for start in Set(awaited.map(\.inZone)).sorted() {
      switch apex(above: start, known) {
      case .needs(let question): needed.insert(question)
      case .failed(let question, let failure): servers.leaveOut(.lookUp(question, failure))
      case .none: servers.leaveOut(.noServers(of: start))
      case .found(let zone, let names):
        servers.zoneOf[start] = zone
        guard servers.zones[zone] == nil else { continue }
        needed.formUnion(servers.add(zone, names, families, known))
      }
    }
    return needed.isEmpty ? .result(servers) : .needs(needed)
  }

  func speaking(for awaited: AwaitedRecords) -> [ServerAddress] {
    zoneOf[awaited.inZone].flatMap { zones[$0] } ?? []
  }

  private enum Search {
    case needs(Question)
    case failed(Question, LookupFailure)
    case found(Name, [Name])
    case none
  }

  /// The nearest name with name servers of its own.
  private static func apex(above start: Name, _ known: KnownAnswers) -> Search {
    for name in start.selfAndAncestors {
      let question = Question(name, .ns)
      guard let answer = known(question) else { return .needs(question) }
      if let failure = answer.failure { return .failed(question, failure) }
      if answer.aliases.isEmpty, !answer.nameServers.isEmpty { return .found(name, answer.nameServers) }
    }
    return .none
  }

  /// Whoever writes a zone may name as many servers as he likes.
  private mutating func add(
    _ zone: Name, _ names: [Name], _ families: [AddressFamily], _ known: KnownAnswers
  ) -> Set<Question> {
    var needed: Set<Question> = []
    zones[zone] = []
    let names = Set(names).sorted()
    if names.count > Authority.maximumNames { leaveOut(.tooMany(of: zone)) }
    for name in names.prefix(Authority.maximumNames) {
      let questions = families.map { Question(name, $0.recordType) }
      let answers = questions.compactMap(known)
      needed.formUnion(questions.filter { known($0) == nil })
      for answer in answers {
        if let failure = answer.failure { leaveOut(.lookUp(answer.question, failure)) }
        if answer.addresses.count > Authority.maximumAddresses { leaveOut(.tooMany(of: name)) }
        for address in answer.addresses.prefix(Authority.maximumAddresses) {
          add(ServerAddress(address), named: name, zone)
        }
      }
      if answers.allSatisfy({ $0.failure == nil && $0.addresses.isEmpty }) { leaveOut(.noAddress(of: name)) }
    }
    return needed
  }

  private mutating func add(_ address: ServerAddress, named name: Name, _ zone: Name) {
    if zones[zone]?.contains(address) == false { zones[zone]?.append(address) }
    guard let index = addresses.firstIndex(where: { $0.address == address }) else {
      addresses.append((address, [name]))
      return
    }
    if !addresses[index].names.contains(name) { addresses[index].names.append(name) }
  }

  private mutating func leaveOut(_ reason: PublicationState.Unasked) {
    if !unasked.contains(reason) { unasked.append(reason) }
  }
}

extension AwaitedRecords {
  /// A name in the zone that they would stand in: DS records stand above the cut (RFC 4035 §2.4).
  fileprivate var inZone: Name { type == .ds ? name.parent ?? name : name }
}

extension AddressFamily {
  fileprivate var recordType: RecordType {
    switch self {
    case .v4: .a
    case .v6: .aaaa
    }
  }
}
