import AuditTesting
import Foundation
import Testing

/// What README says about the gate, run as it stands there.
@Suite struct GateDocumentationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func readme() throws -> String {
    try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
  }

  /// Runs `script` in `folder`, with the program on the PATH.
  private func shell(
    _ script: String, in folder: URL, path: [String] = [], summary: URL? = nil
  ) async throws -> Program.Result {
    let bin =
      path + [URL(filePath: Program.mailaudit.path).deletingLastPathComponent().path, "/usr/bin", "/bin"]
    return try await Program(path: "/bin/sh").run(
      ["-c", "cd \"$0\" || exit 99\n" + script, folder.path],
      environment: ["PATH": bin.joined(separator: ":"), "GITHUB_STEP_SUMMARY": summary?.path ?? ""])
  }

  @Test func `README shows a session of the gate as it is`() async throws {
    let text = try readme()
    let command = try #require(
      text.split(separator: "\n").first {
        $0.hasPrefix("mailaudit gate proposed.zone --current current.zone")
      })
    let result = try await shell(String(command), in: GateTests.folder)
    #expect(result.status == 1, "\(result.error)")
    #expect(text.contains("```\n\(result.output)```\n"), "paste the output into README.md: \(result.output)")
  }

  /// The shell of a CI's YAML in README: `steps` with `run` as GitHub has them, or `script` as GitLab.
  private func script(of service: String) async throws -> String {
    let reader = """
      import re, sys, yaml
      for block in re.findall(r"```yaml\\n(.*?)```", open(sys.argv[1]).read(), re.S):
          document = yaml.safe_load(block)
          jobs = document.get("jobs", {})
          if sys.argv[2] == "github" and jobs:
              print("\\n".join(step["run"] for job in jobs.values() for step in job["steps"] if "run" in step))
          if sys.argv[2] == "gitlab":
              for job in document.values():
                  if isinstance(job, dict) and "script" in job: print("\\n".join(job["script"]))
      """
    let result = try await Program(path: "/usr/bin/python3").run(
      ["-c", reader, Self.root.appending(path: "README.md").path, service])
    #expect(result.status == 0 && result.output.contains("mailaudit gate"), "\(result.error)")
    return result.output
  }

  /// A checkout with `zones/example.com.zone`; what is live is `current.zone`, and nothing goes over the network.
  private func checkout(_ zone: String, _ body: (URL, String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    let zones = folder.appending(path: "zones")
    let bin = folder.appending(path: "bin")
    defer { try? FileManager.default.removeItem(at: folder) }
    for part in [zones, bin] {
      try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
    }
    try Data(zone.utf8).write(to: zones.appending(path: "example.com.zone"))
    try Data(Self.site.utf8).write(to: folder.appending(path: "site.yaml"))
    func path(_ name: String) -> String { GateTests.folder.appending(path: name).path }
    let stub = """
      #!/bin/sh
      exec "\(Program.mailaudit.path)" "$@" --offline --current "\(path("current.zone"))" --zone "\(path("world.zone"))"

      """
    let program = bin.appending(path: "mailaudit")
    try Data(stub.utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    try await body(folder, bin.path)
  }

  private static let site = """
    hosts:
      mail.example.com: { addresses: [192.0.2.25] }
    domains:
      example.com:
        mx: mail.example.com
        senders: [192.0.2.7]
        dkim: { rsa-2026-03: signing }

    """

  @Test(arguments: ["github", "gitlab"])
  func `the shell for a CI passes what is harmless, and fails what is not`(service: String) async throws {
    let script = "set -e\n" + (try await script(of: service))
    let current = try String(
      contentsOf: GateTests.folder.appending(path: "current.zone"), encoding: .utf8)
    try await checkout(current.replacing("203.0.113.80", with: "203.0.113.81")) { folder, bin in
      let summary = folder.appending(path: "summary.md")
      let result = try await shell(script, in: folder, path: [bin], summary: summary)
      #expect(result.status == 0, "\(result.output)\(result.error)")
      #expect(result.output.contains("The gate is open"))
      if service == "github" { #expect(try text(of: summary).hasPrefix("### The gate is open")) }
    }
    try await checkout(current.replacing(" ip4:192.0.2.7", with: "")) { folder, bin in
      let summary = folder.appending(path: "summary.md")
      let result = try await shell(script, in: folder, path: [bin], summary: summary)
      #expect(result.status == 1, "\(result.output)\(result.error)")
      #expect(result.output.contains("192.0.2.7 loses SPF pass"))
      if service == "github" { #expect(try text(of: summary).hasPrefix("### The gate is shut")) }
    }
    try await checkout("$ORIGIN example.com.\n@ MX ten mail\n") { folder, bin in
      let summary = folder.appending(path: "summary.md")
      let result = try await shell(script, in: folder, path: [bin], summary: summary)
      #expect(result.status == 2, "\(result.output)\(result.error)")
      #expect(result.error.contains("zones/example.com.zone:2:"))
      #expect(!FileManager.default.fileExists(atPath: summary.path))
    }
  }

  private func text(of file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }
}
