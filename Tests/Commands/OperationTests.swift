import AuditTesting
import Foundation
import Testing

/// What README gives to cron, systemd, Nagios and Icinga, each tried.
@Suite struct OperationTests {
  private static let installed = "/usr/local/bin/mailaudit"

  /// The block of README that holds `words`, with the program that is under test.
  private func block(_ words: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.split(separator: "\n```", omittingEmptySubsequences: false)
    let block = try #require(blocks.first { $0.contains(words) }, "README has no block with \(words)")
    let lines = block.drop { $0 != "\n" }.dropFirst()
    return lines.replacing(Self.installed, with: Program.mailaudit.path) + "\n"
  }

  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-ops-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  /// Well and sick domains of one zone file, and nobody to ask.
  private static let zone = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ SOA ns hostmaster 1 2 3 4 5
    @ MX 0 .
    @ TXT "v=spf1 -all"
    _dmarc TXT "v=DMARC1; p=reject"
    sick MX 10 192.0.2.1

    """

  private func sh(_ line: String, domains: String) async throws -> Program.Result {
    var result: Program.Result?
    try await withFolder { folder in
      let zone = folder.appending(path: "example.zone")
      let list = folder.appending(path: "domains")
      try Data(Self.zone.utf8).write(to: zone)
      try Data(domains.utf8).write(to: list)
      let command =
        line.replacing("/etc/mailaudit/domains", with: list.path) + " --offline --zone \(zone.path)"
      result = try await Program(path: "/bin/sh").run(
        ["-c", command], environment: ["PATH": "/usr/bin:/bin"])
    }
    return try #require(result)
  }

  @Test func `the line for cron is silent while all is well, and mails what is not`() async throws {
    let block = try block("MAILTO")
    let line = try #require(block.split(separator: "\n").first { $0.contains(" * * * ") })
    let fields = line.split(separator: " ", maxSplits: 5)
    #expect(fields.prefix(5).allSatisfy { $0 == "*" || Int($0) != nil })
    // A percent sign ends the command of a crontab.
    #expect(!fields[5].contains("%"))
    let well = try await sh(String(fields[5]), domains: "example.com\n")
    #expect(well.status == 0 && well.output.isEmpty && well.error.isEmpty, "\(well.output)\(well.error)")
    let sick = try await sh(String(fields[5]), domains: "example.com\nsick.example.com\n")
    #expect(sick.status == 1 && sick.error.isEmpty)
    #expect(sick.output.hasPrefix("mailaudit: findings for 1 of 2 domains: sick.example.com\n"))
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: "/usr/bin/systemd-analyze"), "systemd is not installed here")
  )
  func `systemd accepts the units`() async throws {
    let units = [
      "mailaudit.service": try block("Type=oneshot"), "mailaudit.timer": try block("OnCalendar"),
    ]
    try await withFolder { folder in
      for (name, text) in units { try Data(text.utf8).write(to: folder.appending(path: name)) }
      let result = try await Program(path: "/usr/bin/systemd-analyze").run(
        ["verify", "--man=no"] + units.keys.map { folder.appending(path: $0).path })
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }
  }

  @Test func `the command of the unit writes its report, and fails with findings alone`() async throws {
    let unit = try block("Type=oneshot")
    let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") }).dropFirst(10)
    try await withFolder { folder in
      let command = String(line).replacing("/var/lib/mailaudit", with: folder.path)
      #expect(try await sh(command, domains: "example.com").status == 0)
      #expect(try await sh(command, domains: "sick.example.com").status == 1)
      let report = try String(contentsOf: folder.appending(path: "report.json"), encoding: .utf8)
      #expect(try ReportDocument(report).audits.map(\.domain) == ["sick.example.com"])
    }
  }

  @Test func `the command for Nagios is run as it stands`() async throws {
    let block = try block("define command")
    let line = try #require(block.split(separator: "\n").first { $0.contains("command_line") })
    let command = String(line.split(separator: " ", maxSplits: 1)[1]).replacing(
      "$ARG1$", with: "--input /etc/mailaudit/domains")
    let result = try await sh(command, domains: "sick.example.com")
    #expect(result.status == 2 && result.output.hasPrefix("MAILAUDIT CRITICAL - sick.example.com: "))
  }

  @Test func `the command for Icinga is run as it stands`() async throws {
    let block = try block("object CheckCommand")
    let list = try #require(block.firstMatch(of: /command = \[ (.*) \]/))
    let argument = try #require(block.firstMatch(of: /arguments = \{ "(--input)" = "\$[a-z_]+\$" \}/))
    let words = list.1.replacing("\"", with: "").split(separator: ", ")
    let command = (words + [argument.1, "/etc/mailaudit/domains"]).joined(separator: " ")
    let result = try await sh(command, domains: "example.com")
    #expect(
      result.status == 0 && result.output.hasPrefix("MAILAUDIT OK - example.com: "),
      "\(result.output)")
  }
}
