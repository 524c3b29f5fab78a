import AuditTesting
import DNSData
import Evidence
import Testing
import Verdict

@testable import Rules

/// What senders do with mail for an MX host, rung by rung (RFC 7672 §2.2, RFC 8461 §5).
@Suite struct DeliveryTests {
  private static let digest = String(repeating: "ab", count: 32)
  private static let pin = "_25._tcp.mail TLSA 3 1 1 \(digest)"
  private static let host = "@ MX 10 mail\nmail A 192.0.2.1\n"
  /// The host is an alias of one in another zone.
  private static let alias = "@ MX 10 mail\nmail CNAME mx.example.net.\nmx.example.net. A 192.0.2.1\n"

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let zone: String
    var signed = ["."]
    /// The look-ups that do not validate.
    var bogus: [(String, RecordType)] = []
    var failing: [(String, RecordType)] = []
    let rung: String
  }

  static let cases = [
    Case(testDescription: "a signed record", zone: host + pin, rung: "authenticated at mail.example.com"),
    Case(
      testDescription: "signed records, none of use", zone: host + "_25._tcp.mail TLSA 1 1 1 \(digest)",
      rung: "encrypted at mail.example.com"),
    Case(testDescription: "no record", zone: host, rung: "no records"),
    Case(
      testDescription: "the record's alias leads out of what is signed",
      zone: host + "_25._tcp.mail CNAME x.example.net.\nx.example.net. TLSA 3 1 1 \(digest)",
      signed: ["example.com"], rung: "insecure records"),
    Case(
      testDescription: "the host's addresses are not signed",
      zone:
        "@ MX 10 mx.example.net.\nmx.example.net. A 192.0.2.1\n_25._tcp.mx.example.net. TLSA 3 1 1 \(digest)",
      signed: ["example.com"], rung: "insecure addresses"),
    Case(
      testDescription: "the MX records are not signed, the host is",
      zone:
        "@ MX 10 mx.example.net.\nmx.example.net. A 192.0.2.1\n_25._tcp.mx.example.net. TLSA 3 1 1 \(digest)",
      signed: ["example.net"], rung: "insecure MX, or authenticated at mx.example.net"),
    Case(
      testDescription: "the MX records are not signed, and the look-up fails", zone: host,
      signed: ["mail.example.com"], bogus: [("_25._tcp.mail.example.com", .tlsa)],
      rung: "insecure MX"),
    Case(
      testDescription: "a bogus record", zone: host + pin, bogus: [("_25._tcp.mail.example.com", .tlsa)],
      rung: "held back for TLSA"),
    Case(
      testDescription: "a bogus denial", zone: host, bogus: [("_25._tcp.mail.example.com", .tlsa)],
      rung: "held back for TLSA"),
    Case(
      testDescription: "bogus addresses", zone: host + pin, bogus: [("mail.example.com", .a)],
      rung: "held back for addresses"),
    Case(
      testDescription: "addresses of one family that are bogus", zone: host + pin,
      bogus: [("mail.example.com", .aaaa)], rung: "held back for addresses"),
    Case(
      testDescription: "no address", zone: "@ MX 10 mail\nmail TXT x\n" + pin,
      rung: "held back for no address"),
    Case(
      testDescription: "an alias, signed to the end: where it leads comes first",
      zone: alias + pin + "\n_25._tcp.mx.example.net. TLSA 3 1 1 \(digest)",
      rung: "authenticated at mx.example.net"),
    Case(
      testDescription: "an alias, signed to the end: its own name comes second", zone: alias + pin,
      rung: "authenticated at mail.example.com"),
    Case(
      testDescription: "a failure where the alias leads ends the search", zone: alias + pin,
      bogus: [("_25._tcp.mx.example.net", .tlsa)], rung: "held back for TLSA"),
    Case(
      testDescription: "an alias that is signed, and leads to where nothing is: its own name alone counts",
      zone: alias + pin + "\n_25._tcp.mx.example.net. TLSA 1 1 1 \(digest)", signed: ["example.com"],
      rung: "authenticated at mail.example.com"),
    Case(
      testDescription: "an alias that is not signed",
      zone: "@ MX 10 mx.example.net.\nmx.example.net. CNAME mail\n"
        + "mail A 192.0.2.1\n_25._tcp.mx.example.net. TLSA 3 1 1 \(digest)", signed: ["example.com"],
      rung: "insecure addresses"),
    Case(
      testDescription: "a look-up that timed out proves nothing", zone: host + pin,
      failing: [("_25._tcp.mail.example.com", .tlsa)], rung: "not known"),
    Case(
      testDescription: "it was not tested what is signed", zone: host + pin, signed: [], rung: "not known"),
  ]

  @Test(arguments: cases)
  func `a sender that uses DANE does what the signatures allow`(_ example: Case) async throws {
    let failing = try example.failing.map { (Question(try Name($0.0), $0.1), LookupFailure.timeout) }
    let world = World(
      asking: FailingSource(
        try World(example.zone).source, failing: Dictionary(failing, uniquingKeysWith: { $1 })))
    let facts = Facts(
      try await world.snapshot(signed: example.signed),
      validations: try example.bogus.map { try .bogus($0.0, $0.1) })
    let hosts = Scorecard(facts, rules: []).delivery.hosts
    #expect(hosts.map(\.dane.testWords) == [example.rung])
  }

  @Test func `where the MX look-up is bogus there is no host, and no match`() async throws {
    let facts = try await self.facts(Self.host + Self.pinned, bogus: ("example.com", .mx))
    let scorecard = Scorecard(facts, rules: Rule.catalog)
    #expect(scorecard.delivery.hosts.isEmpty)
    #expect(!scorecard.rules(.passed).contains { $0.hasPrefix("dane.") })
    #expect(scorecard.rules(.unknown).isSuperset(of: ["dane.mismatch", "dane.length"]))
  }

  @Test func `a bogus TLSA record matches nothing, whatever the server shows`() async throws {
    let zone = Self.host + Self.pinned
    let sound = Scorecard(try await facts(zone), rules: Rule.catalog)
    #expect(sound.delivery.hosts.map(\.meetsDANE) == [.met])
    #expect(sound.rules(.passed).contains("dane.mismatch"))
    let facts = try await self.facts(zone, bogus: ("_25._tcp.mail.example.com", .tlsa))
    let scorecard = Scorecard(facts, rules: Rule.catalog)
    #expect(scorecard.delivery.hosts.map(\.meetsDANE) == [.unseen])
    #expect(scorecard.servers.rows.allSatisfy { $0.tls?.tlsa != .matches })
    // The link that broke is told once, by the rule about signatures.
    #expect(scorecard.rules(.failed).contains("dnssec.bogus"))
    #expect(!scorecard.rules(.failed).contains("dane.lookup-fails"))
    #expect(scorecard.rules(.unknown).contains("dane.mismatch"))
  }

  // MARK: - MTA-STS

  @Test(arguments: [
    ("mode: enforce\r\nmx: mail.example.com", "demanded"), ("mode: enforce\r\nmx: *.example.com", "demanded"),
    ("mode: enforce\r\nmx: other.example.com", "excluded"),
    ("mode: testing\r\nmx: mail.example.com", "reported"),
    ("mode: testing\r\nmx: other.example.com", "reported, unnamed"), ("mode: none", "mode none"),
    ("mode: whatever\r\nmx: mail.example.com", "no policy"),
  ])
  func `a sender that knows MTA-STS alone does what the policy says`(
    _ lines: String, _ rung: String
  ) async throws {
    let example = RuleExample.passes(
      "", servers: [.example()],
      documents: [
        ExampleDocument(
          "https://mta-sts.example.com/.well-known/mta-sts.txt",
          "version: STSv1\r\n\(lines)\r\nmax_age: 604800\r\n")
      ], Self.host + "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.9")
    let facts = try await World(example.zone).facts(for: example)
    let hosts = Scorecard(facts, rules: []).delivery.hosts
    #expect(hosts.map(\.policy.testWords) == [rung])
    #expect(
      hosts.map(\.meetsPolicy) == [
        ["demanded", "reported", "reported, unnamed"].contains(rung) ? .met : .unseen
      ])
  }

  @Test func `without a record a sender that knows MTA-STS demands nothing`() async throws {
    let scorecard = Scorecard(try await World(Self.host).facts(), rules: [])
    #expect(scorecard.delivery.hosts.map(\.policy) == [.opportunistic(.noRecord)])
  }

  // MARK: - What is proven

  /// What the domain's two name servers do, each with one address; the resolver's look-up fails.
  @Test(
    arguments: [
      ([.rejectsType(.tlsa, 2)], [.dropsType(.tlsa)], true),
      ([.rejectsType(.tlsa, 2)], [.rejectsType(.tlsa, 5)], true),
      ([.rejectsType(.tlsa, 2)], [.silent], false),
      ([.rejectsType(.tlsa, 2)], [.responds(5)], false),
      ([.silent], [.silent], false),
      ([.rejectsType(.tlsa, 2)], [.holdsBack(.tlsa, 2)], false),
      ([.rejectsType(.tlsa, 2)], [.holdsBack(.tlsa, 2), .withoutTCP], false),
      // Whoever takes larger datagrams gets an answer.
      ([.rejectsType(.tlsa, 2)], [.sends(octets: 1400, .tlsa), .withoutTCP], false),
    ] as [([ExampleNameServer.Quirk], [ExampleNameServer.Quirk], Bool)])
  func `that a look-up fails for everybody takes all servers of the zone`(
    _ first: [ExampleNameServer.Quirk], _ second: [ExampleNameServer.Quirk], _ isProven: Bool
  ) async throws {
    let scorecard = try await scorecard([
      ExampleNameServer("ns1", "192.0.2.51", first), ExampleNameServer("ns2", "192.0.2.52", second),
    ])
    #expect(scorecard.rules(.failed).contains("dane.lookup-fails") == isProven)
    #expect(scorecard.rules(.unknown).contains("dane.lookup-fails") == !isProven)
  }

  @Test func `nothing is proven where a name server cannot be asked from here`() async throws {
    let scorecard = try await scorecard([
      ExampleNameServer("ns1", "192.0.2.51", [.rejectsType(.tlsa, 2)]), ExampleNameServer("ns2", "10.0.0.1"),
    ])
    #expect(scorecard.rules(.unknown).contains("dane.lookup-fails"))
  }

  private func scorecard(_ nameServers: [ExampleNameServer]) async throws -> Scorecard {
    let example = RuleExample.passes("-", nameServers: nameServers, Self.host)
    let files = [try World.zoneFile(Self.host)]
    let surroundings = try ExampleNameServers.surroundings(of: example, in: files)
    let resolver = FailingSource(
      try ExampleResolver(files + [surroundings], for: example),
      failing: [Question(try Name("_25._tcp.mail.example.com"), .tlsa): .serverFailure])
    let world = World(asking: resolver, and: try ExampleNameServers(example, files, in: surroundings))
    return Scorecard(
      Facts(try await world.snapshot(), validations: .secure("mail.example.com.", .a)), rules: Rule.catalog)
  }

  @Test func `a server that denies _tcp and has records below contradicts itself`() async throws {
    let zone = Self.host + Self.pin
    let below = Question(try Name("_25._tcp.mail.example.com"), .tlsa)
    let parent = Question(try Name("_tcp.mail.example.com"), .tlsa)
    let server = ServerAddress(try #require(IPAddress("192.0.2.51")))
    let record = try Record("_25._tcp.mail.example.com. 60 TLSA 3 1 1 \(Self.digest)")
    var snapshot = try await World(zone).snapshot(signed: ["."])
    snapshot.add(.of(server, parent, .noSuchName(aliases: [])))
    // The other server may be older than the records.
    let other = ServerAddress(try #require(IPAddress("192.0.2.52")))
    snapshot.add(.of(other, below, .records([record], aliases: [])))
    #expect(!Scorecard(Facts(snapshot), rules: Rule.catalog).rules(.failed).contains("dane.ent"))
    snapshot.add(.of(server, below, .records([record], aliases: [])))
    #expect(Scorecard(Facts(snapshot), rules: Rule.catalog).rules(.failed).contains("dane.ent"))
  }

  // MARK: - Means

  private static let pinned = "_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"

  private func facts(_ zone: String, bogus: (String, RecordType)? = nil) async throws -> Facts {
    let example = RuleExample.passes("", servers: [.example()], zone)
    let snapshot = try await World(zone).snapshot(
      probing: .usual(only: nil), servers: GivenServers(example.servers), signed: ["."])
    return Facts(snapshot, validations: try bogus.map { [try .bogus($0.0, $0.1)] } ?? [])
  }
}

extension Validation {
  fileprivate static func bogus(_ name: String, _ type: RecordType) throws -> Validation {
    let question = Question(try Name(name), type)
    return Validation(
      question: question,
      security: .bogus(ChainBreak(question: question, zone: question.name, reason: .badSignature)))
  }
}

extension ServerAnswer {
  /// Of a server that speaks with authority, or of nobody.
  fileprivate static func of(
    _ server: ServerAddress, _ question: Question, _ outcome: Outcome
  ) -> ServerAnswer {
    let question = ServerQuestion(server, question)
    switch outcome {
    case .failure(.timeout), .failure(.addressNotAllowed):
      let failure: LookupFailure = outcome == .failure(.timeout) ? .timeout : .addressNotAllowed
      return ServerAnswer(question, .failure(failure), at: World.time)
    case .records, .noData, .noSuchName, .failure:
      return ServerAnswer(
        question,
        .message(
          ServerMessage(
            responseCode: 0, isAuthoritative: true, offersRecursion: false, datagramSize: 100,
            wasTruncated: false, ednsVersion: 0, outcome: outcome)), at: World.time)
    }
  }
}

extension DANEDelivery {
  fileprivate var testWords: String {
    switch self {
    case .demanded(let demand): demand.testWords
    case .opportunistic(.noRecords): "no records"
    case .opportunistic(.insecureRecords): "insecure records"
    case .opportunistic(.insecureAddresses): "insecure addresses"
    case .opportunistic(.insecureMX(_, let demand)):
      "insecure MX" + (demand.map { ", or \($0.testWords)" } ?? "")
    case .heldBack(.mx): "held back for MX"
    case .heldBack(.addresses): "held back for addresses"
    case .heldBack(.tlsa): "held back for TLSA"
    case .heldBack(.noAddress): "held back for no address"
    case .notKnown: "not known"
    }
  }
}

extension DANEDelivery.Demand {
  fileprivate var testWords: String {
    switch self {
    case .authenticated(let base): "authenticated at \(base.display)"
    case .encrypted(let base): "encrypted at \(base.display)"
    }
  }
}

extension PolicyDelivery {
  fileprivate var testWords: String {
    switch self {
    case .demanded: "demanded"
    case .excluded: "excluded"
    case .reported(.named): "reported"
    case .reported(.unnamed): "reported, unnamed"
    case .opportunistic(.noRecord): "no record"
    case .opportunistic(.noPolicy): "no policy"
    case .opportunistic(.modeNone): "mode none"
    case .notKnown: "not known"
    }
  }
}
