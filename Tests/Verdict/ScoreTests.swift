import AuditTesting
import DNSData
import Rules
import Testing
import Verdict

/// The published formula, written down here a second time from `Score.weights` and `Score.losses` alone.
@Suite struct ScoreTests {
  /// nil when nothing was judged; not rounded. `mended` is the id of a rule that counts as passed.
  private static func formula(_ results: [RuleResult], mending mended: String? = nil) -> Double? {
    var lost: [Topic: Double] = [:]
    for result in results {
      switch result.rule.id == mended ? .passed : result.outcome {
      case .passed: lost[result.rule.topic, default: 0] += 0
      case .failed: lost[result.rule.topic, default: 0] += Score.losses[result.severity] ?? .nan
      case .notApplicable, .unknown, .notTested, .waived: break
      }
    }
    let judged = results.filter { $0.outcome == .passed || $0.outcome == .failed }
    if !judged.contains(where: { $0.rule.topic == .dnsbl && $0.severity != .info }) { lost[.dnsbl] = nil }
    guard !lost.isEmpty else { return nil }
    let weight = lost.keys.reduce(0) { $0 + (Score.weights[$1] ?? .nan) }
    return lost.reduce(0) { $0 + 100 * (Score.weights[$1.key] ?? .nan) * (1 - min(1, $1.value)) } / weight
  }

  private static func scorecard(_ rules: [Rule]) async throws -> Scorecard {
    Scorecard(try await World("@ A 192.0.2.1").facts(), rules: rules)
  }

  /// What every audit asks.
  private static let usualTopics = Topic.allCases.filter {
    ![.dnssec, .dnsbl, .srs, .web, .config].contains($0)
  }

  /// A topic each, so that their shares do not mix.
  private static let allPassed = usualTopics.map { Rule.passing("\($0.rawValue).sound") }

  // MARK: - The number

  @Test(arguments: Rule.catalog)
  func `the formula reproduces the score of every flagged example, and points are what a mended rule gains`(
    _ rule: Rule
  ) async throws {
    for example in rule.examples where example.verdict != .passes {
      let facts = try await World(example.zone).facts(
        for: example)
      let scorecard = Scorecard(facts, rules: Rule.catalog)
      let exact = try #require(Self.formula(scorecard.results))
      #expect(scorecard.score.value == Int((exact + 1e-9).rounded()), "\(rule.id): \(example.title)")
      for result in scorecard.results {
        let mended =
          result.outcome == .failed ? Self.formula(scorecard.results, mending: result.rule.id) : exact
        #expect(
          result.points == Int((try #require(mended) - exact + 1e-9).rounded()),
          "\(rule.id): \(example.title)")
      }
    }
  }

  @Test func `every topic and every severity has its number`() {
    #expect(Set(Score.weights.keys) == Set(Topic.allCases))
    #expect(Self.usualTopics.compactMap { Score.weights[$0] }.reduce(0, +) == 100)
    #expect(Set(Score.losses.keys) == Set(Severity.allCases))
    let losses = Severity.allCases.sorted().compactMap { Score.losses[$0] }
    #expect(losses == losses.sorted())
  }

  @Test func `a domain without faults has 100, and one of which nothing is known has no score`() async throws
  {
    #expect(try await Self.scorecard(Self.allPassed).score.value == 100)
    let score = try await Self.scorecard([.unknown("mx.a"), .notTested("spf.a"), .absent("dkim.a")]).score
    #expect(score.value == nil)
    #expect(score.grade == nil)
    #expect(score.coverage == 0)
  }

  @Test func `info costs nothing`() async throws {
    #expect(try await Self.scorecard([.failing("mx.a", .info)]).score.value == 100)
  }

  @Test func `a topic loses at most all of its weight`() async throws {
    let scorecard = try await Self.scorecard(
      [.failing("mx.a", .critical), .failing("mx.b", .critical), .passing("host.a")])
    #expect(scorecard.score.topics[.mx] == 0)
    #expect(scorecard.score.value == 48)
    // One of the two alone gains nothing.
    #expect(scorecard.results.map(\.points) == [0, 0, 0])
  }

  @Test func `the worst fault of a rule counts, once`() async throws {
    let scorecard = try await Self.scorecard([
      .failing("mx.a", .critical, faults: [.low, .high, .high, .medium])
    ])
    #expect(scorecard.results.map(\.severity) == [.high])
    #expect(scorecard.score.value == 50)
    #expect(scorecard.results.map(\.points) == [50])
  }

  @Test func `a topic of which nothing was judged takes no part`() async throws {
    let judged: [Rule] = [.failing("mx.a", .high), .passing("host.a")]
    let value = try await Self.scorecard(judged).score.value
    for silent in [Rule.unknown("spf.a"), .notTested("spf.a"), .absent("spf.a")] {
      #expect(try await Self.scorecard(judged + [silent]).score.value == value)
    }
  }

  @Test func `blocklists of which only info was judged take no part`() async throws {
    let judged: [Rule] = [.failing("mx.a", .high), .passing("host.a")]
    let value = try await Self.scorecard(judged).score.value
    let refusing: [Rule] = [.failing("dnsbl.a", .info), .passing("dnsbl.b", .info), .notTested("dnsbl.c")]
    #expect(try await Self.scorecard(judged + refusing).score.value == value)
    #expect(try await Self.scorecard(judged + refusing + [.passing("dnsbl.d")]).score.value == 84)
  }

  // MARK: - Coverage

  @Test func `coverage is the share of the judged in the weight of what applies`() async throws {
    let judged: [Rule] = [.passing("mx.a"), .failing("spf.a", .high)]
    #expect(try await Self.scorecard(judged).score.coverage == 100)
    #expect(try await Self.scorecard(judged + [.absent("dkim.a")]).score.coverage == 100)
    #expect(try await Self.scorecard(judged + [.unknown("dkim.a")]).score.coverage == 67)
    #expect(try await Self.scorecard(judged + [.notTested("dkim.a")]).score.coverage == 67)
    #expect(try await Self.scorecard(judged + [.unknown("dkim.a", .critical)]).score.coverage == 50)
    let score = try await Self.scorecard(
      judged + [.unknown("dkim.a"), .notTested("dkim.b"), .absent("mx.b")]
    ).score
    #expect([score.judged, score.unknown, score.notTested] == [2, 1, 1])
  }

  // MARK: - Grades

  @Test(arguments: [
    (Severity.low, 100, "A"), (.medium, 98, "A"), (.high, 96, "B"), (.critical, 92, "D"),
  ])
  func `what is broken now holds the grade down, however little it weighs`(
    _ severity: Severity, _ value: Int, _ grade: String
  ) async throws {
    let score = try await Self.scorecard(Self.allPassed + [.failing("dns.sick", severity)]).score
    #expect(score.value == value)
    #expect(score.grade == grade)
  }

  @Test func `the value decides the grade where it is the worse of the two`() async throws {
    let half: [Rule] = [.failing("mx.a", .high), .failing("spf.a", .high)]
    #expect(try await Self.scorecard(half).score.grade == "D")
    #expect(try await Self.scorecard([.failing("mx.a", .critical)]).score.grade == "F")
  }

  // MARK: - --min-score

  private static func status(_ rules: [Rule], minimum: Int, failOn: Severity = .high) async throws
    -> Verdict.ExitStatus
  {
    var limits = Limits()
    limits.minimumScore = minimum
    limits.failOn = failOn
    return try await scorecard(rules).exitStatus(limits)
  }

  @Test func `a score below the minimum is a finding, one that reaches it is fine`() async throws {
    let rules = allPassedAndTwoMediums
    let value = try #require(try await Self.scorecard(rules).score.value)
    #expect(try await Self.status(rules, minimum: value) == .fine)
    #expect(try await Self.status(rules, minimum: value + 1) == .findings)
    #expect(try await Self.scorecard(rules).exitStatus(Limits()) == .fine)
  }

  @Test func `a good score does not excuse a finding at the limit`() async throws {
    let rules = Self.allPassed + [.failing("dns.sick", .high)]
    #expect(try await Self.status(rules, minimum: 50) == .findings)
    #expect(try await Self.status(rules, minimum: 50, failOn: .critical) == .fine)
  }

  @Test func `with too little judged a score is no ground for a verdict`() async throws {
    let unknown: [Rule] = [.unknown("mx.a", .medium), .unknown("mx.b", .medium)]
    let rules: [Rule] = [.passing("spf.a", .medium)] + unknown
    #expect(try await Self.scorecard(rules).exitStatus(Limits()) == .fine)
    #expect(try await Self.status(rules, minimum: 0) == .unknown)
    #expect(try await Self.status([.notTested("mx.a")], minimum: 0) == .unknown)
    #expect(try await Self.status(unknown + [.failing("spf.a", .critical)], minimum: 0) == .findings)
  }

  @Test func `exactly the coverage that is needed is enough`() async throws {
    let rules: [Rule] =
      ["a", "b", "c"].map { .passing("mx.\($0)", .medium) }
      + ["d", "e"].map { .unknown("mx.\($0)", .medium) }
    #expect(try await Self.scorecard(rules).score.coverage == Score.neededCoverage)
    #expect(try await Self.status(rules, minimum: 100) == .fine)
  }

  private var allPassedAndTwoMediums: [Rule] {
    Self.allPassed + [.failing("mx.a", .medium), .failing("dkim.a", .medium)]
  }

  // MARK: - Exit status

  @Test func `below the limit neither a fault nor an unknown decides`() async throws {
    #expect(
      try await Self.scorecard([.failing("mx.a", .medium), .unknown("spf.a", .medium)]).exitStatus(Limits())
        == .fine)
    var limits = Limits()
    limits.failOn = .medium
    #expect(
      try await Self.scorecard([.passing("mx.a"), .unknown("spf.a", .medium)]).exitStatus(limits) == .unknown)
    #expect(
      try await Self.scorecard([.failing("mx.a", .medium), .unknown("spf.a")]).exitStatus(limits) == .findings
    )
  }

  @Test func `over several domains a fault outranks not knowing, and a wrong call outranks both`() {
    #expect(
      [Verdict.ExitStatus.fine, .unknown, .findings, .usage].sorted() == [.fine, .unknown, .findings, .usage])
    #expect([Verdict.ExitStatus.unknown, .findings, .fine].max() == .findings)
  }
}

// MARK: - Rules that come out as they are told

private struct Present: Subject {
  static func observe(_ facts: Facts) -> Observation<Present> { Observation([Present()]) }
}

private struct Absent: Subject {
  static func observe(_ facts: Facts) -> Observation<Absent> { .notApplicable }
}

private struct Silent: Subject {
  static func observe(_ facts: Facts) -> Observation<Silent> {
    let question = Question(facts.domain, .mx)
    return Observation([], gaps: [Gap(Answer(question, .failure(.timeout), from: .nobody, at: World.time))])
  }
}

private struct Unasked: Subject {
  static func observe(_ facts: Facts) -> Observation<Unasked> {
    Observation([], gaps: [Gap(Place(facts.domain), .notTested(.noSender))])
  }
}

extension Rule {
  fileprivate static func passing(_ id: String, _ severity: Severity = .high) -> Rule {
    Rule(id, about: Present.self, severity)
  }

  /// `faults` are the severities of its faults.
  fileprivate static func failing(_ id: String, _ severity: Severity, faults: [Severity?] = [nil]) -> Rule {
    Rule(id, about: Present.self, severity, faults: faults)
  }

  fileprivate static func absent(_ id: String) -> Rule { Rule(id, about: Absent.self, .high) }
  fileprivate static func notTested(_ id: String) -> Rule { Rule(id, about: Unasked.self, .high) }
  fileprivate static func unknown(_ id: String, _ severity: Severity = .high) -> Rule {
    Rule(id, about: Silent.self, severity)
  }

  private init<S: Subject>(
    _ id: String, about subject: S.Type, _ severity: Severity, faults: [Severity?] = []
  ) {
    self.init(
      id, "A rule for tests", about: subject, severity: severity, why: "Tests.", fix: "Nothing.",
      references: [],
      examples: []
    ) { _, facts in
      faults.map { Fault(at: Place(facts.domain), saidBy: .nobody, severity: $0, "It is wrong.") }
    }
  }
}
