import AuditTesting
import DNSData
import Evidence
import Foundation
import Reports
import Testing

@Suite struct WaitReportTests {
  private static let moment = Timestamp(seconds: 1_795_233_906)

  private func record(_ text: String) throws -> Record { try Record(text) }

  private func server(
    _ name: String, _ address: String, _ states: [ServedState]
  ) throws -> PublicationState.Server {
    let awaited = AwaitedRecords(try record(#"example.com. TXT "v=spf1 mx -all""#))
    return .init(
      [try Name(name)], try #require(ServerAddress(address)), states.map { .init(awaited, $0) })
  }

  private func state(
    _ servers: [PublicationState.Server], unasked: [PublicationState.Unasked] = []
  ) -> PublicationState { PublicationState(servers, unasked: unasked, at: Self.moment) }

  @Test func `served is one word and a line for each server`() throws {
    let report = WaitReport(
      state([
        try server("ns1.example.net", "192.0.2.1", [.served]),
        try server("ns2.example.net", "2001:db8::2", [.served]),
      ]), .served)
    #expect(
      report.text == "served\nns1.example.net 192.0.2.1: 1 of 1\nns2.example.net 2001:db8::2: 1 of 1\n")
  }

  @Test func `what a server lacks stands below it, with what it serves instead`() throws {
    let wanted = try record(#"example.com. TXT "v=spf1 mx -all""#)
    let old = try record(#"example.com. TXT "v=spf1 -all""#)
    let report = WaitReport(
      state(
        [
          try server("ns1.example.net", "192.0.2.1", [.lacking([wanted], instead: [old]), .served]),
          try server("ns2.example.net", "192.0.2.2", [.lacking([wanted], instead: [])]),
          try server("ns3.example.net", "192.0.2.3", [.withoutAuthority]),
          try server("ns4.example.net", "192.0.2.4", [.unknown(.timeout)]),
        ], unasked: [.noAddress(of: try Name("ns5.example.net"))]), .timeOver)
    #expect(report.word == .lacking)
    #expect(
      report.text == """
        lacking
        ns1.example.net 192.0.2.1: 1 of 2
          lacks: example.com TXT "v=spf1 mx -all"
          instead: example.com TXT "v=spf1 -all"
        ns2.example.net 192.0.2.2: 0 of 1
          lacks: example.com TXT "v=spf1 mx -all"
          instead: nothing
        ns3.example.net 192.0.2.3: 0 of 1
          lacks: example.com TXT "v=spf1 mx -all"
          instead: it does not speak for the zone
        ns4.example.net 192.0.2.4: 0 of 1
          unknown: example.com TXT: no answer in time
        not asked: ns5.example.net has no address to ask at

        """)
  }

  @Test func `who is interrupted does not know, whatever was lacking`() throws {
    let report = WaitReport(
      state([try server("ns1.example.net", "192.0.2.1", [.withoutAuthority])]), .interrupted)
    #expect(report.word == .unknown)
    #expect(report.text.hasPrefix("unknown\nInterrupted"))
    #expect(report.text.contains("lacks: example.com TXT"))
  }

  @Test func `what servers say is bounded and printable`() throws {
    let wanted = try record(#"example.com. TXT "v=spf1 mx -all""#)
    let name = try Name("example.com")
    let texts = (0..<40).map { Record(name, ttl: 1, .txt(TXT("\u{1B}[31m\u{202E}\($0)"))) }
    let text = WaitReport(
      state([try server("ns1.example.net", "192.0.2.1", [.lacking([wanted], instead: texts)])]), .timeOver
    ).text
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    #expect(text.contains("instead: 32 more\n"))
  }

  @Test func `programs get the same`() throws {
    struct Document: Decodable {
      struct Server: Decodable {
        struct Finding: Decodable {
          let state: String
          let lacking: [String]?
          let instead: [String]?
        }
        let names: [String]
        let address: String
        let served: Int
        let wanted: Int
        let records: [Finding]
      }
      let format: String
      let domain: String
      let result: String
      let ended: String
      let seconds: Int
      let servers: [Server]
      let unasked: [String]
    }
    let wanted = try record(#"example.com. TXT "v=spf1 mx -all""#)
    let report = WaitReport(
      state(
        [try server("ns1.example.net", "192.0.2.1", [.lacking([wanted], instead: []), .served])],
        unasked: [.tooMany(of: try Name("example.com"))]), .timeOver)
    let json = try report.json(
      domain: try Name("example.com"), waited: .milliseconds(3999), tool: "mailaudit")
    let document = try JSONDecoder().decode(Document.self, from: Data(json.utf8))
    #expect(document.format == "mailaudit.wait" && document.domain == "example.com")
    #expect(document.result == "lacking" && document.ended == "time-over" && document.seconds == 3)
    let server = try #require(document.servers.first)
    #expect(server.names == ["ns1.example.net"] && server.address == "192.0.2.1")
    #expect(server.served == 1 && server.wanted == 2)
    #expect(server.records.map(\.state) == ["lacking", "served"])
    #expect(server.records.first?.lacking == [#"example.com TXT "v=spf1 mx -all""#])
    #expect(server.records.first?.instead == [])
    #expect(document.unasked.count == 1)
  }
  @Test func `waits of every kind are what the schema says`() async throws {
    let wanted = try record(#"example.com. TXT "v=spf1 mx -all""#)
    let old = try record(#"example.com. TXT "\000\027[2J""#)
    let states: [ServedState] = [
      .served, .lacking([wanted], instead: [old]), .lacking([], instead: [old]), .withoutAuthority,
      .unknown(.timeout), .unknown(.malformed("\u{1B}[31m")),
    ]
    let example = try Name("example.com")
    let full = state(
      [
        try server("ns1.example.net", "192.0.2.1", states),
        try server("ns2.example.net", "2001:db8::2", [.served]),
      ],
      unasked: [
        .noServers(of: example), .noAddress(of: example), .tooMany(of: example),
        .lookUp(Question(example, .ns), .timeout),
      ])
    let reports = [
      WaitReport(full, .timeOver), WaitReport(full, .interrupted),
      WaitReport(state([try server("ns1.example.net", "192.0.2.1", [.served])]), .served),
      WaitReport(state([], unasked: [.noServers(of: example)]), .timeOver),
    ]
    let schema = ReportSchema("Wait/wait")
    for report in reports {
      let json = try report.json(domain: example, waited: .seconds(3), tool: "mailaudit test")
      let result = try await schema.validate(json)
      #expect(result.status == 0, "\(result.error)")
      for (old, new) in [("\"version\" : 1", "\"version\" : 2"), ("\"unasked\"", "\"unknown\"")] {
        #expect(json.contains(old))
        #expect(try await schema.validate(json.replacing(old, with: new)).status != 0)
      }
    }
  }
}
