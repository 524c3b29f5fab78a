import AuditTesting
import Collector
import DNSData
import Evidence
import Testing

@Suite struct NetworkInquiryTests {
  private static let day: Int64 = 86_400

  private func only(_ facts: NetworkFacts) throws -> ResolverFacts {
    try #require(facts.resolvers.count == 1 ? facts.resolvers.first : nil)
  }

  @Test func `a network in order is seen as it is, and nothing is asked twice`() async throws {
    let servers = GivenNameServers()
    let facts = try await servers.look()
    let resolver = try only(facts)
    #expect(resolver.standing == .answers)
    #expect(resolver.signatures == .passed)
    #expect(resolver.claimsValidation)
    #expect(resolver.denials == [.truthful, .truthful])
    #expect(resolver.streamFailure == nil)
    #expect(facts.clock == .fits)
    #expect(facts.directPorts.map(\.family) == [.v4, .v6])
    for port in facts.directPorts {
      #expect(port.datagrams == .open && port.stream == .open && port.asked.count == 2)
    }
    #expect(servers.asked.values.allSatisfy { $0 == 1 })
    #expect(servers.asked.count == 17)
  }

  @Test func `of many resolvers three are looked at, with few questions`() async throws {
    let servers = GivenNameServers()
    let facts = try await servers.look(through: (1...9).map { "192.0.2.\($0)" })
    #expect(facts.resolvers.map(\.server.description) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
    #expect(servers.asked.count <= 40)
  }

  @Test func `a resolver that strips signatures is told from one that knows no keys`() async throws {
    let stripped = try await GivenNameServers { asked in
      guard asked.isRecursive, asked.question.type == .dnskey else { return nil }
      let key = DNSKEY(flags: 257, protocol: 3, algorithm: 13, publicKey: [1])
      return GivenNameServers.message(
        try GivenNameServers.records(asked.question, [.dnskey(key)]), isSigned: false)
    }.look()
    #expect(try only(stripped).signatures == .missing)
    let unsigned = try await GivenNameServers { asked in
      asked.question.type == .dnskey ? GivenNameServers.message(.noData(aliases: [])) : nil
    }.look()
    #expect(try only(unsigned).signatures == .noKeys)
    let silent = try await GivenNameServers { $0.question.type == .dnskey ? .failure(.timeout) : nil }.look()
    #expect(try only(silent).signatures == .unknown(.timeout))
  }

  @Test func `a resolver that does not validate sets no AD`() async throws {
    let facts = try await GivenNameServers { asked in
      guard asked.isRecursive, asked.question.type == .ns else { return nil }
      return GivenNameServers.message(
        try GivenNameServers.records(asked.question, [.ns(try Name("a.root.example"))]))
    }.look()
    #expect(try only(facts).claimsValidation, "the keys came with AD")
    let none = try await GivenNameServers { asked in
      guard asked.isRecursive, asked.question.name.isRoot else { return nil }
      return GivenNameServers.message(
        try GivenNameServers.records(asked.question, [.ns(try Name("a.root.example"))]))
    }.look()
    #expect(try only(none).claimsValidation == false)
  }

  @Test(arguments: [
    (Outcome.noData(aliases: []), ResolverFacts.Denial.noData),
    (.failure(.serverFailure), .unknown(.serverFailure)),
  ])
  func `what is said of names that do not exist is kept apart`(
    outcome: Outcome, denial: ResolverFacts.Denial
  ) async throws {
    let facts = try await GivenNameServers { $0.isAboutMissingName ? GivenNameServers.message(outcome) : nil }
      .look()
    #expect(try only(facts).denials == [denial, denial])
  }

  @Test func `invented addresses are kept, each once, and bounded`() async throws {
    let one = try await GivenNameServers { asked in
      guard asked.isAboutMissingName else { return nil }
      return GivenNameServers.message(try GivenNameServers.address(asked.question, "203.0.113.9"))
    }.look()
    #expect(try only(one).inventedAddresses.map(\.description) == ["203.0.113.9"])
    let many = try await GivenNameServers { asked in
      guard asked.isAboutMissingName else { return nil }
      let addresses = (0..<500).map { RecordData.a(IPv4Address(rawValue: 0xCB00_7100 + $0)) }
      return GivenNameServers.message(try GivenNameServers.records(asked.question, addresses))
    }.look()
    #expect(try only(many).inventedAddresses.count == 4)
  }

  @Test func `a resolver that denies even the root is not asked for its name servers`() async throws {
    let servers = GivenNameServers {
      $0.isRecursive ? GivenNameServers.message(.noSuchName(aliases: [])) : nil
    }
    let facts = try await servers.look()
    #expect(try only(facts).standing == .deniesRoot)
    #expect(facts.directPorts.allSatisfy { $0.datagrams == .notTested && $0.stream == .notTested })
    #expect(facts.clock == .unknown)
    #expect(servers.asked.keys.allSatisfy { $0.isRecursive })
  }

  @Test func `a resolver that fails is no denial`() async throws {
    for failure in [LookupFailure.timeout, .unreachable, .refused, .serverFailure] {
      let resolver = try only(try await GivenNameServers { _ in .failure(failure) }.look())
      #expect(resolver.standing == .fails(failure))
      #expect(resolver.denials == [.unknown(failure), .unknown(failure)])
      #expect(resolver.streamFailure == failure)
    }
  }

  @Test func `where the first resolver is silent the second names the root's servers`() async throws {
    let facts = try await GivenNameServers {
      $0.server.description == "192.0.2.1" ? .failure(.timeout) : nil
    }.look(through: ["192.0.2.1", "192.0.2.2"])
    #expect(facts.resolvers.map(\.standing) == [.fails(.timeout), .answers])
    #expect(facts.directPorts.allSatisfy { $0.datagrams == .open })
    #expect(facts.clock == .fits)
  }

  @Test func `TCP that does not work is told, of the resolver and of name servers`() async throws {
    let facts = try await GivenNameServers { $0.isOverTCP ? .failure(.timeout) : nil }.look()
    #expect(try only(facts).streamFailure == .timeout)
    #expect(facts.directPorts.allSatisfy { $0.datagrams == .open && $0.stream == .silent })
  }

  @Test func `port 53 may be closed in one family alone`() async throws {
    for (failure, passage) in [
      (LookupFailure.timeout, DirectPortFacts.Passage.silent), (.unreachable, .unreachable),
      (.serverFailure, .failed(.serverFailure)),
    ] {
      let facts = try await GivenNameServers { asked in
        asked.server.address.family == .v6 && !asked.isRecursive ? .failure(failure) : nil
      }.look()
      #expect(facts.directPorts.map(\.datagrams) == [.open, passage])
      #expect(facts.directPorts.map(\.stream) == [.open, passage])
    }
  }

  @Test func `one name server of the root that answers shows that the port is open`() async throws {
    let facts = try await GivenNameServers {
      $0.server.description == "198.51.100.1" ? .failure(.timeout) : nil
    }.look()
    #expect(facts.directPorts.first?.datagrams == .open)
  }

  @Test(arguments: [(false, true), (false, false), (true, true)])
  func `who offers recursion, or does not speak for the root, is none of its name servers`(
    isAuthoritative: Bool, offersRecursion: Bool
  ) async throws {
    let facts = try await GivenNameServers { asked in
      guard asked.manner == .usual, asked.server.address.family == .v4 else { return nil }
      return GivenNameServers.message(
        try GivenNameServers.records(asked.question, try GivenNameServers.start),
        isAuthoritative: isAuthoritative, offersRecursion: offersRecursion)
    }.look()
    #expect(facts.directPorts.map(\.datagrams) == [.intercepted, .open])
    #expect(facts.directPorts.map(\.stream) == [.open, .open])
  }

  @Test func `a clock that is off by days is told, with the distance to the signatures`() async throws {
    let servers = GivenNameServers()
    let noon = World.time.seconds
    let late = try await servers.look(at: Timestamp(seconds: noon + 8 * Self.day))
    #expect(late.clock == .ahead(Int(Self.day)))
    let early = try await servers.look(at: Timestamp(seconds: noon - 9 * Self.day))
    #expect(early.clock == .behind(2 * Int(Self.day)))
    guard case .behind = try await servers.look(at: Timestamp(seconds: 0)).clock else {
      Issue.record("a clock that was never set is slow")
      return
    }
  }

  // MARK: - Hostile answers

  @Test func `of many names of the root's servers two are looked up`() async throws {
    let servers = GivenNameServers { asked in
      guard asked.isRecursive, asked.question.type == .ns else { return nil }
      return GivenNameServers.message(
        try GivenNameServers.records(asked.question, try (0..<800).map { .ns(try Name("n\($0).example")) }))
    }
    let facts = try await servers.look()
    #expect(servers.asked.count < 12)
    #expect(facts.directPorts.allSatisfy { $0.datagrams == .notTested && $0.asked.isEmpty })
  }

  @Test func `name servers without addresses, and those with many, lead nowhere else`() async throws {
    let servers = GivenNameServers { asked in
      guard asked.isRecursive, asked.question.type == .a, !asked.isAboutMissingName else { return nil }
      let addresses = (0..<500).map { RecordData.a(IPv4Address(rawValue: 0xCB00_7100 + $0)) }
      return GivenNameServers.message(try GivenNameServers.records(asked.question, addresses))
    }
    let facts = try await servers.look()
    #expect(facts.directPorts.first?.asked.count == 1)
    #expect(servers.asked.count <= 17)
  }

  @Test func `a special address that may not be asked is not tested`() async throws {
    let facts = try await GivenNameServers { $0.isRecursive ? nil : .failure(.addressNotAllowed) }.look()
    #expect(facts.directPorts.allSatisfy { $0.datagrams == .notTested && $0.stream == .notTested })
  }
}
