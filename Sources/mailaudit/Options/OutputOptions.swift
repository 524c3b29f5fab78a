import ArgumentParser
import Glibc
import Reports
import Verdict

enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// A format and where it goes.
struct ReportFile: ExpressibleByArgument {
  let format: ReportFormat
  let path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let format = ReportFormat(rawValue: parts[0]) else { return nil }
    self.format = format
    path = parts[1]
  }
}

/// How results are shown.
struct OutputOptions: ParsableArguments {
  @Option(help: "How results are written to standard output.")
  var format: ReportFormat = .text

  @Option(
    name: .customLong("report"),
    help: .init("Also write a report, text or json, to a file; repeatable.", valueName: "format=file"))
  var reportFiles: [ReportFile] = []

  @Flag(help: "No colour, even on a terminal (as NO_COLOR in the environment).")
  var noColor = false

  @Flag(
    name: .shortAndLong, help: "Write nothing to standard output unless something is at or above the limit.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Also show references and every check that passed.")
  var verbose = false

  var colour: Colour {
    guard !noColor, FileHandles.standardOutputIsTerminal else { return .none }
    // https://no-color.org: present and not empty.
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return .none }
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return isDumb ? .none : .ansi
  }
}

extension OutputOptions {
  /// Writes all reports; says what the exit status is.
  func deliver(_ results: [AuditResult], _ limits: Limits) throws -> ExitStatus {
    let status = results.map { $0.scorecard.exitStatus(limits) }.max() ?? .fine
    for file in reportFiles { try FileHandles.replace(file.path, with: text(results, as: file.format)) }
    if !(quiet && status == .fine) {
      try FileHandles.standardOutput(text(results, as: format, colour: colour))
    }
    return status
  }

  private func text(
    _ results: [AuditResult], as format: ReportFormat, colour: Colour = .none
  ) throws -> String {
    switch format {
    case .json: try JSONReport(results, tool: MailAudit.tool).text()
    case .text:
      results.map { TerminalReport($0, colour: colour, detail: verbose ? .full : .brief).text }
        .joined(separator: "\n")
    }
  }
}
