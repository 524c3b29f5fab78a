import AuditTesting
import ChangePlan
import DKIM
import DNSData
import Evidence
import Expectation
import MTASTS
import Reports
import Testing

@Suite struct PlanReportTests {
  /// Everything at once: a key to be published, one out of use, a pin to be changed, another MX host.
  private func plan(
    _ zone: String, failing: Bool = false, policy mode: MTASTSMode = .enforce
  ) async throws -> Plan {
    let (old, new) = (try Name("old.example.com"), try Name("new.example.com"))
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(new)]
    domain.mtasts = ExpectedMTASTS(mode: mode, maxAge: 604_800)
    domain.selectors = [
      ExpectedSelector("mail", .signing),
      ExpectedSelector(
        "next", .planned, key: DKIMKeyPublication(key: .ed25519([UInt8](repeating: 1, count: 32)))),
      ExpectedSelector("gone", .retired), ExpectedSelector("stolen", .revoked),
      ExpectedSelector("late", .retiring(since: World.time)),
    ]
    var host = ExpectedHost(new)
    host.pins = [
      ExpectedPin(.current, digest: [UInt8](repeating: 1, count: 32), file: "a.pem"),
      ExpectedPin(.next, digest: [UInt8](repeating: 2, count: 32), file: "b\n\u{1B}[2J.pem"),
    ]
    let site = ExpectedSite(hosts: [host, ExpectedHost(old)], domains: [domain])
    let source = try World(zone).source
    var answers: [Question: Answer] = [:]
    while true {
      let known = answers
      switch Plan.evaluate(domain, of: site, at: World.time, policy: nil, answers: { known[$0] }) {
      case .result(let plan): return plan
      case .needs(let questions):
        for question in questions {
          answers[question] =
            failing
            ? Answer(question, .failure(.timeout), from: .nobody, at: World.time)
            : await source.answer(question)
        }
      }
    }
  }

  private let zone = """
    @ MX 10 old
    _mta-sts TXT "v=STSv1; id=1;"
    gone._domainkey TXT "v=DKIM1; k=ed25519; p=t2a9WK2qFAD01Uimk/URfrCJPQ1FOgO+AhvTgxjQDXs=; n=\\010\\027[2Jsend"
    stolen._domainkey TXT "v=DKIM1; k=ed25519; p=t2a9WK2qFAD01Uimk/URfrCJPQ1FOgO+AhvTgxjQDXs="
    late._domainkey TXT "v=DKIM1; k=ed25519; p=t2a9WK2qFAD01Uimk/URfrCJPQ1FOgO+AhvTgxjQDXs="
    """

  @Test func `plans of every kind are what the schema says`() async throws {
    let plans = [
      try await plan(zone), try await plan(""), try await plan("", failing: true),
      try await plan(zone, policy: .none),
    ]
    #expect(plans[0].procedures.count == 3)
    #expect(plans[2].procedures.isEmpty)
    for plan in plans {
      let result = try await ReportSchema("Plan/plan").validate(PlanJSON(plan, tool: "mailaudit test").text())
      #expect(result.status == 0, "\(result.error)")
    }
  }

  @Test func `the text has every step with its moment, and no control character`() async throws {
    let plan = try await plan(zone)
    let text = PlanReport(plan).text
    let bad = text.unicodeScalars.filter { $0 != "\n" && $0.properties.generalCategory == .control }
    #expect(bad.isEmpty)
    let steps = plan.procedures.flatMap(\.steps)
    #expect(
      text.split(separator: "\n").count { $0.wholeMatch(of: /[0-9]+\..*(Now|Done|Not before).*/) != nil }
        == steps.count)
    #expect(text.contains("Not before 2026-11-26T04:05:06Z"))
    #expect(PlanReport(try await self.plan("", failing: true)).text.contains("is not in the plan"))
  }
}
