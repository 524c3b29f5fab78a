import AuditTesting
import DNSData
import Evidence
import Testing
import Verdict

/// The hosts and ports that the settings for mail programs name are looked up and called, whoever runs them.
@Suite struct SettingsTests {
  private static let zone = """
    @ MX 10 mail
    mail A 192.0.2.1
    autoconfig A 192.0.2.81
    imap.vendor.example. A 198.51.100.1
    other.vendor.example. A 198.51.100.2
    """
  private static let main = "https://autoconfig.example.com/mail/config-v1.1.xml"
  private static let wellKnown = "https://example.com/.well-known/autoconfig/mail/config-v1.1.xml"

  private func server(_ host: String, _ port: Int, _ security: String = "SSL") -> String {
    """
    <incomingServer type="imap"><hostname>\(host)</hostname><port>\(port)</port>
    <socketType>\(security)</socketType></incomingServer>
    """
  }

  private func settings(_ servers: String..., at url: String = main, status: Int = 200) -> ExampleDocument {
    ExampleDocument(
      url, status: status,
      "<clientConfig version=\"1.1\"><emailProvider id=\"x\">\(servers.joined())</emailProvider></clientConfig>"
    )
  }

  private func snapshot(
    _ documents: ExampleDocument..., zone: String = zone, probing: Probing = .usual(only: nil)
  ) async throws -> Snapshot {
    try await World(zone).snapshot(probing: probing, servers: GivenServers([], documents))
  }

  private func called(_ snapshot: Snapshot, _ host: String) throws -> [ProbedService] {
    let name = try Name(host)
    return snapshot.probes.map(\.request).filter { $0.serverName == name }.map(\.service)
  }

  @Test func `a host that the settings alone name is looked up and called at its port`() async throws {
    let snapshot = try await snapshot(settings(server("imap.vendor.example", 993)))
    for type in [RecordType.a, .aaaa] {
      #expect(snapshot.answer(try Name("imap.vendor.example"), type) != nil)
    }
    #expect(try called(snapshot, "imap.vendor.example") == [.imaps])
    #expect(try called(snapshot, "other.vendor.example").isEmpty)
  }

  @Test func `a placeholder stands for the domain, and TLS begins as the port or the settings say`()
    async throws
  {
    let zone = Self.zone + "\nimap A 198.51.100.3"
    let snapshot = try await snapshot(
      settings(
        server("imap.%EMAILDOMAIN%", 993, "STARTTLS"), server("imap.vendor.example", 1143, "STARTTLS"),
        server("other.vendor.example", 1993)),
      zone: zone)
    #expect(try called(snapshot, "imap.example.com") == [.imaps])
    #expect(try called(snapshot, "imap.vendor.example") == [ProbedService(.imap, port: 1143, .startTLS)])
    #expect(try called(snapshot, "other.vendor.example") == [ProbedService(.imap, port: 1993, .implicitTLS)])
  }

  @Test func `the settings that programs come upon first count, whichever comes in first`() async throws {
    let zone = Self.zone + "\n@ A 192.0.2.82"
    let first = settings(server("imap.vendor.example", 993))
    let second = settings(server("other.vendor.example", 993), at: Self.wellKnown)
    let both = try await snapshot(first, second, zone: zone)
    #expect(try called(both, "imap.vendor.example") == [.imaps])
    #expect(try called(both, "other.vendor.example").isEmpty)
    let gone = settings(server("imap.vendor.example", 993), status: 404)
    let one = try await snapshot(gone, second, zone: zone)
    #expect(try called(one, "imap.vendor.example").isEmpty)
    #expect(try called(one, "other.vendor.example") == [.imaps])
  }

  @Test func `a document that names many leads to few`() async throws {
    let hosts = (0..<100).map { "h\($0).vendor.example" }
    let zone = Self.zone + "\n" + hosts.map { "\($0). A 198.51.100.9" }.joined(separator: "\n")
    let document = settings(hosts.map { server($0, 993) }.joined())
    let snapshot = try await snapshot(document, zone: zone)
    let names = Set(snapshot.probes.compactMap(\.request.serverName?.description))
    #expect((1...8).contains(names.subtracting(["mail.example.com."]).count))
  }

  @Test func `port 25 is for servers, and not for settings to choose`() async throws {
    let snapshot = try await snapshot(settings(server("imap.vendor.example", 25)))
    #expect(try called(snapshot, "imap.vendor.example").isEmpty)
  }

  @Test func `nobody is called whom the user did not want called`() async throws {
    let document = settings(server("imap.vendor.example", 993))
    #expect(try await snapshot(document, probing: .none).probes.isEmpty)
    let mail = try await snapshot(document, probing: .usual(only: [25]))
    #expect(mail.probes.allSatisfy { $0.request.service.port == 25 })
  }

  @Test func `a host that does not exist is asked for and not called`() async throws {
    let snapshot = try await snapshot(settings(server("gone.vendor.example", 993)))
    #expect(snapshot.answer(try Name("gone.vendor.example"), .a) != nil)
    #expect(try called(snapshot, "gone.vendor.example").isEmpty)
  }
}
