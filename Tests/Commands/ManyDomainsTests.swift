import AuditTesting
import Foundation
import Testing

/// One run over many domains, through the real binary.
@Suite struct ManyDomainsTests {
  // MARK: - Which domains

  private static let networks = ["--allow-addresses", "192.0.2.0/24"]

  private func audits(_ arguments: [String], input: String = "") async throws -> [String] {
    let result = try await Program.mailaudit.run(
      arguments + ["--offline", "--format", "json"], input: input)
    return try ReportDocument(result.output).audits.map(\.domain)
  }

  @Test func `a list has one domain a line, comments and blank lines, and asks for none twice`() async throws
  {
    let list =
      "\u{FEFF}# ours\r\nexample.com # the main one\r\n\r\n  bücher.example\r\nEXAMPLE.COM.\r\nexample.org"
    let domains = try await audits(["example.net", "example.org", "--input", "-"], input: list)
    #expect(domains == ["example.net", "example.org", "example.com", "xn--bcher-kva.example"])
  }

  @Test(arguments: [
    ("example.com\nexa..mple\n", "standard input:2: \"exa..mple\" is no domain name"),
    ("example.com\n\n# x\n192.0.2.1", "standard input:4: 192.0.2.1 is no mail domain"),
    ("a@example.com", "standard input:1: \"a@example.com\" is no domain name: give the domain alone"),
    ("\u{1B}[31m.example", "standard input:1: "), ("# nothing\n", "standard input names no domain"),
    ((0...10_000).map { "d\($0).example\n" }.joined(), "standard input:10001: more than 10000 domains"),
  ])
  func `a bad line is told with its number, and nothing is audited`(list: String, sentence: String)
    async throws
  {
    let result = try await Program.mailaudit.run(["--offline", "--input", "-"], input: list)
    #expect(result.status == 2)
    #expect(result.error.contains(sentence), "\(result.error)")
    #expect(result.output.isEmpty && !result.error.contains("\u{1B}"))
  }

  @Test(arguments: [
    (["--input", "/nowhere/list"], "cannot read \"/nowhere/list\""),
    (["example.com", "--jobs", "0"], "--jobs takes a number from 1 to 64"),
    (["--example", "--input", "list"], "--example brings its own domain: leave out \"list\""),
    (["example.com", "--report", "json"], "--report takes a format and a file"),
    (["example.com", "--report", "docx=x"], "--report has no format \"docx\": take one of text, json"),
    (
      ["example.com", "--report", "json=./x", "--report", "text=x"], "two reports would be written to \"x\""
    ),
    (
      ["example.com", "--report", "json=./x", "--capture", "x"],
      "a report and the capture would be written to \"x\""
    ),
    (
      ["example.com", "--report", "json=/nowhere/x"], "cannot write \"/nowhere/x\": No such file or directory"
    ),
  ])
  func `wrong options get a sentence before anything is asked`(arguments: [String], sentence: String)
    async throws
  {
    let result = try await Program.mailaudit.run(arguments)
    #expect(result.status == 2)
    #expect(result.error.contains(sentence), "\(result.error)")
    #expect(result.output.isEmpty)
  }

  // MARK: - What is shown

  private static let zone = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ SOA ns hostmaster 1 2 3 4 5
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    _dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
    mail A 192.0.2.1
    mail AAAA 2001:db8::1
    mail TXT "v=spf1 a -all"
    1.2.0.192.in-addr.arpa. PTR mail
    1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mail
    sick A 192.0.2.1
    sick MX 10 mail
    sick TXT "v=spf1 ipv4:192.0.2.1 -all"

    """

  private func run(_ arguments: [String]) async throws -> Program.Result {
    try await withFolder { folder in
      let zone = folder.appending(path: "example.zone")
      try Data(Self.zone.utf8).write(to: zone)
      return try await Program.mailaudit.run(
        arguments + ["--zone", zone.path, "--offline", "--allow-addresses", "2001:db8::/32"] + Self.networks)
    }
  }

  private func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-many-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  @Test
  func `each domain is reported, the table comes last with the worst on top, and the worst status counts`()
    async throws
  {
    let result = try await run(["example.com", "sick.example.com", "other.example"])
    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("Role    ") } == 3)
    let table = lines.suffix(4)
    #expect(table.first == "score  grade  failed  unknown  not tested  domain")
    #expect(table.last?.hasSuffix("  example.com") == true)
    #expect(result.output.contains("3 domains: 2 with findings at or above the limit"))
    let single = try await run(["example.com"])
    #expect(!single.output.contains("domains:"))
  }

  @Test func `ndjson has a line for each domain, and each line is a whole audit`() async throws {
    let result = try await run(["example.com", "sick.example.com", "--format", "ndjson"])
    let lines = result.output.split(separator: "\n")
    let audits = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(Set(audits.map(\.domain)) == ["example.com", "sick.example.com"])
    #expect(audits.allSatisfy { $0.format == "mailaudit.audit" && $0.version == 1 })
    #expect(
      audits.allSatisfy { ($0.domain == "example.com") == !$0.findings.contains(where: \.isGrave) })
  }

  private struct Line: Decodable {
    struct Finding: Decodable {
      let outcome: String
      let severity: String
      var isGrave: Bool { outcome == "failed" && ["critical", "high"].contains(severity) }
    }
    let format: String
    let version: Int
    let domain: String
    let findings: [Finding]
  }

  @Test func `files keep the order of the domains`() async throws {
    try await withFolder { folder in
      let names = ["sick.example.com", "example.com", "other.example"]
      let file = folder.appending(path: "r.ndjson")
      _ = try await run(names + ["--jobs", "3", "--report", "ndjson=\(file.path)"])
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      #expect(try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).domain } == names)
    }
  }

  // MARK: - Quiet

  @Test func `quiet says nothing of what is well, and of the rest only what is at or above the limit`()
    async throws
  {
    let well = try await run(["example.com", "--quiet"])
    #expect(well.status == 0 && well.output.isEmpty && well.error.isEmpty)
    let sick = try await run(["example.com", "sick.example.com", "--quiet"])
    #expect(sick.status == 1)
    let lines = sick.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "mailaudit: findings for 1 of 2 domains: sick.example.com")
    #expect(sick.output.contains("(spf.unknown-mechanism)\n    what    "))
    #expect(sick.output.contains("    fix     "))
    #expect(!sick.output.contains("  low ") && !sick.output.contains("  medium"))
    #expect(lines.suffix(2) == ["Without --quiet the same command shows everything.", ""])
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `quiet says that a score is too low, and that nothing could be told`() async throws {
    let low = try await run(["sick.example.com", "--quiet", "--fail-on", "critical", "--min-score", "100"])
    #expect(low.output.contains("It is to be at least 100."), "\(low.output)")
    let nothing = try await Program.mailaudit.run(["example.com", "--offline", "--quiet"])
    #expect(nothing.status == 3)
    #expect(nothing.output.hasPrefix("mailaudit: example.com could not be judged in full\n"))
    #expect(nothing.output.contains("Nothing could be judged."))
  }

  // MARK: - A run over the network

  private struct Outcome: Decodable {
    let status: Int32
    let output: String
    let error: String
    let questions: [String: Int]
  }

  /// With a resolver that says of every name that it does not exist. `lines`: interrupted after so many.
  private func resolve(interruptedAfter lines: Int? = nil, _ arguments: [String]) async throws -> Outcome {
    let program = Program(
      path: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "resolve").path)
    let result = try await program.run(
      ["\(lines ?? -1)", Program.mailaudit.path] + arguments + ["--no-probe", "--timeout", "300"])
    return try JSONDecoder().decode(Outcome.self, from: Data(result.output.utf8))
  }

  @Test func `what several domains have in common is asked once`() async throws {
    try await withFolder { folder in
      let zone = folder.appending(path: "two.zone")
      let domains = (1...9).map { "d\($0).example" }
      let text = domains.map {
        "\($0). SOA . . 1 2 3 4 5\n\($0). MX 10 mx.shared.example.\n\($0). TXT \"v=spf1 include:spf.shared.example -all\"\n"
      }
      try Data(text.joined().utf8).write(to: zone)
      let outcome = try await resolve(domains + ["--zone", zone.path, "--format", "json"])
      #expect(try ReportDocument(outcome.output).audits.count == 9)
      for shared in ["mx.shared.example 1", "mx.shared.example 28", "spf.shared.example 16"] {
        #expect(outcome.questions[shared] == 1, "\(shared)")
      }
      // The root's name servers and keys are also looked for to know the network.
      #expect(outcome.questions.filter { !$0.key.hasPrefix(" ") }.allSatisfy { $0.value == 1 })
    }
  }

  @Test func `Ctrl-C gives what is done so far, says so, and writes the files`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "r.json")
      let outcome = try await resolve(
        interruptedAfter: 1,
        ["silent.example", "example.com", "--format", "ndjson", "--report", "json=\(file.path)"])
      #expect(outcome.status == 1)
      #expect(outcome.output.split(separator: "\n").count == 1)
      #expect(
        outcome.error == "mailaudit: interrupted: 1 of 2 domains were audited, the others are in no report\n")
      let report = try ReportDocument(String(contentsOf: file, encoding: .utf8))
      #expect(report.audits.map(\.domain) == ["example.com"])
    }
  }

  @Test func `an interrupted run is no sound one`() async throws {
    let outcome = try await resolve(interruptedAfter: 0, ["silent.example", "--quiet"])
    #expect(outcome.status == 3)
    #expect(outcome.output.isEmpty && outcome.error.contains("0 of 1 domains"))
  }
}
