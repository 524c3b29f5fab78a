import ArgumentParser
import Collector
import DNSData
import Evidence
import Reports
import Rules
import Verdict

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Audit mail domains (the default command).",
    discussion: """
      Name the selectors that sign (--selector) and the addresses that send (--sender) to have them judged too: \
      DNS alone does not tell them. Or say in a file how the site is meant to be (--expect; see `mailaudit expect`).

      Example: mailaudit example.com --selector mail --sender 192.0.2.1
      """)

  @Argument(help: "Domains, in A-labels or U-labels.")
  var domains: [String] = []

  @Flag(help: "Audit the example zone that the program carries, offline.")
  var example = false

  @OptionGroup(title: "What is expected") var site: SiteOptions
  @OptionGroup(title: "What is known") var domain: DomainOptions
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Mail servers") var probe: ProbeOptions
  @OptionGroup(title: "Blocklists") var blocklists: BlocklistOptions
  @OptionGroup(title: "When") var time: TimeOptions
  @OptionGroup(title: "When to fail") var limits: LimitOptions
  @OptionGroup(title: "What to show") var output: OutputOptions

  func validate() throws {
    if example, !network.zoneFiles.isEmpty || !network.resolvers.isEmpty {
      throw ValidationError("--example brings its own zone: leave out --zone and --resolver")
    }
    if example, let expect = site.expect {
      throw ValidationError("--example brings its own domain: leave out --expect \(Shown.text(expect))")
    }
    guard domains.isEmpty == example || site.expect != nil else {
      throw ValidationError(
        example
          ? "--example brings its own domain: leave out \(Shown.text(domains[0]))"
          : "name a domain, such as example.com, or see a report with --example")
    }
  }

  func run() async throws {
    let expected = try site.site()
    let results = try await AuditRun(
      names: try site.names(domains, of: expected), example: example, domain, network,
      profile: limits.profile, blocklists: try blocklists.choice(), probe: probe, time: time,
      expected: expected
    ).results()
    let status = results.map { $0.scorecard.exitStatus(limits.limits) }.max() ?? .fine
    for file in output.reportFiles {
      try FileHandles.replace(file.path, with: text(results, as: file.format))
    }
    if !(output.quiet && status == .fine) {
      try FileHandles.standardOutput(text(results, as: output.format, colour: output.colour))
    }
    throw ExitCode(status.rawValue)
  }

  private func text(
    _ results: [AuditResult], as format: ReportFormat, colour: Colour = .none
  ) throws -> String {
    switch format {
    case .json:
      return try JSONReport(
        results, tool: "mailaudit \(MailAudit.version)"
      ).text()
    case .html: return try HTMLReport(results, tool: "mailaudit \(MailAudit.version)").text()
    case .text:
      return results.map {
        TerminalReport($0, colour: colour, detail: output.verbose ? .full : .brief).text
      }.joined(separator: "\n")
    }
  }
}
