import AuditTesting
import Foundation
import Testing

@Suite struct ProfileTests {
  private func profile(_ yaml: String, _ arguments: [String] = ["--example"]) async throws -> Program.Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let result = try await Program.mailaudit.run(arguments + ["--profile", url.path, "--format", "json"])
    return Program.Result(
      status: result.status, output: result.output, error: result.error.replacing(url.path, with: "p.yaml"))
  }

  @Test func `a profile changes severities, switches rules off, and so the exit status`() async throws {
    let result = try await profile(
      """
      profile: mine
      rules:
        host.ptr-missing: { severity: medium, reason: IPv6 is not used for sending }
        spf.own-host-not-pass: { severity: off, reason: tried elsewhere }
        spf.unknown-mechanism: { severity: low, reason: a test }
        dkim.p-truncated: { severity: info, reason: the selector is old }
      """)
    #expect(result.status == 0, "\(result.error)")
    let findings = try #require(try ReportDocument(result.output).audits.first).findings
    let severities = Dictionary(findings.map { ($0.rule, $0.severity) }) { first, _ in first }
    #expect(severities["host.ptr-missing"] == "medium" && severities["dkim.p-truncated"] == "info")
    #expect(severities["spf.own-host-not-pass"] == nil)
  }

  @Test(arguments: [
    (
      "profile: x\nrules:\n  spf.lookup-limt: {severity: low, reason: r}",
      "p.yaml:3: there is no rule \"spf.lookup-limt\"; the nearest is spf.lookup-limit"
    ),
    ("profile: x\nrulez: {}", "p.yaml:2: there is no key \"rulez\"; the nearest is rules"),
    (
      "profile: x\nrules:\n  spf.syntax: {severity: bad, reason: r}",
      "p.yaml:3: the severity of spf.syntax is one of"
    ),
    ("profile: x\nrules:\n  spf.syntax: {severity: low}", "p.yaml:3: spf.syntax needs a reason"),
    ("profile: [", "this is no YAML"), ("", "the file is empty"), ("rules: {}", "the key profile must give"),
    ("profile: x\nbased-on: y", "based-on takes a built-in profile, not \"y\""),
  ])
  func `a faulty profile is told with file and line, and nothing is audited`(
    yaml: String, sentence: String
  ) async throws {
    let result = try await profile(yaml)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error.contains(sentence), "\(result.error)")
  }

  @Test func `an unknown profile is an error, and rules tells which layer set what`() async throws {
    #expect(try await Program.mailaudit.run(["--example", "--profile", "nice"]).status == 2)
    let strict = try await Program.mailaudit.run(["rules", "host.ptr-multiple", "--profile", "strict"])
    #expect(strict.output.contains("in strict") && strict.output.contains("medium, because"))
    #expect(!(try await Program.mailaudit.run(["rules", "host.ptr-multiple"]).output.contains("in strict")))
  }
}
