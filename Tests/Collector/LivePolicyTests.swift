import AuditTesting
import Collector
import DNSData
import Evidence
import Testing
import Verdict

@Suite struct LivePolicyTests {
  private static let url = "https://mta-sts.example.com/.well-known/mta-sts.txt"
  private static let text = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 86400\n"
  private static let host = "mta-sts A 192.0.2.80"
  private static let zone = "_mta-sts TXT \"v=STSv1; id=1;\"\n" + host

  private func look(_ zone: String, _ document: ExampleDocument? = nil) async throws -> LivePolicy {
    await LivePolicy.look(
      up: try Name("example.com"), asking: try World(zone).source,
      fetching: GivenServers([], [document].compactMap(\.self)))
  }

  @Test func `a policy that is announced and served`() async throws {
    let found = try await look(Self.zone, ExampleDocument(Self.url, Self.text))
    #expect(found.policy?.mode == .enforce && found.policy?.maxAge == 86_400)
  }

  @Test func `nobody asks for a policy that no record announces`() async throws {
    for zone in [Self.host, "_mta-sts TXT \"v=STSv1; id=1;\"\n_mta-sts TXT \"v=STSv1; id=2;\"\n" + Self.host]
    {
      #expect(try await look(zone, ExampleDocument(Self.url, Self.text)) == .notAnnounced)
    }
  }

  @Test func `what is not served as a policy tells nothing`() async throws {
    let name = try Name("example.com")
    for document in [
      nil, ExampleDocument(Self.url, status: 503, Self.text), ExampleDocument(Self.url, "<html></html>"),
      ExampleDocument(Self.url, .failure(.certificate(.expired))),
    ] {
      #expect(try await look(Self.zone, document) == .unknown)
    }
    #expect(
      try await look("_mta-sts TXT \"v=STSv1; id=1;\"", ExampleDocument(Self.url, Self.text)) == .unknown)
    let source = try World(Self.zone).source
    #expect(await LivePolicy.look(up: name, asking: source, fetching: nil) == .unknown)
    let failing = FailingSource(source, failing: [Question(try Name("_mta-sts.example.com"), .txt): .timeout])
    #expect(
      await LivePolicy.look(
        up: name, asking: failing, fetching: GivenServers([], [ExampleDocument(Self.url, Self.text)]))
        == .unknown)
  }
}
