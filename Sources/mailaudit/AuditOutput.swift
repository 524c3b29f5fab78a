import Capture
import DNSData
import Reports
import Verdict

/// Where the results of a run go: to standard output, domain by domain where the format allows that, and into files at
/// the end. Keeps of a result what is still needed.
struct AuditOutput {
  private let options: OutputOptions
  private let files: [ReportFile<ReportFormat>]
  private let limits: Limits
  private let capture: CaptureOptions
  private let basis: Basis
  /// Of the capture that is replayed; nil in an audit.
  private let earlier: CaptureHead?
  private let zones: [ZoneFile]
  /// How many domains are to come.
  private let count: Int
  private var kept: [(place: Int, result: AuditResult)] = []
  private var summary: AuditSummary
  private var alert: AlertReport
  private var status = ExitStatus.fine

  /// Throws where a file cannot be written, before there is anything to write.
  init(
    _ options: OutputOptions, _ limits: Limits, capture: CaptureOptions, of basis: Basis,
    replaying earlier: CaptureHead? = nil, zones: [ZoneFile] = [], count: Int
  ) throws {
    self.options = options
    self.limits = limits
    self.capture = capture
    self.basis = basis
    self.earlier = earlier
    self.zones = zones
    self.count = count
    files = try options.reportFiles()
    for path in files.map(\.path) + [capture.file].compactMap(\.self) {
      try FileHandles.checkFolder(of: path)
    }
    if let path = capture.file, files.contains(where: { $0.isLost(to: path) }) {
      throw Problem.usage(
        "a report and the capture would be written to \(Shown.text(path)): give each a file of its own")
    }
    summary = AuditSummary(limits)
    alert = AlertReport(limits)
  }

  mutating func add(_ result: AuditResult, at place: Int) throws(Problem) {
    let status = result.scorecard.exitStatus(limits)
    self.status = max(self.status, status)
    summary.add(result)
    if !files.isEmpty || capture.file != nil || !options.format.isStreamed { kept.append((place, result)) }
    guard !options.quiet else {
      if status != .fine { try addAlert(result) }
      return
    }
    switch options.format {
    case .text:
      let report = TerminalReport(result, colour: options.colour, detail: options.detail).text
      try FileHandles.standardOutput((summary.count > 1 ? "\n" : "") + report)
    case .ndjson: try FileHandles.standardOutput(line(result))
    case .json, .html, .markdown, .junit, .sarif, .nagios: break
    }
  }

  private mutating func addAlert(_ result: AuditResult) throws(Problem) {
    switch options.format {
    case .text: alert.add(result)
    case .ndjson: try FileHandles.standardOutput(line(result))
    case .json, .html, .markdown, .junit, .sarif, .nagios: break
    }
  }

  /// Writes what had to wait for the last result. Returns what the program is to exit with.
  mutating func finish() throws -> Int32 {
    let isComplete = summary.count == count
    if !isComplete { status = max(status, .unknown) }
    let results = kept.sorted { $0.place < $1.place }.map(\.result)
    for file in files { try FileHandles.replace(file.path, with: text(results, as: file.format)) }
    try capture.write(results.map(\.snapshot), judgedBy: basis, replaying: earlier)
    // A plugin that writes nothing is broken in the eyes of Nagios.
    if !options.quiet || status != .fine || options.format == .nagios {
      switch options.format {
      case .text where options.quiet:
        // Interrupted before there was anything to tell.
        if !alert.isEmpty { try FileHandles.standardOutput(alert.text(of: count)) }
      case .text:
        if count > 1 { try FileHandles.standardOutput("\n" + summary.text) }
      case .ndjson: break
      case .json, .html, .markdown, .junit, .sarif, .nagios:
        try FileHandles.standardOutput(text(results, as: options.format))
      }
    }
    if !isComplete {
      FileHandles.standardError(
        "mailaudit: interrupted: \(summary.count) of \(count) domains were audited, the others are in no report\n"
      )
    }
    return options.format == .nagios
      ? NagiosReport(results, limits, of: count).state.rawValue : status.rawValue
  }

  /// In the order of the domains.
  private func text(_ results: [AuditResult], as format: ReportFormat) throws -> String {
    switch format {
    case .text:
      let reports = results.map { TerminalReport($0, colour: .none, detail: options.detail).text }
      return (reports + (count > 1 ? [summary.text] : [])).joined(separator: "\n")
    case .json: return try JSONReport(results, tool: MailAudit.tool).text()
    case .html: return try HTMLReport(results, tool: MailAudit.tool).text()
    case .ndjson: return try results.map(line).joined()
    case .markdown: return MarkdownReport(results, limits, of: count).text
    case .junit: return JUnitReport(results, limits).text
    case .sarif:
      return try SARIFReport(results, zones: zones, version: MailAudit.version, of: count).text()
    case .nagios: return NagiosReport(results, limits, of: count).text
    }
  }

  private func line(_ result: AuditResult) throws(Problem) -> String {
    do {
      return try NDJSONReport(result, tool: MailAudit.tool).line()
    } catch {
      throw .usage("\(error)")
    }
  }
}
