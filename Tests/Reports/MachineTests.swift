import AuditTesting
import DNSData
import Evidence
import Reports
import Rules
import Testing
import Verdict

/// What reports say of the machine and its network.
@Suite struct MachineTests {
  private static let server = "192.0.2.53"
  private static let open = DirectPortFacts(.v4, asked: [], datagrams: .open, stream: .open)

  private func resolver(
    _ standing: ResolverFacts.Standing = .answers, signatures: ResolverFacts.Signatures = .passed,
    validates: Bool = true, denials: [ResolverFacts.Denial] = [.truthful], stream: LookupFailure? = nil
  ) throws -> ResolverFacts {
    ResolverFacts(
      try #require(ServerAddress(Self.server)), standing, signatures: signatures, claimsValidation: validates,
      denials: denials, streamFailure: stream)
  }

  private func result(_ network: NetworkFacts?) async throws -> AuditResult {
    let world = try World("@ MX 10 mail\nmail A 192.0.2.1")
    let collected = try await world.snapshot()
    var snapshot = Snapshot(
      request: collected.request,
      environment: Environment(
        resolvers: [Self.server].compactMap(ServerAddress.init), zoneFiles: [], suffixList: "test",
        network: network), started: World.time)
    for answer in collected.answers { snapshot.add(answer, round: 1) }
    return AuditResult(
      snapshot, Scorecard(Facts(snapshot), rules: Rule.catalog), displayName: "example.com")
  }

  private func terminal(_ result: AuditResult) -> String {
    TerminalReport(result, colour: .none, detail: .brief).text
  }

  private func words(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func doctor(_ network: NetworkFacts) async throws -> DoctorReport {
    DoctorReport(try await result(network).snapshot, tool: "mailaudit test")
  }

  @Test func `a machine that is well has one line at the head, and the doctor says ok`() async throws {
    let well = NetworkFacts(
      resolvers: [try resolver(validates: false)], directPorts: [Self.open], clock: .fits)
    let result = try await result(well)
    #expect(terminal(result).contains("Machine nothing stands in the way of an audit\n"))
    #expect(!terminal(result).split(separator: "\n").contains("This machine"))
    #expect(!MarkdownReport([result], Limits(), of: 1).text.contains("This machine"))
    let doctor = try await doctor(well)
    #expect(doctor.word == .ok)
    #expect(doctor.text.hasPrefix("ok\n"))
    #expect(words(doctor.text).contains("does not say that it validates"))
    let json = try doctor.json()
    let schema = ReportSchema("Machine/doctor")
    #expect(try await schema.validate(json).status == 0)
    for (old, new) in [("\"ok\"", "\"fine\""), ("\"environment\"", "\"machine\"")] {
      #expect(json.contains(old))
      #expect(try await schema.validate(json.replacing(old, with: new)).status != 0)
    }
  }

  @Test func `of what nobody looked at nothing is said`() async throws {
    let lines = terminal(try await result(nil)).split(separator: "\n")
    #expect(!lines.contains { $0.hasPrefix("Machine ") || $0 == "This machine" })
  }

  private static let troubles: [(String, @Sendable (MachineTests) throws -> NetworkFacts)] = [
    ("strips DNSSEC", { try $0.facts($0.resolver(signatures: .missing)) }),
    ("knows no keys of the root", { try $0.facts($0.resolver(signatures: .noKeys)) }),
    ("does not tell the root's keys", { try $0.facts($0.resolver(signatures: .unknown(.timeout))) }),
    (
      "gives names that do not exist the address 203.0.113.9",
      {
        try $0.facts($0.resolver(denials: [.invented(["203.0.113.9"].compactMap(IPAddress.init))]))
      }
    ),
    ("says of names that do not exist that they do", { try $0.facts($0.resolver(denials: [.noData])) }),
    ("denies that the DNS has a root", { try $0.facts($0.resolver(.deniesRoot)) }),
    ("does not answer over TCP (no answer in time)", { try $0.facts($0.resolver(stream: .timeout)) }),
    ("do not answer this machine over IPv6", { try $0.facts($0.resolver(), v6: .silent) }),
    ("cannot be reached over IPv6", { try $0.facts($0.resolver(), v6: .unreachable) }),
    (
      "Somebody answers in place of the root's name servers over IPv6",
      { try $0.facts($0.resolver(), v6: .intercepted) }
    ),
    (
      "The clock is slow: signatures of the root begin to hold 1 day later",
      { try $0.facts($0.resolver(), clock: .behind(86_400)) }
    ),
    ("those of the root ended 2 hours ago", { try $0.facts($0.resolver(), clock: .ahead(7300)) }),
  ]

  private func facts(
    _ resolver: ResolverFacts, v6: DirectPortFacts.Passage = .open, clock: ClockStanding = .fits
  ) -> NetworkFacts {
    NetworkFacts(
      resolvers: [resolver],
      directPorts: [Self.open, DirectPortFacts(.v6, asked: [], datagrams: v6, stream: v6)], clock: clock)
  }

  @Test(arguments: troubles.indices)
  func `each trouble is told at the head of every report, and by the doctor`(index: Int) async throws {
    let (sentence, make) = Self.troubles[index]
    let network = try make(self)
    let result = try await result(network)
    let text = terminal(result)
    let head = try #require(text.components(before: "\nMX"))
    #expect(head.contains("This machine") && words(head).contains(sentence), "\(head)")
    for line in text.split(separator: "\n") where !line.contains(" IN ") {
      #expect(line.count <= 80, "\(line)")
    }
    #expect(MarkdownReport([result], Limits(), of: 1).text.contains("**This machine**"))
    #expect(try HTMLReport([result], tool: "test").text().contains("<dt>This machine</dt>"))
    #expect(try JSONReport([result], tool: "test").text().contains(sentence))
    let doctor = try await doctor(network)
    #expect(doctor.word == .trouble)
    #expect(words(doctor.text).contains(sentence))
    let schema = try await ReportSchema("Machine/doctor").validate(doctor.json())
    #expect(schema.status == 0, "\(schema.error)")
  }

  @Test func `the doctor tells nobody from trouble`() async throws {
    let silent = try resolver(.fails(.timeout))
    let nobody = try await doctor(NetworkFacts(resolvers: [silent], directPorts: [], clock: .unknown))
    #expect(nobody.word == .unknown)
    let one = try await doctor(
      NetworkFacts(resolvers: [silent, try resolver()], directPorts: [], clock: .fits))
    #expect(one.word == .trouble)
  }

  @Test func `ways through UDP and TCP are told apart where they differ`() async throws {
    let port = DirectPortFacts(.v4, asked: [], datagrams: .open, stream: .silent)
    let text = try await doctor(
      NetworkFacts(resolvers: [try resolver()], directPorts: [port], clock: .fits)
    ).text
    #expect(words(text).contains("Name servers do not answer this machine over IPv4 by TCP"))
    #expect(words(text).contains("Name servers answer this machine over IPv4 by UDP"))
  }

  @Test func `what a failure says is printable`() async throws {
    let network = facts(
      try resolver(stream: .malformed("\u{1B}[31m<script>")), v6: .failed(.malformed("\u{202E}`@x")))
    let result = try await result(network)
    for text in [
      terminal(result), MarkdownReport([result], Limits(), of: 1).text, try await doctor(network).text,
      try HTMLReport([result], tool: "test").text(),
    ] {
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
    let page = try HTMLReport([result], tool: "test").text()
    #expect(!page.contains("<script>"))
    #expect(!MarkdownReport([result], Limits(), of: 1).text.contains("<script>"))
  }

  @Test func `what is not tested because of the machine points to its section`() {
    let reasons = [NotTested.familyMissing, .smtpBlocked, .directPortClosed]
    for reason in NotTested.allCases {
      #expect(reason.remedy.contains("see \"This machine\"") == reasons.contains(reason), "\(reason)")
    }
  }
}

extension String {
  fileprivate func components(before mark: String) -> String? {
    split(separator: mark, maxSplits: 1).first.map(String.init)
  }
}
