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

/// What a newcomer stumbled over once.
@Suite struct NewcomerTests {
  private func audit(_ zone: String, _ arguments: [String] = ["example.com"]) async throws -> Program.Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data(zone.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await Program.mailaudit.run(
      arguments + ["--offline", "--zone", url.path, "--allow-addresses", "192.0.2.0/24"])
  }

  private static let zone = """
    $ORIGIN example.com.
    @ SOA ns hostmaster 1 2 3 4 5
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    mail A 192.0.2.1
    1.2.0.192.in-addr.arpa. PTR mail

    """

  @Test func `a zone file without DMARC lacks DMARC, though it says nothing about its registry`() async throws
  {
    let result = try await audit(Self.zone)
    #expect(result.status == 1)
    #expect(result.output.contains("dmarc.missing"))
  }

  @Test func `a zone file's own selectors are looked at`() async throws {
    let result = try await audit(
      Self.zone + "_dmarc TXT \"v=DMARC1; p=none\"\nmine2026._domainkey TXT \"v=DKIM1; k=rsa; p=MIIB\"",
      ["example.com", "--fail-on", "medium"])
    #expect(result.status == 1)
    #expect(result.output.contains("mine2026._domainkey.example.com TXT"))
  }

  @Test func `where nothing could be judged the exit status is 3, and no grade is given on little`()
    async throws
  {
    let empty = try await audit("")
    #expect(empty.status == 3)
    #expect(empty.output.contains("no zone file holds anything for example.com"))
    #expect(empty.error.contains("holds no records"))
    let little = try await audit("example.com. A 192.0.2.1\nexample.com. MX 10 mail.example.com.")
    #expect(little.output.contains("no grade: too little judged"))
  }

  @Test func `a report that cannot be written is told`() async throws {
    let full = "exec \(Program.mailaudit.path) rules > /dev/full"
    let result = try await Program(path: "/bin/sh").run(["-c", full])
    #expect(result.status == 2)
    #expect(result.error.contains("cannot write to standard output: No space left on device"))
  }

  @Test(.enabled(if: geteuid() == 0, "a device node takes root"))
  func `a device is written to and not replaced`() async throws {
    let device = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)").path
    #expect(mknod(device, S_IFCHR | 0o600, 1 << 8 | 7) == 0)
    defer { unlink(device) }
    let result = try await Program.mailaudit.run(["--example", "--report", "json=\(device)"])
    #expect(result.status == 2)
    #expect(result.error.contains("No space left on device"))
    var status = stat()
    #expect(stat(device, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test(arguments: [
    (["postmaster@example.com"], "give the domain alone, such as example.com"),
    (["https://example.com/"], "give the domain alone, such as example.com"),
    (["audti", "example.com"], "audti is no mail domain: it must have a dot"),
    (["example.com", "--selector", "s._domainkey.example.com"], "name it alone"),
    (["--example", "--offline", "--zone", "x"], "--example brings its own zone"),
  ])
  func `arguments of a common wrong kind are told with the right one`(
    arguments: [String], sentence: String
  ) async throws {
    let result = try await Program.mailaudit.run(arguments)
    #expect(result.status == 2)
    #expect(result.error.contains(sentence), "\(result.error)")
  }

  @Test func `a usual BIND file is read: its origin by option, types that no audit reads passed over`()
    async throws
  {
    let zone = "@ SOA ns hostmaster 1 2 3 4 5\n@ HTTPS 1 .\n@ A 192.0.2.1"
    let without = try await audit(zone)
    #expect(without.status == 2 && without.error.contains("or with --origin"))
    let result = try await audit(zone, ["example.com", "--origin", "example.com"])
    #expect(result.status == 0, "\(result.output)\(result.error)")
    #expect(result.error.contains("records of type HTTPS are not read"))
  }

  @Test func `selectors of one domain do no harm to others that send no mail`() async throws {
    let zone = "example.com. SOA . . 1 2 3 4 5\nexample.com. A 192.0.2.1\nexample.com. TXT hello"
    #expect(try await audit(zone, ["example.com", "--selector", "s"]).status == 0)
  }

  @Test func `spf says permerror where the whole tree is one`() async throws {
    let terms = Array(repeating: "a:mail.example.com", count: 11).joined(separator: " ")
    let zone = "$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\n@ TXT \"v=spf1 \(terms) -all\"\nmail A 192.0.2.1"
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data(zone.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let result = try await Program.mailaudit.run(["spf", "example.com", "--offline", "--zone", url.path])
    #expect(result.status == 1 && result.output.hasPrefix("permerror\n"), "\(result.output)")
    let lint = try await Program.mailaudit.run(["lint", "spf", "v=spf1 \(terms) +all"])
    #expect(lint.output.contains("Everybody may send.") && lint.output.contains("More than 10 terms"))
  }

  @Test func `zone says when a finding has no record to paste`() async throws {
    let terms = Array(repeating: "a:mail.example.com", count: 11).joined(separator: " ")
    let result = try await audit(
      Self.zone.replacing("mx -all", with: "\(terms) -all") + "_dmarc TXT \"v=DMARC1; p=none\"",
      ["zone", "example.com"])
    #expect(result.status == 1)
    #expect(result.error.contains("no record mends") && result.error.contains("spf.lookup-limit"))
  }
}

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

@Suite struct LintTests {
  @Test(arguments: [
    ("spf", "v=spf1 mx -all", "ok", Int32(0)), ("spf", "v=spf1 ipv4:192.0.2.1 -all", "error", 1),
    ("spf", "v=spf10", "ignored", 1), ("dkim", "v=DKIM1; p=", "revoked", 1), ("dkim", "hello", "ignored", 1),
    ("dkim", "v=DKIM1; k=x; p=YQ==", "unsupported", 1), ("dkim", "v=DKIM1; p=!", "error", 1),
    ("dkim", "v=DKIM1; k=ed25519; s=tlsrpt; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "unusable", 1),
    ("dkim", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "ok", 0),
    ("dmarc", "v=DMARC1; p=none", "ok", 0), ("dmarc", "v=DMARC1; p=no", "error", 1),
    ("dmarc", "v=spf1 -all", "ignored", 1), ("dmarc", "p=none; v=DMARC1", "error", 1),
    ("mta-sts", "v=STSv1; id=20261121;", "ok", 0), ("mta-sts", "v=STSv1; id=2026-11-21", "error", 1),
    ("mta-sts", "v=spf1 -all", "ignored", 1), ("mta-sts", "v=STSv1", "error", 1),
    (
      "mta-sts-policy", "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n",
      "ok", 0
    ),
    ("mta-sts-policy", "version: STSv1\nmode: enforce\nmax_age: 604800\n", "error", 1),
    ("mta-sts-policy", "<html>", "ignored", 1),
    ("tls-rpt", "v=TLSRPTv1; rua=mailto:tls@example.com", "ok", 0),
    ("tls-rpt", "v=TLSRPTv1; rua=tls@example.com", "error", 1), ("tls-rpt", "hello", "ignored", 1),
  ])
  func `lint prints its word first and exits by it`(
    kind: String, text: String, word: String, status: Int32
  ) async throws {
    let direct = try await Program.mailaudit.run(["lint", kind, text])
    #expect(
      direct.output.split(separator: "\n").first.map(String.init) == word, "\(direct.output)\(direct.error)")
    #expect(direct.status == status)
    let piped = try await Program.mailaudit.run(["lint", kind, "-"], input: text)
    #expect(piped.output == direct.output && piped.status == status)
  }

  @Test func `lint says where the fault is`() async throws {
    let result = try await Program.mailaudit.run(["lint", "spf", "v=spf1 ip4:192.0.2.300 -all"])
    #expect(result.output.contains("error at octet 12: An ip4 term has no IPv4 address."), "\(result.output)")
  }

  @Test(arguments: [
    ("mta-sts", "v=STSv1; id=1-2", "error at octet 13: The value of id"),
    ("mta-sts-policy", "version: STSv1\nmode: on\n", "error at octet 22: The value of mode"),
    ("tls-rpt", "v=TLSRPTv1; rua=ftp://example.com/", "error at octet 17: A report address begins neither"),
  ])
  func `lint says where the fault of a TLS policy is`(kind: String, text: String, line: String) async throws {
    let result = try await Program.mailaudit.run(["lint", kind, text])
    #expect(result.output.contains(line), "\(result.output)")
  }

  @Test func `standard input is read octet for octet`() async throws {
    let result = try await Program.mailaudit.run(["lint", "spf", "-"], input: "v=spf1 mx -all\n")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("error\n"))
  }
}

@Suite struct SPFCommandTests {
  private static let zone = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ TXT "v=spf1 ip4:192.0.2.1 include:_spf.vendor.example -all"
    _spf.vendor.example. TXT "v=spf1 ip4:198.51.100.0/24 ?all"
    """

  private func spf(_ arguments: String...) async throws -> Program.Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data(Self.zone.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await Program.mailaudit.run(["spf", "--zone", url.path, "--offline"] + arguments)
  }

  @Test(arguments: [
    ("192.0.2.1", "pass", Int32(0)), ("198.51.100.9", "pass", 0), ("203.0.113.1", "fail", 1),
    ("2001:db8::1", "fail", 1),
  ])
  func `one check prints its result first`(address: String, result: String, status: Int32) async throws {
    let run = try await spf("example.com", "--ip", address)
    #expect(run.output.hasPrefix(result + "\n") && run.status == status)
  }

  @Test func `the tree shows the terms, their look-ups and what is included`() async throws {
    let run = try await spf("example.com")
    #expect(run.status == 0)
    for part in ["1 of 10 look-ups", "include:_spf.vendor.example", "ip4:198.51.100.0/24"] {
      #expect(run.output.contains(part), "\(run.output)")
    }
  }

  @Test func `over the limit, the tree says what to do`() async throws {
    let terms = (1...11).map { "a:h\($0).example.com" }.joined(separator: " ")
    let hosts = (1...11).map { "h\($0) A 192.0.2.\($0)" }.joined(separator: "\n")
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    let zone =
      "$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\n@ TXT \"v=spf1 \(terms) ip4:192.0.2.1 -all\"\n\(hosts)"
    try Data(zone.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let run = try await Program.mailaudit.run(["spf", "example.com", "--zone", url.path, "--offline"])
    #expect(run.status == 1)
    for part in [
      "11 of 10 look-ups", "1 look-ups too many", "write ip4:192.0.2.11 for a:h11.example.com: saves 1",
      "! never decides: a:h1.example.com in the record of example.com covers it",
    ] { #expect(run.output.contains(part), "\(run.output)") }
  }

  @Test func `no record is none, and nobody to ask is temperror with exit status 3`() async throws {
    #expect(try await spf("other.example", "--ip", "192.0.2.1").output.hasPrefix("none\n"))
    let unknown = try await Program.mailaudit.run(
      ["spf", "example.com", "--ip", "192.0.2.1", "--resolver", "127.0.0.1:9", "--timeout", "1"])
    #expect(unknown.output.hasPrefix("temperror\n") && unknown.status == 3)
  }
}
