package import DNSData
package import Evidence

/// What must be asked to know one's own network: a pure function of what is known so far, as `Inquiry` is. At most 40
/// questions in three rounds: of each resolver the root and names that do not exist; the addresses of the root's name
/// servers; and these themselves, over UDP and TCP. The root is whatever the resolvers say that it is, since private
/// networks have their own.
package struct NetworkInquiry: Sendable {
  package static let maximumResolvers = 3
  /// Names among the root's name servers, and so addresses of each family.
  package static let maximumRootServers = 2
  /// Shown of one answer.
  private static let maximumInvented = 4

  private let resolvers: [ServerAddress]
  private let missingNames: [Name]

  private static let nameServers = Question(.root, .ns)
  private static let keys = Question(.root, .dnskey)
  private static let start = Question(.root, .soa)

  /// `label` is one that nobody has published, below the root nor below `parent`.
  package init(resolvers: [ServerAddress], label: String, below parent: Name) {
    self.resolvers = Array(resolvers.prefix(Self.maximumResolvers))
    missingNames = [Name.root, parent].compactMap { try? $0.prepending(label) }
  }

  /// Asked already or not.
  package func needs(_ known: KnownServerAnswers) -> Set<ServerQuestion> {
    var questions: Set<ServerQuestion> = []
    for resolver in resolvers {
      questions.formUnion(
        ([Self.nameServers, Self.keys] + denied).map { ServerQuestion(resolver, $0, .recursive) })
      questions.insert(ServerQuestion(resolver, Self.keys, .recursiveStream))
    }
    questions.formUnion(addressQuestions(known))
    for address in rootServers(known) {
      let server = ServerAddress(address)
      questions.insert(ServerQuestion(server, Self.start, .usual))
      questions.insert(ServerQuestion(server, Self.start, .stream))
    }
    return questions
  }

  /// Given all answers; `moment` is what this machine's clock says.
  package func facts(_ known: KnownServerAnswers, at moment: Timestamp) -> NetworkFacts {
    NetworkFacts(
      resolvers: resolvers.map { resolver($0, known) },
      directPorts: [AddressFamily.v4, .v6].map { directPort($0, known) }, clock: clock(known, at: moment))
  }

  /// Who invents addresses does so where they are asked for.
  private var denied: [Question] { missingNames.map { Question($0, .a) } }

  // MARK: - The root's name servers

  /// By the first resolver that names any. The list comes from outside and may be long, or lead anywhere: whoever
  /// asks refuses special addresses.
  private func addressQuestions(_ known: KnownServerAnswers) -> [ServerQuestion] {
    for resolver in resolvers {
      let records = outcome(of: Self.nameServers, resolver, known)?.records ?? []
      let names = Set(
        records.compactMap { record in
          if case .ns(let name) = record.data, !name.isRoot { name } else { nil }
        }
      ).sorted()
      guard !names.isEmpty else { continue }
      return names.prefix(Self.maximumRootServers).flatMap { name in
        [RecordType.a, .aaaa].map { ServerQuestion(resolver, Question(name, $0), .recursive) }
      }
    }
    return []
  }

  /// One of each name and family, each once.
  private func rootServers(_ known: KnownServerAnswers) -> [IPAddress] {
    addressQuestions(known).compactMap {
      known($0)?.message?.outcome.records.compactMap(\.data.address).min()
    }
    .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func directPort(_ family: AddressFamily, _ known: KnownServerAnswers) -> DirectPortFacts {
    let addresses = rootServers(known).filter { $0.family == family }
    func passage(_ manner: ServerQuestion.Manner) -> DirectPortFacts.Passage {
      let answers = addresses.compactMap { known(ServerQuestion(ServerAddress($0), Self.start, manner)) }
      return answers.map(DirectPortFacts.Passage.init).min { $0.rank < $1.rank } ?? .notTested
    }
    return DirectPortFacts(family, asked: addresses, datagrams: passage(.usual), stream: passage(.stream))
  }

  // MARK: - Resolvers

  private func outcome(
    of question: Question, _ resolver: ServerAddress, _ known: KnownServerAnswers,
    _ manner: ServerQuestion.Manner = .recursive
  ) -> Outcome? {
    known(ServerQuestion(resolver, question, manner))?.outcome
  }

  private func resolver(_ server: ServerAddress, _ known: KnownServerAnswers) -> ResolverFacts {
    let keys = known(ServerQuestion(server, Self.keys, .recursive))
    let answers = [keys, known(ServerQuestion(server, Self.nameServers, .recursive))].compactMap(\.self)
    return ResolverFacts(
      server, standing(server, known), signatures: signatures(keys),
      claimsValidation: answers.contains { $0.message?.authenticData == true },
      denials: denied.map { denial(outcome(of: $0, server, known)) },
      streamFailure: outcome(of: Self.keys, server, known, .recursiveStream)?.lookUpFailure)
  }

  /// By the root's name servers, which no resolver has reason to hide.
  private func standing(_ server: ServerAddress, _ known: KnownServerAnswers) -> ResolverFacts.Standing {
    switch outcome(of: Self.nameServers, server, known) {
    // A private root may have no name servers of its own.
    case .records, .noData: .answers
    case .noSuchName: .deniesRoot
    case .failure(let failure): .fails(failure)
    case nil: .fails(.limitReached)
    }
  }

  private func signatures(_ keys: ServerAnswer?) -> ResolverFacts.Signatures {
    switch keys?.outcome {
    case .records: keys?.signatures.contains { $0.covered == .dnskey } == true ? .passed : .missing
    case .noSuchName, .noData: .noKeys
    case .failure(let failure): .unknown(failure)
    case nil: .unknown(.limitReached)
    }
  }

  private func denial(_ outcome: Outcome?) -> ResolverFacts.Denial {
    switch outcome {
    case .noSuchName: .truthful
    case .noData: .noData
    case .records(let records, _):
      .invented(Array(Set(records.compactMap(\.data.address)).sorted().prefix(Self.maximumInvented)))
    case .failure(let failure): .unknown(failure)
    case nil: .unknown(.limitReached)
    }
  }

  // MARK: - The clock

  /// By the root's signatures that fit best: one resolver may have kept old ones.
  private func clock(_ known: KnownServerAnswers, at moment: Timestamp) -> ClockStanding {
    let questions = resolvers.flatMap { resolver in
      [Self.nameServers, Self.keys].map { ServerQuestion(resolver, $0, .recursive) }
    }
    let signatures = questions.compactMap(known).flatMap(\.signatures).filter(\.signer.isRoot)
    return signatures.map { $0.standing(at: moment) }.min { $0.distance < $1.distance } ?? .unknown
  }
}

extension ServerAnswer {
  /// What a resolver would make of it.
  fileprivate var outcome: Outcome {
    switch result {
    case .message(let message): message.outcome
    case .failure(let failure): .failure(failure)
    }
  }

  fileprivate var signatures: [RRSIG] {
    guard case .response(_, let answer, _) = message?.signed?.outcome else { return [] }
    return answer.compactMap { record in
      guard record.type == .rrsig, record.name.isRoot,
        case .rrsig(let signature) = try? RecordData(type: record.type, rdata: record.rdata)
      else { return nil }
      return signature
    }
  }
}

extension Outcome {
  fileprivate var records: [Record] { if case .records(let records, _) = self { records } else { [] } }
  fileprivate var lookUpFailure: LookupFailure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}

extension RecordData {
  fileprivate var address: IPAddress? {
    switch self {
    case .a(let address): .v4(address)
    case .aaaa(let address): .v6(address)
    default: nil
    }
  }
}

extension DirectPortFacts.Passage {
  /// What an address of the root's answered to the question for the root's SOA record.
  fileprivate init(_ answer: ServerAnswer) {
    if let message = answer.message, message.offersRecursion {
      self = .intercepted
      return
    }
    switch answer.outcome {
    case .records, .noData, .noSuchName: self = answer.message?.isAuthoritative == true ? .open : .intercepted
    case .failure(.timeout): self = .silent
    case .failure(.unreachable): self = .unreachable
    case .failure(let failure): self = failure.isNotTested ? .notTested : .failed(failure)
    }
  }

  /// Of several servers the first counts: who intercepts one catches all, and one answer shows that the port is open.
  fileprivate var rank: Int {
    switch self {
    case .intercepted: 0
    case .open: 1
    case .failed: 2
    case .silent: 3
    case .unreachable: 4
    case .notTested: 5
    }
  }
}

extension RRSIG {
  /// By the arithmetic of serial numbers (RFC 4034 §3.1.5, RFC 1982).
  fileprivate func standing(at moment: Timestamp) -> ClockStanding {
    let now = UInt32(truncatingIfNeeded: moment.seconds)
    let early = Int32(bitPattern: inception &- now)
    let late = Int32(bitPattern: now &- expiration)
    if early > 0 { return .behind(Int(early)) }
    return late > 0 ? .ahead(Int(late)) : .fits
  }
}

extension ClockStanding {
  fileprivate var distance: Int {
    switch self {
    case .fits: 0
    case .behind(let seconds), .ahead(let seconds): seconds
    case .unknown: .max
    }
  }
}
