import AuditTesting
import Foundation
import Testing

/// Where reports go, through the real binary.
@Suite struct ReportFileTests {
  /// Runs `command` in a folder that is gone with the test, as `$1` the program.
  private func shell(_ command: String, _ body: (Program.Result, URL) throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try await Program(path: "/bin/sh").run(
      ["-c", "cd \"$0\" || exit 99\n" + command, folder.path, Program.mailaudit.path],
      environment: ["PATH": "/usr/bin:/bin"])
    try body(result, folder)
  }

  /// Runs its arguments with a standard output that nobody reads any more.
  private static let unread =
    "import os, subprocess, sys; r, w = os.pipe(); os.close(r); "
    + "sys.exit(subprocess.run(sys.argv[1:], stdout=w).returncode)"

  @Test func `who closes the pipe early keeps no report from its file`() async throws {
    let command = "python3 -c '\(Self.unread)' \"$1\" --example --report json=report.json"
    try await shell(command) { result, folder in
      #expect(result.status == 1, "\(result.error)")
      let report = try Data(contentsOf: folder.appending(path: "report.json"))
      #expect(try JSONSerialization.jsonObject(with: report) is [String: Any])
    }
  }

  @Test(arguments: [
    ("umask 077; \"$1\" --example --report json=report", 0o600),
    ("umask 027; \"$1\" --example --report json=report", 0o640),
    ("umask 022; >report; chmod 604 report; \"$1\" --example --report json=report", 0o604),
  ])
  func `a report is as private as its user wants files to be`(command: String, mode: Int) async throws {
    try await shell(command) { result, folder in
      #expect(result.status == 1, "\(result.error)")
      let file = folder.appending(path: "report")
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == mode)
      #expect(try !Data(contentsOf: file).isEmpty)
    }
  }
}
