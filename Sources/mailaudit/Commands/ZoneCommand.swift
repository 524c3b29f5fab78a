import ArgumentParser
import Reports
import Verdict

struct ZoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zone",
    abstract: "Audit, and print only the zone records that would mend the findings.",
    discussion: """
      Lines are BIND master-file syntax with absolute names; what is to be removed, and why, stands in comments. \
      Nothing is printed when nothing needs mending. The exit status is that of the audit.

      With --dialect single, host, TTL, type and value stand in a line, each TXT record in one piece and without \
      quotes, as web panels want it. With --dialect nsupdate it is a script for nsupdate, which removes too; it \
      finds the server by itself unless you put a `server` line in front.
      """)

  @Argument(help: "Domains, in A-labels or U-labels.")
  var domains: [String]

  @Option(help: "How the lines are written: bind, single or nsupdate.")
  var dialect: ZoneDialect = .bind

  @OptionGroup(title: "What is known") var domain: DomainOptions
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "When") var time: TimeOptions
  @OptionGroup(title: "When to fail") var limits: LimitOptions

  func run() async throws {
    let verdicts = try await AuditRun(
      names: domains, example: false, domain, network, profile: limits.profile, time: time
    ).verdicts()
    let blocks = verdicts.filter { !$0.changes.changes.isEmpty }.map {
      ZoneReport($0.changes, dialect: dialect).text
    }
    try FileHandles.standardOutput(blocks.joined(separator: "\n"))
    let open = verdicts.flatMap(\.scorecard.results).filter { result in
      result.outcome == .failed && !result.faults.contains { $0.mend != nil }
    }
    if !open.isEmpty {
      FileHandles.standardError(
        "mailaudit: no record mends \(open.map(\.rule.id).joined(separator: ", ")); the audit says what does\n"
      )
    }
    throw ExitCode((verdicts.map { $0.scorecard.exitStatus(limits.limits) }.max() ?? .fine).rawValue)
  }
}

extension ZoneDialect: ExpressibleByArgument {}
