import ArgumentParser
import Glibc
import Reports

/// How the result of an audit is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, ndjson, html, markdown, junit, sarif, nagios

  /// Written domain by domain, as each audit ends.
  var isStreamed: Bool {
    switch self {
    case .text, .ndjson: true
    case .json, .html, .markdown, .junit, .sarif, .nagios: false
    }
  }
}

/// How results are shown.
struct OutputOptions: ParsableArguments {
  @Option(help: "How results are written to standard output.")
  var format: ReportFormat = .text

  @Option(
    name: .customLong("report"),
    help: .init(
      "Also write a report, in any of these formats, to a file; repeatable.", valueName: "format=file"))
  var reports: [String] = []

  @Flag(help: "No colour, even on a terminal (as NO_COLOR in the environment).")
  var noColor = false

  @Flag(
    name: .shortAndLong,
    help: "Write nothing to standard output unless something is at or above the limit, and then only that.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Also show references and every check that passed.")
  var verbose = false

  func validate() throws { _ = try reportFiles() }

  func reportFiles() throws -> [ReportFile<ReportFormat>] { try ReportFile.list(reports) }

  var colour: Colour {
    guard !noColor, FileHandles.standardOutputIsTerminal else { return .none }
    // https://no-color.org: present and not empty.
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return .none }
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return isDumb ? .none : .ansi
  }

  var detail: TerminalReport.Detail { verbose ? .full : .brief }
}
