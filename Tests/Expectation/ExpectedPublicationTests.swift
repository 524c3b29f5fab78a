import AuditTesting
import DNSData
import Evidence
import Expectation
import Testing
import Verdict

@Suite struct ExpectedPublicationTests {
  private static let zone = """
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    mail A 192.0.2.1
    mail AAAA 2001:db8::1

    """

  /// What a server with this zone comes to, by name and type.
  private func states(_ zone: String, failing: [Question] = []) async throws -> [String: ServedState] {
    let site = Sites.snm
    let domain = try #require(site.domain(try Name("example.com")))
    let publication = ExpectedPublication(of: domain, in: site, at: World.time)
    let source = FailingSource(
      try World(zone).source, failing: Dictionary(failing.map { ($0, .timeout) }) { $1 })
    var answers: [Question: Answer] = [:]
    for question in publication.awaited.flatMap(\.questions) {
      answers[question] = await source.answer(question)
    }
    let states = publication.states { answers[$0] }
    #expect(states.count == publication.awaited.count)
    return Dictionary(
      zip(publication.awaited, states).map { ("\($0.name.display) \($0.type)", $1) }
    ) { first, _ in first }
  }

  @Test func `what is as expected is served, by meaning, and more may stand there`() async throws {
    let states = try await states(
      Self.zone.replacing("\"v=spf1 mx -all\"", with: "\"v=spf1 +mx -ALL\"") + "@ MX 20 backup")
    #expect(states["example.com MX"] == .served)
    #expect(states["example.com TXT"] == .served)
    #expect(states["mail.example.com AAAA"] == .served)
  }

  @Test func `what is missing or wrong is lacking, with what is there`() async throws {
    let states = try await states(Self.zone.replacing("10 mail", with: "10 other"))
    guard case .lacking(let wanted, let instead) = states["example.com MX"] else {
      Issue.record("\(states)")
      return
    }
    #expect(wanted.map(\.data) == [.mx(MX(preference: 10, exchange: try Name("mail.example.com")))])
    #expect(instead.map(\.data) == [.mx(MX(preference: 10, exchange: try Name("other.example.com")))])
    guard case .lacking(_, let nothing) = states["_dmarc.example.com TXT"] else {
      Issue.record("\(states)")
      return
    }
    #expect(nothing.isEmpty)
  }

  @Test func `what was not answered is unknown and never lacking`() async throws {
    let states = try await states(Self.zone, failing: [Question(try Name("example.com"), .mx)])
    #expect(states["example.com MX"] == .unknown(.timeout))
  }
}
