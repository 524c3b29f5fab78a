import ArgumentParser
import Glibc
import Reports

enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, html
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
    help: .init("Also write a report, text, json or html, to a file; repeatable.", valueName: "format=file"))
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
