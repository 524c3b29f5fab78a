import ArgumentParser
import Reports
import Verdict

/// How the result of a gate is written.
enum GateFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, markdown
}

struct GateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract:
      "Say what would get better or worse if these zone files were published, and fail for what gets worse.",
    discussion: """
      Audits the world as it is, and as it would be with the zones laid over it: what a file does not hold of its \
      zone is then gone. Looked at are the zones themselves and the names in them with MX, SPF or DMARC records, or \
      those that the expected configuration describes.

      --current takes the zones as they are from files in place of what is live; with it --offline is possible, \
      which judges the DNS alone. Mail servers and the MTA-STS policies that senders keep are looked at without \
      --offline and --no-probe.

      Exit status: 0 nothing gets worse at or above the limit (--fail-on, high by default); 1 something does; 2 \
      wrong usage, or a file that cannot be used; 3 could not tell.
      """)

  @Argument(help: .init("The zones as they are proposed.", valueName: "zonefile"))
  var zoneFiles: [String]

  @Option(
    name: .customLong("current"),
    help: .init("A zone as it is now, in place of what is live; repeatable.", valueName: "zonefile"))
  var currentFiles: [String] = []

  @Option(
    name: .customLong("domain"),
    help: .init("Look at this domain, instead of those of the zones; repeatable.", valueName: "name"))
  var domains: [String] = []

  @Flag(help: "Fail for every finding in the world as it would be, not only for what gets worse.")
  var absolute = false

  @Option(help: "How the result is written to standard output.")
  var format: GateFormat = .text

  @Option(
    name: .customLong("report"),
    help: .init(
      "Also write the result, in any of these formats, to a file; repeatable.", valueName: "format=file"))
  var reports: [String] = []

  @OptionGroup(title: "What is expected") var site: SiteOptions
  @OptionGroup(title: "What is known") var domain: DomainOptions
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Mail servers") var probe: ProbeOptions
  @OptionGroup(title: "When") var time: TimeOptions
  @OptionGroup(title: "When to fail") var limits: LimitOptions

  func validate() throws {
    _ = try ReportFile<GateFormat>.list(reports)
    if network.offline, currentFiles.isEmpty {
      throw ValidationError(
        "--offline has nothing to compare with: give the zones as they are with --current")
    }
    if !absolute, limits.minScore != nil || limits.requireComplete {
      throw ValidationError("--min-score and --require-complete are of the whole verdict: add --absolute")
    }
  }

  func run() async throws {
    let files = try ReportFile<GateFormat>.list(reports)
    for file in files { try FileHandles.checkFolder(of: file.path) }
    let judge = try Judge(profile: limits.profile, expected: try site.site(), in: site.expect)
    let zones = try GateZones(proposed: zoneFiles, current: currentFiles, origin: network.origin)
    let run = try GateRun(
      zones, names: try zones.domains(domains, of: judge.expected), domain, network, probe, judge: judge,
      time: time)
    let started = time.clock()
    let result = GateResult(
      await run.domains(), proposedZones: zones.proposed.map(\.name), currentZones: zones.current.map(\.name),
      started: started, standard: absolute ? .absolute : .difference, limits: limits.limits)
    for file in files { try FileHandles.replace(file.path, with: text(result, as: file.format)) }
    try FileHandles.standardOutput(text(result, as: format))
    throw ExitCode(result.exitStatus.rawValue)
  }

  private func text(_ result: GateResult, as format: GateFormat) throws -> String {
    switch format {
    case .text: GateReport(result).text
    case .json: try GateJSON(result, tool: MailAudit.tool).text()
    case .markdown: GateMarkdown(result).text
    }
  }
}
