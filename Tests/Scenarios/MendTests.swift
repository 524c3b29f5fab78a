import AuditTesting
import ChangePlan
import DNSData
import IDN
import Rules
import Testing
import Verdict

/// What is proposed in a scenario is published, one mend at a time, and the audit made again.
@Suite struct MendTests {
  @Test(arguments: ScenarioTests.cases(in: ScenarioTests.scenarios))
  func `a mend makes its finding go away and causes no other`(_ scenario: ScenarioTests.Case) async throws {
    try await check(scenario.expectation, in: [scenario.zone])
  }

  /// The zoo without its servers and blocklists: what is wrong with those is for the Lab.
  @Test(
    arguments: ScenarioTests.cases(in: ScenarioTests.zoo).filter {
      !$0.expectation.options.contains("--blocklists") && !$0.expectation.options.contains("--probe")
    })
  func `so does a mend in the zoo`(_ scenario: ScenarioTests.Case) async throws {
    let zones = ScenarioTests.zoo + ScenarioTests.internet
    try await check(scenario.expectation, in: zones + [try ZoneFile.reverse(of: zones)])
  }

  /// Where two mends want one record set changed differently, the second is proposed once the first is live.
  @Test(arguments: ScenarioTests.cases(in: ScenarioTests.scenarios))
  func `all that is proposed, published together and twice at most, leaves nothing to propose`(
    _ scenario: ScenarioTests.Case
  ) async throws {
    let expectation = scenario.expectation
    var zones = [scenario.zone]
    func changes() async throws -> [ZoneChanges.Change] {
      let facts = try await World(zones).facts(
        of: try Name(userInput: expectation.domain).display, selectors: expectation.selectors,
        senders: expectation.senders, signed: expectation.assumedSecure)
      return ZoneChanges(mending: Scorecard(facts, rules: Rule.catalog)).changes
    }
    for _ in 1...2 {
      let plan = try await changes()
      guard !plan.isEmpty else { return }
      zones = try zones.publishing(
        Mend(publish: plan.flatMap(\.publish), remove: plan.flatMap(\.remove)))
    }
    let left = try await changes()
    #expect(left.isEmpty, "\(left.map { "\($0.name) \($0.type): \($0.reasons)" })")
  }

  private func check(_ expectation: ZoneExpectation, in zones: [ZoneFile]) async throws {
    let domain = try Name(userInput: expectation.domain).display
    let trials = try await MendTrial.all(of: Rule.catalog, in: zones, catalog: Rule.catalog) { world in
      try await world.facts(
        of: domain, selectors: expectation.selectors, senders: expectation.senders,
        signed: expectation.assumedSecure)
    }
    for trial in trials { #expect(trial.objections.isEmpty, "\(trial)") }
  }
}

extension ZoneFile {
  /// The PTR records that `;; ptr ADDRESS NAME` lines stand for.
  fileprivate static func reverse(of zones: [ZoneFile]) throws -> ZoneFile {
    let lines = zones.flatMap(\.annotations).compactMap { annotation -> String? in
      let words = annotation.text.split(separator: " ").map(String.init)
      guard words.count == 3, words[0] == "ptr", let address = IPAddress(words[1]) else { return nil }
      return "\(address.reverseName) PTR \(words[2])\n"
    }
    return try ZoneFile(name: "reverse", octets: Array(lines.joined().utf8))
  }
}
