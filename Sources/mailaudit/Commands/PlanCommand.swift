import ArgumentParser
import ChangePlan
import Collector
import DNSData
import Evidence
import Expectation
import Reports
import Verdict

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Order the steps of a change that must not be made at once, with the waits between them.",
    discussion: """
      From what is live to what the file says: to a new DKIM key, to the next TLSA record, to new MX hosts under an \
      MTA-STS policy, to none (`mta-sts: none`). Waits come from the TTLs that are live, and from the SOA record. A resolver tells only what is \
      left of a TTL: then that of the file counts (`ttl`), or else at least a day. Run it again after each step: it \
      begins where things are then. The MTA-STS policy is fetched over HTTPS, and its `max_age` counts; where it \
      cannot be fetched, or --offline, that of the file does.

      Exit status: 0 told; 3 a look-up failed, so that a part is missing.
      """)

  @Argument(help: "A domain, in A-labels or U-labels.")
  var domain: String

  @Option(help: .init("How the site is meant to be.", valueName: "file"))
  var expect: String

  @Option(help: "How the plan is written.")
  var format: ResultFormat = .text

  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Where to ask") var trust: TrustOptions
  @OptionGroup(title: "Where to ask") var addresses: AddressOptions
  @OptionGroup(title: "When") var time: TimeOptions

  func run() async throws {
    let name = try Name.typed(domain)
    let site = try ExpectationFile.read(expect)
    guard let expected = site.domain(name) else {
      throw Problem.usage("\(Shown.text(expect)) says nothing of \(name.display)")
    }
    let session = try Session(network)
    let policy =
      expected.mtasts == nil
      ? nil
      : await ServerSession.policy(
        of: name, asking: session, network, trust, allowed: addresses.allowed
      ).policy
    let now = time.clock()
    let plan = await session.source.evaluate { known in
      withoutActuallyEscaping(known) {
        Plan.evaluate(expected, of: site, at: now, policy: policy, answers: $0)
      }
    }
    await session.shutDown()
    try FileHandles.standardOutput(
      format == .json
        ? PlanJSON(plan, tool: "mailaudit \(MailAudit.version)").text() : PlanReport(plan).text)
    throw ExitCode((plan.failures.isEmpty ? ExitStatus.fine : .unknown).rawValue)
  }
}
