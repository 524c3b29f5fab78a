import Collector
import DNSClient
import DNSData
import DNSSEC
import Evidence
import Glibc
import PublicSuffix

/// Where the answers of one run come from, and what must be shut down after it.
struct Session {
  let source: any AnswerSource
  let environment: Environment
  let zones: [ZoneFile]
  /// Asks single servers, past every cache; nil offline.
  let servers: NameServerClient?
  private let resolver: StubResolver?

  static let maximumZoneFileSize = ZoneFile.maximumSize

  static let clock: @Sendable () -> Timestamp = {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
  }

  /// `extraZones` answer beside those of the options; the limit on questions grows with the number of domains. Name
  /// servers at special addresses are asked if these are in `networks`.
  init(
    _ options: NetworkOptions, extraZones: [ZoneFile] = [], allowed networks: [IPNetwork] = [],
    domains: Int = 1
  ) throws(Problem) {
    let zones = extraZones + (try Self.zoneFiles(options.zoneFiles, origin: options.origin))
    self.zones = zones
    let servers = options.offline ? [] : try Self.servers(options)
    resolver = servers.isEmpty ? nil : Self.resolver(servers, options, domains: domains)
    self.servers =
      servers.isEmpty ? nil : Self.serverClient(servers, options, allowed: networks, domains: domains)
    if zones.isEmpty, let resolver {
      source = resolver
    } else {
      source = ZoneAnswers(ZoneSet(zones), over: resolver, clock: Self.clock)
    }
    let anchors = try Self.anchors(options)
    environment = Environment(
      resolvers: servers, zoneFiles: zones.map(\.name), suffixList: SuffixList.identity,
      // What files hold is not signed.
      trustAnchors: options.offline ? [] : anchors.records)
  }

  /// What is not read in them is told.
  static func zoneFiles(_ paths: [String], origin text: String?) throws(Problem) -> [ZoneFile] {
    var origin: Name?
    if let text { origin = try .typed(text) }
    var zones: [ZoneFile] = []
    for path in paths {
      let octets = try FileHandles.read(path, limit: maximumZoneFileSize)
      do {
        zones.append(try ZoneFile(name: path, octets: octets, origin: origin))
      } catch {
        throw .usage("\(error)")
      }
    }
    for zone in zones { tellUnread(zone) }
    return zones
  }

  private static func tellUnread(_ zone: ZoneFile) {
    if zone.records.isEmpty {
      FileHandles.standardError("mailaudit: \(Shown.text(zone.name)) holds no records\n")
    }
    let types = Set(zone.unread.map(\.mnemonic)).sorted()
    guard !types.isEmpty else { return }
    FileHandles.standardError(
      "mailaudit: \(Shown.text(zone.name)): records of type \(types.joined(separator: ", ")) are not read\n")
  }

  private static let maximumAnchorFile = 1 << 20  // octets

  private static func anchors(_ options: NetworkOptions) throws(Problem) -> TrustAnchors {
    guard let path = options.trustAnchor else { return .iana }
    do {
      return try TrustAnchors(
        file: path, octets: try FileHandles.read(path, limit: maximumAnchorFile))
    } catch let error as Problem {
      throw error
    } catch {
      throw .usage("\(error)")
    }
  }

  /// What the network does to questions; nil offline. `label` is one that nobody has published.
  func look(label: String) async -> NetworkFacts? {
    guard let servers, let parent = Self.usualParent else { return nil }
    return await NetworkInquiry(resolvers: environment.resolvers, label: label, below: parent)
      .look(asking: servers, clock: Self.clock)
  }

  /// Where people look for most names, and whoever invents addresses invents them.
  private static let usualParent = try? Name("com")

  func shutDown() async {
    await resolver?.shutDown()
    await servers?.shutDown()
  }

  /// The resolvers are asked wherever they are.
  private static func serverClient(
    _ resolvers: [ServerAddress], _ options: NetworkOptions, allowed networks: [IPNetwork], domains: Int
  ) -> NameServerClient {
    var configuration = NameServerConfiguration(clock: clock)
    configuration.timeout = .milliseconds(Int(options.timeout * 1000))
    configuration.questionBudget = max(
      configuration.questionBudget, domains * Collector.maximumServerQuestions)
    configuration.allowedNetworks = networks
    configuration.exempt = Set(resolvers)
    return NameServerClient(configuration)
  }

  private static func servers(_ options: NetworkOptions) throws(Problem) -> [ServerAddress] {
    guard options.resolvers.isEmpty else { return options.resolvers.compactMap(ServerAddress.init) }
    do {
      return try ResolvConf.load().servers
    } catch {
      throw .unknown(
        "there is nobody to ask: \(error); name a resolver with --resolver, or go --offline with --zone")
    }
  }

  private static func resolver(
    _ servers: [ServerAddress], _ options: NetworkOptions, domains: Int
  ) -> StubResolver {
    var configuration = ResolverConfiguration(servers: servers, clock: clock)
    configuration.questionBudget = max(configuration.questionBudget, domains * Collector.maximumQuestions)
    configuration.timeout = .milliseconds(Int(options.timeout * 1000))
    // What a validating resolver would hide is evidence too.
    configuration.checking = .disabled
    return StubResolver(configuration)
  }
}
