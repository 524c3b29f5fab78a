import AuditTesting
import Foundation
import Testing

/// What is kept of an audit, and what is made of it again, through the real binary.
@Suite struct ReplayCommandTests {
  private static let zone = """
    $ORIGIN example.com.
    @ 3600 SOA ns jane.doe 1 3600 3600 3600 300
    @ MX 10 mail
    @ TXT "v=spf1 ip4:81.22.44.0/24 -all"
    _dmarc TXT "v=DMARC1; p=none; rua=mailto:jane.doe@example.com"
    mail A 81.22.44.7
    7.44.22.81.in-addr.arpa. 3600 PTR mail
    """

  /// A folder with `example.com.zone` in it, gone with the test.
  private func inFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(Self.zone.utf8).write(to: folder.appending(path: "example.com.zone"))
    try await body(folder)
  }

  private func audit(_ folder: URL, _ options: String...) async throws -> Program.Result {
    try await Program.mailaudit.run(
      [
        "example.com", "--offline", "--zone", folder.appending(path: "example.com.zone").path, "--format",
        "json", "--capture", folder.appending(path: "audit.capture").path,
      ] + options)
  }

  private func replay(_ folder: URL, _ options: String...) async throws -> Program.Result {
    try await Program.mailaudit.run(
      ["replay", folder.appending(path: "audit.capture").path, "--format", "json"] + options)
  }

  @Test func `a replay is the audit again, to the octet`() async throws {
    try await inFolder { folder in
      let audit = try await audit(folder)
      let replay = try await replay(folder)
      #expect(replay.output == audit.output)
      #expect(replay.status == audit.status)
      #expect(replay.error.isEmpty)
    }
  }

  @Test func `another profile judges the same evidence, and is named`() async throws {
    try await inFolder { folder in
      let strict = try await audit(folder, "--profile", "strict")
      _ = try await audit(folder)
      let replay = try await replay(folder, "--profile", "strict")
      #expect(replay.error == "mailaudit: captured with profile \"standard\", judged with \"strict\"\n")
      let (earlier, later) = (try ReportDocument(strict.output), try ReportDocument(replay.output))
      #expect(earlier.audits.first?.findings.map(\.rule) == later.audits.first?.findings.map(\.rule))
      #expect(replay.output.contains("\"profile\" : \"strict\""))
    }
  }

  @Test func `a capture for strangers holds neither addresses nor local parts, and is judged the same`()
    async throws
  {
    try await inFolder { folder in
      let audit = try await audit(folder, "--redact", "--sender", "81.22.44.7")
      let text = try String(contentsOf: folder.appending(path: "audit.capture"), encoding: .utf8)
      for secret in ["81.22.44", "44.22.81", "jane", folder.lastPathComponent] {
        #expect(!text.contains(secret), "\(secret) is left")
      }
      let replay = try await replay(folder)
      #expect(replay.status == audit.status)
      let (kept, shown) = (try ReportDocument(audit.output), try ReportDocument(replay.output))
      #expect(kept.audits.first?.findings.map(\.rule) == shown.audits.first?.findings.map(\.rule))
      #expect(kept.audits.first?.passed == shown.audits.first?.passed)
    }
  }

  @Test(arguments: [
    ("", "is no capture: `mailaudit audit --capture` writes one"),
    ("{\"format\":\"mailaudit.report\",\"version\":1}\n", "is no capture"),
    (
      "{\"format\":\"mailaudit.capture\",\"version\":99}\n",
      "is a capture of version 99; this program reads versions 1 to 2"
    ),
    ("{\"format\":\"mailaudit.capture\",\"version\":1}\n", "line 1, cannot be read: there is no tool"),
  ])
  func `what is no capture gets a sentence and exit status 2`(text: String, sentence: String) async throws {
    let result = try await Program.mailaudit.run(["replay", "-"], input: text)
    #expect(result.status == 2)
    #expect(result.error.contains(sentence), "\(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func `a capture that is cut or altered is refused with the line`() async throws {
    try await inFolder { folder in
      _ = try await audit(folder)
      let file = folder.appending(path: "audit.capture")
      let text = try String(contentsOf: file, encoding: .utf8)
      let lines = text.split(separator: "\n")
      for (broken, sentence) in [
        (String(lines[0]), "is not whole: it holds 0 of 1 domains"),
        (String(text.dropLast(200)), "line 2, cannot be read"),
        (
          text.replacing("example.com. 3600 IN MX 10", with: "example.com. 3600 IN MX x"),
          "line 2, cannot be read"
        ),
      ] {
        try Data(broken.utf8).write(to: file)
        let result = try await replay(folder)
        #expect(result.status == 2)
        #expect(result.error.contains(sentence), "\(result.error)")
      }
    }
  }
}
