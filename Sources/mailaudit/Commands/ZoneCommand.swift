import ArgumentParser
import ChangePlan
import Expectation
import Reports
import Verdict

struct ZoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zone",
    abstract: "Audit, and print only the zone records that would mend the findings.",
    discussion: """
      With --expect it prints what is missing or wrong in the eyes of that file; with --all, without asking anybody, \
      all that the file wants.

      Lines are BIND master-file syntax with absolute names; what is to be removed, and why, stands in comments. \
      Nothing is printed when nothing needs mending. The exit status is that of the audit.

      With --dialect single, host, TTL, type and value stand in a line, each TXT record in one piece and without \
      quotes, as web panels want it. With --dialect nsupdate it is a script for nsupdate, which removes too; it \
      finds the server by itself unless you put a `server` line in front.
      """)

  @Argument(help: "Domains, in A-labels or U-labels.")
  var domains: [String] = []

  @Flag(help: "All that the expected configuration wants, not only what is missing or wrong.")
  var all = false

  @Option(help: "How the lines are written: bind, single or nsupdate.")
  var dialect: ZoneDialect = .bind

  @OptionGroup(title: "What is expected") var site: SiteOptions
  @OptionGroup(title: "What is known") var domain: DomainOptions
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "When") var time: TimeOptions
  @OptionGroup(title: "When to fail") var limits: LimitOptions

  func validate() throws {
    if domains.isEmpty, site.expect == nil {
      throw ValidationError("name a domain, such as example.com, or the file of a site with --expect")
    }
    if all, site.expect == nil {
      throw ValidationError("--all prints what a file expects: name it with --expect")
    }
  }

  func run() async throws {
    let expected = try site.site()
    let names = try site.names(domains, of: expected)
    if all, let expected {
      var seen: Set<WantedRecordSet> = []
      // Hosts are shared between domains; each of their records is written once.
      let wanted = names.compactMap(expected.domain).flatMap(expected.wanted).filter {
        seen.insert($0).inserted
      }
      return try FileHandles.standardOutput(
        ZoneReport(ZoneChanges(publishing: wanted), dialect: dialect).text)
    }
    let results = try await AuditRun(
      names: names, example: false, domain, network,
      judge: try Judge(profile: limits.profile, expected: expected, in: site.expect), time: time
    ).results()
    let changes = ZoneChanges(joining: results.map(\.changes))
    if !changes.changes.isEmpty {
      try FileHandles.standardOutput(ZoneReport(changes, dialect: dialect).text)
    }
    let open = results.flatMap(\.scorecard.results).filter { result in
      result.outcome == .failed && !result.faults.contains { $0.mend != nil }
    }
    if !open.isEmpty {
      FileHandles.standardError(
        "mailaudit: no record mends \(open.map(\.rule.id).joined(separator: ", ")); the audit says what does\n"
      )
    }
    throw ExitCode((results.map { $0.scorecard.exitStatus(limits.limits) }.max() ?? .fine).rawValue)
  }
}

extension ZoneDialect: ExpressibleByArgument {}
