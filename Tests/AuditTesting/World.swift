import Collector
package import DNSData
import DNSSEC
package import Evidence
package import Expectation
package import Verdict

/// A little Internet out of zone text: what the text does not hold does not exist. Names are relative to
/// example.com.; documentation addresses are meant here.
package struct World {
  package static let time = Timestamp(seconds: 1_795_233_906)
  package static let allowedNetworks = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]
    .compactMap(IPNetwork.init)
  package static let probeLabel = "nobody-published-this"

  private static let preamble = """
    $ORIGIN example.com.
    $TTL 3600
    . SOA . . 1 14400 3600 1209600 300
    @ SOA ns hostmaster 1 14400 3600 1209600 300

    """

  package let source: any AnswerSource
  package let zoneFiles: [String]
  private let files: [ZoneFile]
  private let nameServers: (any ServerSource)?
  private let signing: SignedText?

  /// `text` stands after an SOA of the root and of example.com.
  package init(_ text: String) throws { self.init([try Self.zoneFile(text)]) }

  package static func zoneFile(_ text: String) throws -> ZoneFile {
    try ZoneFile(name: "example", octets: Array((preamble + text).utf8))
  }

  package init(_ files: [ZoneFile]) {
    let answers = ZoneAnswers(ZoneSet(files), clock: { Self.time })
    signing = SignedText(files)
    source = signing.map { $0.over(answers) } ?? answers
    zoneFiles = files.map(\.name)
    self.files = files
    nameServers = nil
  }

  package init(asking source: any AnswerSource, and nameServers: (any ServerSource)? = nil) {
    self.init(asking: source, and: nameServers, signing: nil)
  }

  private init(
    asking source: any AnswerSource, and nameServers: (any ServerSource)?, signing: SignedText?
  ) {
    self.signing = signing
    self.source = signing.map { $0.over(source) } ?? source
    self.nameServers = nameServers
    zoneFiles = []
    files = []
  }

  /// The same text, published: asked of a resolver and of the example's name servers.
  package func published(for example: RuleExample) throws -> World {
    let surroundings = try ExampleNameServers.surroundings(of: example, in: files)
    let resolver = try ExampleResolver(files + [surroundings], for: example)
    return World(
      asking: resolver, and: try ExampleNameServers(example, files, in: surroundings), signing: signing)
  }

  package func snapshot(
    of domain: String = "example.com", selectors: [String] = [], senders: [String] = [],
    blocklists: [Blocklist] = [], probing: Probing = .none, servers: GivenServers = GivenServers(),
    expecting site: ExpectedSite? = nil, signed: [String] = [], view: View = .auto, at now: Timestamp = time
  ) async throws -> Snapshot {
    let request = AuditRequest(
      domain: try Name(domain), selectors: selectors, senders: senders.compactMap(IPAddress.init),
      allowedNetworks: Self.allowedNetworks, probeLabel: Self.probeLabel, blocklists: blocklists,
      probing: probing, view: nameServers == nil ? .recursive : view,
      assumedSecure: try signed.map { try Name($0) })
    let collector = Collector(
      asking: source, and: nameServers, probing: servers, fetching: servers, clock: { now })
    return await collector.collect(
      site.map { request.expecting($0, at: now) } ?? request,
      in: Environment(
        resolvers: nameServers == nil ? [] : [ExampleResolver.address], zoneFiles: zoneFiles,
        suffixList: "test", trustAnchors: signing == nil ? [] : TrustAnchors.iana.records))
  }

  package func facts(
    of domain: String = "example.com", selectors: [String] = [], senders: [String] = [],
    blocklists: [Blocklist] = [], expecting site: ExpectedSite? = nil, signed: [String] = [],
    at now: Timestamp = time
  ) async throws -> Facts {
    Facts(
      try await snapshot(
        of: domain, selectors: selectors, senders: senders, blocklists: blocklists, expecting: site,
        signed: signed, at: now),
      expecting: site)
  }

  package func facts(for example: RuleExample) async throws -> Facts {
    let isCalled = !example.servers.isEmpty || !example.documents.isEmpty
    let world = example.nameServers.isEmpty ? self : try published(for: example)
    return Facts(
      try await world.snapshot(
        of: example.domain, selectors: example.selectors, senders: example.senders,
        blocklists: example.blocklists, probing: isCalled ? example.depth : .none,
        servers: GivenServers(example.servers, example.documents), expecting: example.site,
        signed: example.signed),
      expecting: example.site, validations: example.validations)
  }
}

extension RuleExample {
  fileprivate var depth: Probing {
    servers.contains { $0.request.conduct == .trial } ? .full(only: nil) : .usual(only: nil)
  }
}

/// Mail servers and documents that are given. Every other port is closed, every other document missing.
package struct GivenServers: ProbeSource, FetchSource {
  private let probes: [ProbeRequest: ServerProbe]
  private let documents: [ExampleDocument]

  package init(_ probes: [ServerProbe] = [], _ documents: [ExampleDocument] = []) {
    self.probes = Dictionary(probes.map { ($0.request, $0) }) { $1 }
    self.documents = documents
  }

  package func probe(_ request: ProbeRequest) async -> ServerProbe {
    if let probe = probes[request] { return probe }
    // A server of which the example says nothing more has TLS as everybody has it.
    let first = probes[ProbeRequest(request.address, request.service, serverName: request.serverName)]
    guard request.policy != .modern, request.conduct == .usual, let session = first?.conversation?.session
    else {
      return ServerProbe(request, .refused, at: World.time)
    }
    let refusal = TLSHandshake(
      policy: request.policy, serverName: request.serverName, applicationProtocols: [],
      result: .failed(.alert(70)), chain: [])
    return ServerProbe(
      request,
      .conversed(
        Conversation(session: session, handshake: refusal, certificate: nil, greetingDelay: nil)),
      at: World.time)
  }

  package func fetch(_ request: FetchRequest) async -> HTTPFetch {
    let missing = HTTPResponse(
      status: 404, contentType: nil, location: nil, body: ForeignOctets([]), ending: .complete)
    let families = Set(request.addresses.map(\.family))
    // What is said of one family is nothing of a host that has both.
    let document = documents.last {
      $0.url == request.url && ($0.family == nil || families == Set([$0.family].compactMap(\.self)))
    }
    return HTTPFetch(
      request, document?.outcome ?? .response(missing), from: request.addresses.first,
      certificate: document?.certificate, at: World.time)
  }
}

/// Answers from another source, except for questions that fail by order.
package struct FailingSource: AnswerSource {
  private let source: any AnswerSource
  private let failures: [Question: LookupFailure]

  package init(_ source: any AnswerSource, failing failures: [Question: LookupFailure]) {
    self.source = source
    self.failures = failures
  }

  package func answer(_ question: Question) async -> Answer {
    guard let failure = failures[question] else { return await source.answer(question) }
    return Answer(question, .failure(failure), from: .nobody, at: World.time)
  }
}
