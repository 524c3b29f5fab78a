import AuditTesting
import ChangePlan
import DNSData
import Evidence
import Reports
import Rules
import Testing
import Verdict

/// Everything a stranger could put into the DNS to play tricks on a reader.
private let hostile = """
  @ MX 10 mail
  @ TXT "v=spf1 mx \\027[31mred\\027[0m\\010\\013 <script>alert(1)</script> \\226\\128\\174 -all"
  mail A 192.0.2.1
  _dmarc TXT "v=DMARC1; p=\\"none\\"\\000\\155\\194\\155"
  1.2.0.192.in-addr.arpa. PTR evil\\027\\010name.example.com.
  """

private struct Rendered {
  let terminal: String
  let json: String
  let zone: String
  let others: [String]

  init(_ zone: String, detail: TerminalReport.Detail = .full) async throws {
    let snapshot = try await World(zone).snapshot(senders: ["192.0.2.1"])
    let scorecard = Scorecard(Facts(snapshot), rules: Rule.catalog)
    let result = AuditResult(snapshot, scorecard, displayName: "example.com")
    terminal = TerminalReport(result, colour: .none, detail: detail).text
    json = try JSONReport([result], tool: "test").text()
    self.zone = ZoneReport(result.changes).text
    var alert = AlertReport(Limits())
    alert.add(result)
    var summary = AuditSummary(Limits())
    summary.add(result)
    others = [
      alert.text(of: 1), summary.text, MarkdownReport([result], Limits(), of: 1).text,
      JUnitReport([result], Limits()).text, NagiosReport([result], Limits(), of: 1).text,
      try SARIFReport([result], zones: [], version: "1", of: 1).text(),
      try NDJSONReport(result, tool: "test").line(),
    ]
  }
}

@Suite struct ReportTests {
  @Test func `no report lets a control or bidirectional character through`() async throws {
    let rendered = try await Rendered(hostile)
    for text in [rendered.terminal, rendered.zone] + rendered.others {
      let bad = text.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
      }
      #expect(bad.isEmpty, "\(bad)")
    }
    #expect(!rendered.json.contains("\u{1B}") && !rendered.json.contains("\u{202E}"))
    #expect(rendered.terminal.contains("\\x{1b}"))
  }

  @Test func `the lines to paste are read back as the records that were meant, and as nothing else`()
    async throws
  {
    let zone = "@ MX 10 mail\n@ TXT \"v=spf1 ipv4:192.0.2.1 -all\"\nmail A 192.0.2.1"
    let snapshot = try await World(zone).snapshot(senders: ["192.0.2.1"])
    let changes = ZoneChanges(mending: Scorecard(Facts(snapshot), rules: Rule.catalog))
    let file = try ZoneFile(name: "paste", octets: Array(ZoneReport(changes).text.utf8))
    #expect(file.records == changes.changes.flatMap(\.publish))
    #expect(!file.records.isEmpty)
  }

  @Test func `a hostile record adds no line of its own to the lines to paste`() async throws {
    let rendered = try await Rendered(hostile)
    for line in rendered.zone.split(separator: "\n") {
      #expect(line.hasPrefix(";") || line.contains(" IN "), "\(line)")
    }
  }

  @Test(arguments: [TerminalReport.Detail.brief, .full])
  func `the terminal report fits eighty columns, except for records`(detail: TerminalReport.Detail)
    async throws
  {
    let zone =
      "@ MX 10 mail\n@ TXT \"v=spf1 mx include:gone.example -all\"\nmail A 192.0.2.1\nmail A 10.0.0.1"
    let text = try await Rendered(zone, detail: detail).terminal
    let head = text.split(separator: "Records to paste").first ?? ""
    for line in head.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `the terminal report says what, why, fix, who said it, and the record to paste`() async throws {
    let text = try await Rendered("@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1", detail: .brief)
      .terminal
    for part in [
      "critical  A sending address has no reverse name", "host.ptr-missing", "what", "why", "fix",
      "says example",
      "1.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com.", "Not tested",
      "dkim.active-selector-unpublished",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test func `unknown is told apart from missing, with its cause and who said it`() async throws {
    let question = Question(try Name("example.com"), .txt)
    let world = World(
      asking: FailingSource(
        try World("@ MX 10 mail\nmail A 192.0.2.1").source, failing: [question: .serverFailure]))
    let snapshot = try await world.snapshot()
    let scorecard = Scorecard(Facts(snapshot), rules: Rule.catalog)
    let text = TerminalReport(
      AuditResult(snapshot, scorecard, displayName: "example.com"), colour: .none, detail: .brief
    ).text
    #expect(text.contains("Could not tell"))
    #expect(text.contains("example.com TXT: the server failed (SERVFAIL)"))
    #expect(!text.contains("has no SPF record"))
  }
}
