import AuditTesting
import Foundation
import Testing

/// What a user meets at the command line, through the real binary; nothing here needs a network.
@Suite struct CommandTests {
  private func run(_ arguments: String..., input: String = "") async throws -> Program.Result {
    try await Program.mailaudit.run(arguments, input: input)
  }

  /// Writes a file that is gone with the test.
  private func file(_ text: String, _ body: (String) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(url.path)
  }

  // MARK: - Bad input

  @Test(arguments: [
    (["exa..mple"], "\"exa..mple\" is no domain name"),
    ([String(repeating: "a", count: 64) + ".example"], "64 octets"),
    (["-"], "- is no mail domain"), (["."], ". is no mail domain"),
    (["192.0.2.1"], "192.0.2.1 is no mail domain"),
    (["_dmarc.example.com"], "_dmarc.example.com is no mail domain"),
    (
      ["example.com", "--zone", "/nowhere/x.zone"],
      "cannot read \"/nowhere/x.zone\": No such file or directory"
    ),
    (["example.com", "--zone", "/"], "cannot read \"/\": Is a directory"),
    (["example.com", "--resolver", "ns.example"], "--resolver takes an address"),
    (["example.com", "--timeout", "0"], "--timeout takes seconds"),
    (["example.com", "--sender", "300.1.1.1"], "--sender takes an IPv4 or IPv6 address"),
    (["example.com", "--selector", "a..b"], "\"a..b\" is no DKIM selector"),
    (["example.com", "--min-score", "101"], "--min-score takes a number from 0 to 100"),
    (["example.com", "--fail-on", "awful"], "fail-on"),
    (["example.com", "--offline", "--resolver", "192.0.2.53"], "--offline asks no resolver"),
    (["example.com", "--now", "2026-02-30"], "--now"),
    (["zone", "example.com", "--dialect", "html"], "dialect"),
    (["plan", "example.com"], "--expect"),
    (["example.com", "--no-such-option"], "no-such-option"),
    ([], "name a domain"),
    (["rules", "spf.lookup-limt"], "the nearest is spf.lookup-limit"),
    (["dns", "example.com", "BOGUS"], "\"BOGUS\" is no record type"),
    (["spf", "example.com", "--ip", "x"], "--ip takes an IPv4 or IPv6 address"),
    (["lint", "zone", "x"], "zone"),
  ])
  func `wrong usage gets a sentence and exit status 2`(arguments: [String], sentence: String) async throws {
    let result = try await Program.mailaudit.run(arguments)
    #expect(result.status == 2)
    #expect(result.error.contains(sentence), "\(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test(arguments: [
    ("example.com. A 192.0.2.1\nexample.com. MX mail", ":2: \"mail\" is not a number from 0 to 65535"),
    ("$INCLUDE /etc/passwd", ":1: $INCLUDE is refused"),
    ("example.com. TXT \"open", ":1: a quoted string is not closed on its line"),
  ])
  func `a broken zone file is told with file and line, and nothing is audited`(
    text: String, sentence: String
  ) async throws {
    try await file(text) { path in
      let result = try await run("example.com", "--zone", path, "--offline")
      #expect(result.status == 2)
      #expect(result.error.contains(path + sentence), "\(result.error)")
      #expect(result.output.isEmpty)
    }
  }

  @Test(arguments: [
    ("example.com. A 192.0.2.1", ":1: a A record is no trust anchor"),
    ("; nothing", ":1: there is no trust anchor in this file"),
  ])
  func `a file that holds no trust anchors is told with its line, and nothing is looked up`(
    text: String, sentence: String
  ) async throws {
    try await file(text) { path in
      let result = try await Program.mailaudit.run(["dns", "example.com", "MX", "--trust-anchor", path])
      #expect(result.status == 2)
      #expect(result.error.contains(path + sentence), "\(result.error)")
      #expect(result.output.isEmpty)
    }
  }

  @Test func `a look-up that nothing validates is indeterminate, and says why`() async throws {
    try await file("$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\n@ MX 10 mail") { path in
      let result = try await Program.mailaudit.run(
        ["dns", "example.com", "MX", "--zone", path, "--offline", "--explain"])
      #expect(result.status == 3)
      #expect(result.output.hasPrefix("indeterminate\nWhy: example.com. MX was not asked over the network"))
      #expect(result.output.contains("example.com. MX: records"))
    }
  }

  @Test func `an escape sequence in an argument does not reach the terminal`() async throws {
    let result = try await run("evil\u{1B}[31m.example.com.\u{202E}")
    #expect(result.status == 2)
    #expect(!result.error.contains("\u{1B}") && !result.error.contains("\u{202E}"))
  }

  @Test func `a resolver where nothing listens gives unknown and exit status 3, never missing`() async throws
  {
    let result = try await run(
      "example.com", "--resolver", "127.0.0.1:9", "--timeout", "1", "--format", "json")
    #expect(result.status == 3)
    let audit = try #require(try ReportDocument(result.output).audits.first)
    #expect(!audit.findings.isEmpty)
    #expect(audit.findings.allSatisfy { $0.outcome == "unknown" || $0.outcome == "notTested" })
    #expect(audit.role == "undetermined")
  }

  @Test(arguments: [
    ("2026-12-01", "2026-12-01T00:00:00Z"), ("2026-12-01T04:05:06Z", "2026-12-01T04:05:06Z"),
    ("2026-12-01T00:30:00+01:00", "2026-11-30T23:30:00Z"),
    ("2026-12-01T00:30:00-01:30", "2026-12-01T02:00:00Z"),
  ])
  func `judged is as of the moment that is given`(now: String, moment: String) async throws {
    let result = try await run("example.com", "--offline", "--format", "json", "--now", now)
    #expect(result.output.contains("\"started\" : \"\(moment)\""), "\(result.error)")
  }

  // MARK: - The example

  @Test func `the built-in example is audited offline and shows its three mistakes`() async throws {
    let result = try await run("--example", "--format", "json")
    #expect(result.status == 1)
    let failed = try #require(try ReportDocument(result.output).audits.first).findings.filter {
      $0.outcome == "failed"
    }
    #expect(
      Set(failed.map(\.rule)).isSuperset(of: [
        "host.ptr-missing", "spf.unknown-mechanism", "dkim.p-truncated",
      ]))
  }

  @Test func `README shows the plan of a key rotation as it is`() async throws {
    let here = URL(filePath: #filePath).deletingLastPathComponent()
    let folder = here.appending(path: "Rotation")
    func path(_ name: String) -> String { folder.appending(path: name).path }
    let plan = try await Program.mailaudit.run([
      "plan", "example.com", "--expect", path("site.yaml"), "--zone", path("example.com.zone"), "--offline",
      "--now", "2026-12-01",
    ])
    let root = here.deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let site = try String(contentsOf: folder.appending(path: "site.yaml"), encoding: .utf8)
    #expect(plan.status == 0, "\(plan.error)")
    #expect(readme.contains("```\n\(plan.output)```\n") && readme.contains("```yaml\n\(site)```\n"))
  }

  @Test func `README shows the example's report as it is`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let report = try await run("--example").output
    #expect(
      readme.contains("```\n\(report)```\n"), "paste the output of `mailaudit --example` into README.md")
  }

  @Test func `what the example's report says to paste mends what it names`() async throws {
    let zone = FileManager.default.contents(
      atPath: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "Sources/mailaudit/Example/example.com.zone").path)
    let text = String(decoding: try #require(zone), as: UTF8.self)
    try await file(text) { path in
      let paste = try await run(
        "zone", "example.com", "--zone", path, "--offline", "--sender", "2001:db8::25"
      ).output
      let broken = "@        TXT  \"v=spf1 mx ipv4:198.51.100.7 include:_spf.newsletter.example -all\"\n"
      #expect(text.contains(broken))
      try await file(text.replacing(broken, with: "") + paste) { mended in
        let result = try await run(
          "example.com", "--zone", mended, "--offline", "--sender", "2001:db8::25", "--selector", "mail",
          "--allow-addresses", "192.0.2.0/24", "--allow-addresses", "2001:db8::/32")
        #expect(result.status == 0, "\(result.output)\(result.error)")
      }
    }
  }

  // MARK: - Limits and output

  private let sound = """
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
    """
  private let offline = [
    "example.com", "--offline", "--allow-addresses", "192.0.2.0/24", "--allow-addresses", "2001:db8::/32",
  ]

  private func status(_ path: String, _ options: String...) async throws -> Int32 {
    try await Program.mailaudit.run(offline + ["--zone", path] + options).status
  }

  @Test func `a sound domain exits with 0, and quietly if asked`() async throws {
    try await file(sound) { path in
      let result = try await Program.mailaudit.run(offline + ["--zone", path])
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("score 100 of 100, grade A"))
      let quiet = try await Program.mailaudit.run(offline + ["--zone", path, "--quiet"])
      #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.error.isEmpty)
    }
  }

  @Test func `what could not be tested counts only if completeness is required`() async throws {
    try await file(sound) { path in
      let result = try await Program.mailaudit.run(offline + ["--zone", path, "--require-complete"])
      #expect(result.status == 3)
    }
  }

  @Test func `the limit of severity and score decides between 0 and 1`() async throws {
    let poor = sound.replacing("1.2.0.192.in-addr.arpa. PTR mail", with: "")
    try await file(poor) { path in
      let status = try await status(path)
      #expect(status == 1)
    }
    try await file(sound + "\n1.2.0.192.in-addr.arpa. PTR mx\nmx A 192.0.2.1") { path in
      let statuses = [
        try await status(path), try await status(path, "--fail-on", "low"),
        try await status(path, "--min-score", "100"), try await status(path, "--min-score", "50"),
      ]
      #expect(statuses == [0, 1, 1, 0])
    }
  }

  @Test func `reports are written whole to files, one for each format`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let json = folder.appending(path: "r.json").path
    let text = folder.appending(path: "r.txt").path
    let result = try await run("--example", "--quiet", "--report", "json=\(json)", "--report", "text=\(text)")
    #expect(result.status == 1)
    #expect(try ReportDocument(String(contentsOfFile: json, encoding: .utf8)).audits.count == 1)
    #expect(try String(contentsOfFile: text, encoding: .utf8).hasPrefix("example.com"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.sorted() == ["r.json", "r.txt"])
    #expect(try await run("--example", "--report", "json=/nowhere/x").status == 2)
  }

  @Test func `several domains are reported in their order, and the worst status counts`() async throws {
    try await file(sound) { path in
      let result = try await Program.mailaudit.run(
        ["nowhere.example"] + offline + ["--zone", path, "--format", "json"])
      #expect(try ReportDocument(result.output).audits.map(\.domain) == ["nowhere.example", "example.com"])
      #expect(result.status == 1)
    }
  }

  @Test func `an IDN domain may be written either way`() async throws {
    let zone = "$ORIGIN xn--bcher-kva.example.\n. SOA . . 1 2 3 4 5\n@ A 192.0.2.1"
    try await file(zone) { path in
      for name in ["bücher.example", "xn--bcher-kva.example", "BÜCHER.example."] {
        let result = try await run(name, "--offline", "--zone", path)
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("bücher.example"), "\(result.output)")
      }
    }
  }
}
