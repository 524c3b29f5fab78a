import AuditTesting
import DNSData
import Foundation
import Testing

@testable import mailaudit

@Suite struct WaitCommandTests {
  @Test(arguments: [
    (["example.com"], "say what to wait for, with --want, --wanted-zone or --expect"),
    (["example.com", "--want", "example.com TXT"], "--want takes a name, a type and a value"),
    (["example.com", "--want", "example.com BOGUS x"], "\"BOGUS\" is no record type"),
    (["example.com", "--want", "a..b A 192.0.2.1"], "\"a..b\" is no domain name"),
    (["example.com", "--want", "example.com A 192.0.2.256"], "is not an IPv4 address"),
    (["example.com", "--want", "example.com A 192.0.2.1\nb A 192.0.2.2"], "--want takes one record"),
    (["example.com", "--want", "example.com A 192.0.2.1", "--interval", "0"], "--interval takes seconds"),
    (["example.com", "--want", "example.com A 192.0.2.1", "--for", "-1"], "--for"),
    (["example.com", "--want", "example.com A 192.0.2.1", "--offline"], "leave out --offline and --zone"),
    (["example.com", "--wanted-zone", "/nowhere/x.zone"], "cannot read \"/nowhere/x.zone\""),
    (["example.com", "--expect", "/nowhere/x.yaml"], "cannot read \"/nowhere/x.yaml\""),
    (["exa..mple", "--want", "example.com A 192.0.2.1"], "\"exa..mple\" is no domain name"),
    ([], "domain"),
  ])
  func `wrong usage gets a sentence and exit status 2`(arguments: [String], sentence: String) async throws {
    let result = try await Program.mailaudit.run(["wait"] + arguments)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error.contains(sentence), "\(result.error)")
  }

  @Test(arguments: [
    ("example.com TXT v=spf1 mx -all", #"example.com. 0 IN TXT "v=spf1 mx -all""#),
    (#"example.com. txt "v=spf1 " "mx -all""#, #"example.com. 0 IN TXT "v=spf1 " "mx -all""#),
    ("example.com TXT v=DMARC1; p=none", #"example.com. 0 IN TXT "v=DMARC1; p=none""#),
    ("  example.com  MX  10  mail.example.com ", "example.com. 0 IN MX 10 mail.example.com."),
    (
      "_25._tcp.mail.example.com TLSA 3 1 1 " + String(repeating: "ab", count: 32),
      "_25._tcp.mail.example.com. 0 IN TLSA 3 1 1 " + String(repeating: "ab", count: 32)
    ),
    (##"example.com TYPE65280 \# 2 0102"##, ##"example.com. 0 IN TYPE65280 \# 2 0102"##),
  ])
  func `a record is read as people type it`(text: String, record: String) throws {
    #expect(try AwaitedText.record(text).description.lowercased() == record.lowercased())
  }

  @Test func `of a zone file what is the domain's own is waited for`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    let zone = """
      @ SOA ns hostmaster 1 2 3 4 5
      @ NS ns
      @ MX 10 mail
      mail A 192.0.2.1
      example.net. TXT "another's"
      """
    try Data(zone.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let domain = try Name("example.com")
    let records = try AwaitedText.records(inZones: [file.path], origin: nil, below: domain)
    #expect(records.map { "\($0.name.display) \($0.type)" } == ["example.com MX", "mail.example.com A"])
    #expect(throws: Problem.self) {
      try AwaitedText.records(inZones: [file.path], origin: "example.org", below: domain)
    }
  }

  @Test func `where nobody can be asked the answer is unknown`() async throws {
    let result = try await Program.mailaudit.run([
      "wait", "example.com", "--want", "example.com A 192.0.2.1", "--for", "0", "--resolver", "127.0.0.1:9",
      "--timeout", "0.5",
    ])
    #expect(result.status == 3 && result.output.hasPrefix("unknown\nnot asked: "), "\(result.output)")
  }

  @Test func `Ctrl-C ends the wait, and leaves it unknown`() async throws {
    struct Outcome: Decodable {
      let status: Int32
      let output: String
    }
    let program = Program(
      path: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "resolve").path)
    let result = try await program.run([
      "0", Program.mailaudit.path, "wait", "silent.example", "--want", "silent.example A 192.0.2.1",
      "--timeout", "300",
    ])
    let outcome = try JSONDecoder().decode(Outcome.self, from: Data(result.output.utf8))
    #expect(outcome.status == 3 && outcome.output.hasPrefix("unknown\nInterrupted"), "\(outcome.output)")
  }
}
