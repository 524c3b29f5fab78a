import AuditTesting
import Evidence
import Rules
import Testing
import Verdict

/// What a fetch that brought no document says of the rules about it: nothing that is not certain.
@Suite struct DocumentTests {
  private static let zone = """
    @ MX 10 mail
    mail A 192.0.2.1
    _mta-sts TXT "v=STSv1; id=1;"
    mta-sts A 192.0.2.80
    autoconfig A 192.0.2.81
    """
  private static let policy = "https://mta-sts.example.com/.well-known/mta-sts.txt"
  private static let settings = "https://autoconfig.example.com/mail/config-v1.1.xml"
  private static let policyRules = [
    "mtasts.https-fail", "mtasts.status", "mtasts.version", "mtasts.mx-mismatch",
  ]
  private static let settingsRules = ["autoconfig.missing", "autoconfig.http-only", "autoconfig.xml"]

  private func outcomes(_ outcome: FetchOutcome, probing: Probing = .usual(only: nil)) async throws
    -> [String: RuleOutcome]
  {
    let documents = [Self.policy, Self.settings].map { ExampleDocument($0, outcome) }
    let snapshot = try await World(Self.zone).snapshot(
      probing: probing, servers: GivenServers([], documents))
    let results = Scorecard(Facts(snapshot), rules: Rule.catalog).results
    return Dictionary(results.map { ($0.rule.id, $0.outcome) }) { $1 }
  }

  private func expect(_ expected: RuleOutcome, _ outcomes: [String: RuleOutcome]) {
    for rule in Self.policyRules + Self.settingsRules { #expect(outcomes[rule] == expected, "\(rule)") }
  }

  @Test(arguments: [
    FetchFailure.timedOut(.connecting), .timedOut(.exchange), .unreachable, .connectionLost(.handshake),
  ])
  func `a failure that may pass, or be of the way there, is unknown`(_ failure: FetchFailure) async throws {
    expect(.unknown, try await outcomes(.failure(failure)))
  }

  @Test(arguments: [FetchFailure.addressesWithheld, .cancelled, .ownFailure("no memory")])
  func `a failure of this side is not tested`(_ failure: FetchFailure) async throws {
    expect(.notTested, try await outcomes(.failure(failure)))
  }

  @Test(arguments: [429, 503])
  func `a status of the moment is unknown`(_ status: Int) async throws {
    let response = HTTPResponse(
      status: status, contentType: nil, location: nil, body: ForeignOctets([]), ending: .complete)
    expect(.unknown, try await outcomes(.response(response)))
  }

  @Test func `half a document is unknown`() async throws {
    let response = HTTPResponse(
      status: 200, contentType: nil, location: nil, body: ForeignOctets(Array("version: STSv1".utf8)),
      ending: .interrupted(.timedOut(.exchange)))
    expect(.unknown, try await outcomes(.response(response)))
  }

  @Test(arguments: [Probing.none, .usual(only: [25])])
  func `without fetches nothing is tested`(_ probing: Probing) async throws {
    expect(.notTested, try await outcomes(.failure(.refused), probing: probing))
  }
}
