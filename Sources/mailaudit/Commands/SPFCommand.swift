import ArgumentParser
import Collector
import DNSData
import Reports
import SPF
import Verdict

struct SPFCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spf",
    abstract: "Evaluate SPF for one client, or show a record with all that it includes.",
    discussion: """
      With --ip one check_host() of RFC 7208: prints pass, fail, softfail, neutral, none, temperror or permerror \
      first, then which term decided. Without, the tree of DOMAIN's record with the look-ups of each term.

      Exit status: 0 pass, or a sound record; 1 another result; 3 temperror.

      Example: mailaudit spf example.com --ip 192.0.2.1
      """)

  @Argument(help: "The domain; default: that of --mail-from, else the HELO name.")
  var domain: String?

  @Option(parsing: .unconditional, help: .init("The client's address.", valueName: "address"))
  var ip: String?

  @Option(
    parsing: .unconditional,
    help: .init(
      "The envelope sender; empty for a bounce. Default: postmaster at DOMAIN.", valueName: "address"))
  var mailFrom: String?

  @Option(parsing: .unconditional, help: .init("The HELO name. Default: DOMAIN.", valueName: "name"))
  var helo: String?

  @OptionGroup(title: "Where to ask") var network: NetworkOptions

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

  func validate() throws {
    guard let ip else {
      if domain == nil {
        throw ValidationError("name a domain, or a client with --ip and its --mail-from or --helo")
      }
      if mailFrom != nil || helo != nil {
        throw ValidationError("--mail-from and --helo take --ip beside them")
      }
      return
    }
    guard IPAddress(ip) != nil else {
      throw ValidationError("--ip takes an IPv4 or IPv6 address, not \(Shown.text(ip))")
    }
    if domain == nil, mailFrom == nil, helo == nil {
      throw ValidationError("--ip takes a domain, --mail-from or --helo beside it")
    }
  }

  func run() async throws {
    let session = try Session(network)
    let status: ExitStatus
    let text: String
    if let ip, let client = IPAddress(ip) {
      let verdict = await session.source.evaluate(check(of: client).evaluate)
      let report = SPFCheckReport(verdict, client: client)
      text = try format == .json ? report.json() : report.text
      status = Self.status(verdict.result)
    } else {
      let name = try Name.typed(domain ?? "")
      let tree = await session.source.evaluate { SPFTree.evaluate(name, $0) }
      let report = SPFTreeReport(tree)
      text = try format == .json ? report.json() : report.text
      status = Self.status(tree)
    }
    await session.shutDown()
    try FileHandles.standardOutput(text)
    throw ExitCode(status.rawValue)
  }

  /// Names go in as they are typed: what is no domain name has a result too (RFC 7208 §4.3).
  private func check(of client: IPAddress) -> SPFCheck {
    let fallback = domain ?? helo ?? mailFrom.map { String($0.split(separator: "@").last ?? "") } ?? ""
    return SPFCheck(
      client: client, mailFrom: mailFrom ?? "postmaster@\(fallback)", helo: helo ?? fallback, domain: domain,
      now: Session.clock())
  }

  private static func status(_ result: SPFResult) -> ExitStatus {
    switch result {
    case .pass: .fine
    case .temperror: .unknown
    case .fail, .softfail, .neutral, .none, .permerror: .findings
    }
  }

  private static func status(_ tree: SPFTree) -> ExitStatus {
    switch tree.defect {
    case nil: .fine
    case .some(let result): status(result)
    }
  }
}
