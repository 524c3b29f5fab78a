import AuditTesting
import Foundation
import Testing

/// Reports for other programs, through the real binary, each judged by one that reads its kind.
@Suite struct ReportFormatTests {
  /// Mistakes of several severities, and whatever a stranger could write to trick a reader of one of the formats.
  private static let zone = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ SOA ns hostmaster 1 2 3 4 5
    @ MX 10 mail
    @ TXT "v=spf1 ]]>&amp;<!--{0}[x](https://evil.example)|'label'=1;;; \\027[31m\\000\\239\\191\\190 -all"
    _dmarc TXT "v=DMARC1; p=none"
    mail A 192.0.2.1
    mail._domainkey TXT (
      "v=DKIM1; k=rsa;"
      "p=MIIB" )

    """

  private func report(
    _ format: String, _ options: [String] = [], domains: [String] = ["example.com"], zone: String = zone
  ) async throws -> Program.Result {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "mailaudit formats \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "example.zone")
    try Data(zone.utf8).write(to: file)
    return try await Program.mailaudit.run(
      domains + ["--zone", file.path, "--offline", "--allow-addresses", "192.0.2.0/24", "--format", format]
        + options)
  }

  private static let sound = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ SOA ns hostmaster 1 2 3 4 5
    @ MX 0 .
    @ TXT "v=spf1 -all"
    _dmarc TXT "v=DMARC1; p=reject"

    """

  private func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Schemas/\(name)").path
  }

  // MARK: - Nagios

  @Test func `Nagios gets one line with performance data, and what is wrong below it`() async throws {
    let result = try await report("nagios", ["--selector", "mail"])
    #expect(result.status == 2)
    let lines = result.output.split(separator: "\n")
    let parts = try #require(lines.first).split(separator: "|")
    #expect(parts.count == 2)
    #expect(parts[0].hasPrefix("MAILAUDIT CRITICAL - example.com: "))
    let metric = /'?[a-z]+'?=(?:U|[0-9]+)(?:;[0-9:]*){2};[0-9]*(?:;[0-9]*)?/
    for part in parts[1].split(separator: " ") { #expect(part.wholeMatch(of: metric) != nil, "\(part)") }
    #expect(lines.contains { $0.contains("dkim.p-") })
    #expect(lines.dropFirst().allSatisfy { !$0.contains("|") })
    #expect(result.output.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  @Test func `the exit status is that of plugins`() async throws {
    let sound = try await report("nagios", zone: Self.sound)
    #expect(
      sound.status == 0 && sound.output.hasPrefix("MAILAUDIT OK - example.com: "),
      "\(sound.output)")
    let unknown = try await Program.mailaudit.run([
      "example.com", "--offline", "--format", "nagios", "--quiet",
    ])
    #expect(unknown.status == 3 && unknown.output.hasPrefix("MAILAUDIT UNKNOWN - example.com: no findings"))
  }

  @Test func `findings below the limit are a warning`() async throws {
    // A key that is found by guessing is of medium severity at most.
    let weak = """
      $ORIGIN example.com.
      . SOA . . 1 2 3 4 5
      @ SOA ns hostmaster 1 2 3 4 5
      @ MX 10 mail
      @ TXT "v=spf1 mx -all"
      _dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
      mail A 192.0.2.1
      mail TXT "v=spf1 a -all"
      1.2.0.192.in-addr.arpa. PTR mail
      mail._domainkey TXT "v=DKIM1; k=rsa; p=MIIB"
      """
    let warning = try await report("nagios", zone: weak)
    #expect(warning.status == 1, "\(warning.output)")
    #expect(warning.output.hasPrefix("MAILAUDIT WARNING - example.com: "))
    let critical = try await report("nagios", ["--fail-on", "medium"], zone: weak)
    #expect(critical.status == 2)
  }

  @Test(arguments: [
    ["exa..mple", "--format", "nagios"], ["--format=nagios"],
    ["example.com", "--bogus", "--format", "nagios"],
    ["example.com", "--zone", "/nowhere", "--offline", "--format", "nagios"],
  ])
  func `wrong usage is unknown to Nagios, on standard output`(arguments: [String]) async throws {
    let result = try await Program.mailaudit.run(arguments)
    #expect(result.status == 3)
    #expect(result.output.hasPrefix("MAILAUDIT UNKNOWN - "))
    #expect(result.output.split(separator: "\n").count == 1)
  }

  // MARK: - JUnit

  @Test(arguments: [["--example"], ["example.com", "example.net"], []])
  func `JUnit's readers accept the report`(arguments: [String]) async throws {
    let result =
      arguments.first == "--example"
      ? try await Program.mailaudit.run(["--example", "--format", "junit"])
      : try await report(
        "junit", ["--selector", "mail"], domains: arguments.isEmpty ? ["example.com"] : arguments)
    let verdict = try await Program(path: "/usr/bin/xmllint").run(
      ["--noout", "--nonet", "--schema", path("junit.xsd"), "-"], input: result.output)
    #expect(verdict.status == 0, "\(verdict.error)")
  }

  @Test func `a failure in JUnit is what is at or above the limit`() async throws {
    let all = try await report("junit", ["--fail-on", "info"])
    let grave = try await report("junit", ["--fail-on", "critical"])
    func failures(_ text: String) -> Int { text.split(separator: "<failure ").count - 1 }
    #expect(failures(all.output) > failures(grave.output))
    #expect(!all.output.contains("<system-out>") && grave.output.contains("<system-out>"))
    let sound = try await report("junit", zone: Self.sound)
    #expect(sound.status == 0 && failures(sound.output) == 0)
    #expect(sound.output.contains(" failures=\"0\" errors=\"0\""))
  }

  // MARK: - SARIF

  private struct Log: Decodable {
    struct Run: Decodable {
      struct Tool: Decodable {
        struct Driver: Decodable {
          struct Rule: Decodable { let id: String }
          let rules: [Rule]
        }
        let driver: Driver
      }
      let tool: Tool
      let results: [Result]
    }
    struct Result: Decodable {
      struct Location: Decodable {
        struct Physical: Decodable {
          struct Artifact: Decodable { let uri: String }
          struct Region: Decodable { let startLine: Int }
          let artifactLocation: Artifact
          let region: Region
        }
        let physicalLocation: Physical?
      }
      struct Message: Decodable { let text: String }
      let ruleId: String
      let ruleIndex: Int
      let level: String
      let message: Message
      let locations: [Location]
      let partialFingerprints: [String: String]
      var line: Int? { locations.first?.physicalLocation?.region.startLine }
    }
    let runs: [Run]
  }

  private func log(_ text: String) throws -> Log.Run {
    try #require(try JSONDecoder().decode(Log.self, from: Data(text.utf8)).runs.first)
  }

  @Test func `SARIF is what its schema says`() async throws {
    let check = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator(schema).validate(json.load(sys.stdin))
      """
    for arguments in [
      ["--example", "--format", "sarif"],
      ["example.com", "--resolver", "127.0.0.1:9", "--timeout", "1", "--format", "sarif"],
    ] {
      let text = try await Program.mailaudit.run(arguments).output
      let verdict = try await Program(path: "/usr/bin/python3").run(
        ["-c", check, path("sarif.schema.json")], input: text)
      #expect(verdict.status == 0, "\(verdict.error)")
    }
    let hostile = try await report("sarif", ["--selector", "mail"])
    let verdict = try await Program(path: "/usr/bin/python3").run(
      ["-c", check, path("sarif.schema.json")], input: hostile.output)
    #expect(verdict.status == 0, "\(verdict.error)")
  }

  @Test func `a zone file's findings carry its line, and those of what is missing the line where it belongs`()
    async throws
  {
    let run = try log(try await report("sarif", ["--selector", "mail"]).output)
    let lines = Self.zone.split(separator: "\n", omittingEmptySubsequences: false)
    func line(_ start: String) throws -> Int { try #require(lines.firstIndex { $0.hasPrefix(start) }) + 1 }
    func found(_ topic: String) -> Set<Int> {
      Set(run.results.filter { $0.ruleId.hasPrefix(topic) }.compactMap(\.line))
    }
    #expect(found("dkim.p-") == [try line("mail._domainkey")])
    #expect(found("spf.").contains(try line("@ TXT")))
    #expect(found("dmarc.p-none") == [try line("_dmarc")])
    // No TLSRPT record: where the domain's own records begin.
    #expect(found("tlsrpt.missing").isSubset(of: [try line("@ SOA")]))
    let uris = Set(run.results.flatMap(\.locations).compactMap(\.physicalLocation?.artifactLocation.uri))
    #expect(
      uris.allSatisfy {
        $0.hasPrefix("file:///") && $0.contains("mailaudit%20formats%20") && $0.hasSuffix("/example.zone")
      })
    #expect(uris.count == 1)
  }

  @Test func `a result in SARIF knows its rule, and is known again when the file grows`() async throws {
    let first = try log(try await report("sarif").output)
    #expect(first.results.allSatisfy { first.tool.driver.rules[$0.ruleIndex].id == $0.ruleId })
    #expect(first.results.contains { $0.level == "error" } && first.results.contains { $0.level == "note" })
    let second = try log(try await report("sarif", zone: "; a line more\n" + Self.zone).output)
    #expect(first.results.map(\.partialFingerprints) == second.results.map(\.partialFingerprints))
    #expect(first.results.compactMap(\.line).map { $0 + 1 } == second.results.compactMap(\.line))
  }

  @Test func `foreign text is no link and no placeholder in SARIF`() async throws {
    let run = try log(try await report("sarif").output)
    let texts = run.results.map(\.message.text)
    #expect(texts.contains { $0.contains("{{0}}\\[x\\](https://evil.example)") })
    #expect(!texts.contains { $0.contains("[x](") && !$0.contains("\\[x\\](") })
  }

  // MARK: - Markdown

  @Test func `Markdown stays within a comment of GitHub, and says what it left out`() async throws {
    let zone = (1...400).map {
      "d\($0).example.com. MX 10 192.0.2.1.\nd\($0).example.com. TXT \"v=spf1 ipv4:192.0.2.1 -all\"\n"
    }
    let result = try await report(
      "markdown", domains: (1...400).map { "d\($0).example.com" },
      zone: ". SOA . . 1 2 3 4 5\n" + zone.joined())
    #expect(result.output.utf8.count <= 65_536)
    #expect(result.output.hasPrefix("### mailaudit: 400 domains, 400 with findings at or above the limit\n"))
    #expect(result.output.contains("\nLeft out here, because a comment holds 65,536 characters: "))
    #expect(
      result.output.split(separator: "<details>").count == result.output.split(separator: "</details>").count)
    #expect(try await !report("markdown").output.contains("Left out here"))
  }
}
