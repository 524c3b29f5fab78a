import AuditTesting
import Foundation
import Testing

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
