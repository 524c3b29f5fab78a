import ArgumentParser
import Collector
import DNSData
import Evidence
import Reports
import Verdict

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what this machine and its network do to an audit.",
    discussion: """
      Prints one word first: ok, trouble (something makes audits from here wrong or incomplete), or unknown (nobody \
      answers). Then what was seen of the resolvers (DNSSEC records, names that do not exist, TCP), of port 53 to name \
      servers over IPv4 and IPv6, and of the clock. An audit says the same at its head, as far as it stands in the way.

      Port 25 takes somebody to call: the mail servers of DOMAIN, if it is given.

      Exit status: 0 ok; 1 trouble; 3 unknown.

      Example: mailaudit doctor example.com
      """)

  @Argument(help: "A domain whose mail servers are called, to see whether port 25 is let out.")
  var domain: String?

  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Servers") var connection: ConnectionOptions
  @OptionGroup var addresses: AddressOptions

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

  func validate() throws {
    if network.offline || !network.zoneFiles.isEmpty {
      throw ValidationError("doctor looks at the network: leave out --offline and --zone")
    }
  }

  func run() async throws {
    let report = DoctorReport(try await snapshot(), tool: MailAudit.tool)
    try FileHandles.standardOutput(format == .json ? try report.json() : report.text)
    throw ExitCode(Self.status(report.word).rawValue)
  }

  private static func status(_ word: DoctorReport.Word) -> ExitStatus {
    switch word {
    case .ok: .fine
    case .trouble: .findings
    case .unknown: .unknown
    }
  }

  private func snapshot() async throws(Problem) -> Snapshot {
    let request = AuditRequest(
      domain: try domain.map { text throws(Problem) in try .mailDomain(text) } ?? .root,
      allowedNetworks: addresses.allowed, probeLabel: DomainOptions.randomLabel(), probing: .usual(only: nil))
    let session = try Session(network, allowed: addresses.allowed)
    let mail = try ServerSession.client(connection, allowed: addresses.allowed)
    async let seen = session.look(label: request.probeLabel)
    let snapshot =
      domain == nil
      ? Snapshot(request: request, environment: session.environment, started: Session.clock())
      : await Collector(asking: session.source, probing: mail, clock: Session.clock)
        .collect(request, in: session.environment)
    let whole = snapshot.knowing(await seen)
    await session.shutDown()
    await mail.shutDown()
    return whole
  }
}
