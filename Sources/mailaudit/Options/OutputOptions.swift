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

/// A format and where it goes.
struct ReportFile {
  let format: ReportFormat
  let path: String

  init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw ValidationError(
        "--report takes a format and a file, such as json=report.json, not \(Shown.text(argument))")
    }
    guard let format = ReportFormat(rawValue: parts[0]) else {
      let known = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--report has no format \(Shown.text(parts[0])): take one of \(known)")
    }
    self.format = format
    path = parts[1]
  }

  /// Devices and pipes take as many as are written to them.
  var isShared: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// The path without `./` and doubled slashes, so that one file is known by one name.
  var normalPath: String {
    (path.hasPrefix("/") ? "/" : "")
      + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
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

  func validate() throws {
    var files: Set<String> = []
    for file in try reportFiles() where !files.insert(file.normalPath).inserted && !file.isShared {
      throw ValidationError(
        "two reports would be written to \(Shown.text(file.path)): give each a file of its own")
    }
  }

  func reportFiles() throws -> [ReportFile] { try reports.map(ReportFile.init) }

  var colour: Colour {
    guard !noColor, FileHandles.standardOutputIsTerminal else { return .none }
    // https://no-color.org: present and not empty.
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return .none }
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return isDumb ? .none : .ansi
  }

  var detail: TerminalReport.Detail { verbose ? .full : .brief }
}
