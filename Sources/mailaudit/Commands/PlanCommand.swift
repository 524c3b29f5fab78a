import ArgumentParser
import ChangePlan
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
      MTA-STS policy. Waits come from the TTLs that are live, and from the SOA record. A resolver tells only what is \
      left of a TTL: then that of the file counts (`ttl`), or else at least a day. Run it again after each step: it \
      begins where things are then.

      Exit status: 0 told; 3 a look-up failed, so that a part is missing.
      """)

  @Argument(help: "A domain, in A-labels or U-labels.")
  var domain: String

  @Option(help: .init("How the site is meant to be.", valueName: "file"))
  var expect: String

  @Option(help: "How the plan is written.")
  var format: ResultFormat = .text

  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "When") var time: TimeOptions

  func run() async throws {
    let name = try Name.typed(domain)
    let site = try ExpectationFile.read(expect)
    guard let expected = site.domain(name) else {
      throw Problem.usage("\(Shown.text(expect)) says nothing of \(name.display)")
    }
    let session = try Session(network)
    let plan = await Self.plan(expected, of: site, at: time.clock(), asking: session.source)
    await session.shutDown()
    try FileHandles.standardOutput(
      format == .json
        ? PlanJSON(plan, tool: "mailaudit \(MailAudit.version)").text() : PlanReport(plan).text)
    throw ExitCode((plan.failures.isEmpty ? ExitStatus.fine : .unknown).rawValue)
  }

  /// Asks what is needed until nothing is: a few selectors, hosts and zones.
  private static func plan(
    _ domain: ExpectedDomain, of site: ExpectedSite, at now: Timestamp, asking source: any AnswerSource
  ) async -> Plan {
    var answers: [Question: Answer] = [:]
    while true {
      let known = answers
      switch Plan.evaluate(domain, of: site, at: now, answers: { known[$0] }) {
      case .result(let plan): return plan
      case .needs(let questions):
        await withTaskGroup(of: Answer.self) { group in
          for question in questions { group.addTask { await source.answer(question) } }
          for await answer in group { answers[answer.question] = answer }
        }
      }
    }
  }
}
