import ArgumentParser
import Glibc

/// A format and where it goes.
struct ReportFile<Format: RawRepresentable & CaseIterable & Sendable> where Format.RawValue == String {
  let format: Format
  let path: String

  /// Throws where two would be written to one file.
  static func list(_ arguments: [String]) throws -> [ReportFile] {
    let files = try arguments.map(ReportFile.init)
    var paths: Set<String> = []
    for file in files where !paths.insert(file.normalPath).inserted && !file.isShared {
      throw ValidationError(
        "two reports would be written to \(Shown.text(file.path)): give each a file of its own")
    }
    return files
  }

  private init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw ValidationError(
        "--report takes a format and a file, such as json=report.json, not \(Shown.text(argument))")
    }
    guard let format = Format(rawValue: parts[0]) else {
      let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--report has no format \(Shown.text(parts[0])): take one of \(known)")
    }
    self.format = format
    path = parts[1]
  }

  /// Whether something else that is written to `path` would take its place.
  func isLost(to path: String) -> Bool { !isShared && normalPath == Self.normal(path) }

  /// Devices and pipes take as many as are written to them.
  private var isShared: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private var normalPath: String { Self.normal(path) }

  /// The path without `./` and doubled slashes, so that one file is known by one name.
  private static func normal(_ path: String) -> String {
    (path.hasPrefix("/") ? "/" : "")
      + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
