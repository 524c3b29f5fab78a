import Collector
import Crypto
import DNSData
import Evidence
import HTTPS
import MailClient
import TLS

/// What calls mail servers and fetches documents in one run.
struct ServerSession {
  let mail: MailClient
  /// Each once in a run, whichever domains it is for; nil on a system without a CA store.
  let documents: SharedDocuments?
  private let client: HTTPSClient?

  static let maximumCAFile = 8 << 20  // octets; Debian's has 200 KB

  /// The ports of one host, twice or three times each, at a few addresses.
  private static let connectionsOfDomain = 100

  /// Certificates of mail servers are judged as of `moment`, or of the clock; the limit on connections grows with the
  /// number of domains.
  init(
    _ options: ConnectionOptions, allowed networks: [IPNetwork], judgedAt moment: Timestamp? = nil,
    domains: Int = 1
  ) throws(Problem) {
    mail = try Self.client(options, allowed: networks, judgedAt: moment, domains: domains)
    client = try? HTTPSClient(caFile: options.trust.caFile, allowed: networks)
    documents = client.map(SharedDocuments.init)
  }

  /// Ends what is under way; nobody is called and nothing fetched any more.
  func shutDown() async {
    await mail.shutDown()
    await client?.shutDown()
  }

  /// The MTA-STS policy that `domain` serves now; nothing is fetched offline.
  static func policy(
    of domain: Name, asking session: Session, _ network: NetworkOptions, _ trust: TrustOptions,
    allowed networks: [IPNetwork]
  ) async -> LivePolicy {
    let documents = network.offline ? nil : try? HTTPSClient(caFile: trust.caFile, allowed: networks)
    let policy = await LivePolicy.look(up: domain, asking: session.source, fetching: documents)
    await documents?.shutDown()
    return policy
  }

  static func client(
    _ options: ConnectionOptions, allowed networks: [IPNetwork], judgedAt moment: Timestamp? = nil,
    domains: Int = 1
  ) throws(Problem) -> MailClient {
    var configuration = MailClientConfiguration(trust: try trust(options), clock: Session.clock)
    configuration.clientName = try options.helo.map { text throws(Problem) in try clientName(text) }
    configuration.allowedNetworks = networks
    configuration.judgedAt = moment
    configuration.connectionBudget = max(configuration.connectionBudget, domains * connectionsOfDomain)
    configuration.timeout = .milliseconds(Int(options.timeout * 1000))
    return MailClient(configuration)
  }

  private static func clientName(_ text: String) throws(Problem) -> Name {
    let name = try Name.typed(text)
    guard name.isMailDomain else {
      throw .usage("\(Shown.text(text)) is no name for EHLO: it must be that of a host (RFC 5321 §4.1.1.1)")
    }
    return name
  }

  /// nil on a system without a CA store, where certificates are not judged.
  private static func trust(_ options: ConnectionOptions) throws(Problem) -> TrustStore? {
    guard let path = options.trust.caFile else { return try? TrustStore.system() }
    let octets = try FileHandles.read(path, limit: maximumCAFile)
    do {
      return try TrustStore(pem: octets)
    } catch {
      throw .usage("\(Shown.text(path)) holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
    }
  }
}
