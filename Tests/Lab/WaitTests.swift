import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// `mailaudit wait` at real name servers.
  @Suite struct Wait {
    private struct Document: Decodable {
      struct Server: Decodable {
        let names: [String]
        let address: String
        let wanted: Int
        let served: Int
      }
      let result: String
      let ended: String
      let servers: [Server]
    }

    private func wait(
      _ domain: String, _ wanted: [String] = [], _ options: [String] = []
    ) async throws -> (status: Int32, document: Document) {
      let lab = try await Lab.shared
      let result = try await lab.run(
        [Program.mailaudit.path, "wait", domain, "--format", "json", "--interval", "1"]
          + wanted.flatMap { ["--want", $0] } + options + lab.surroundings)
      try #require(!result.output.isEmpty, "\(result.error)")
      return (result.status, try JSONDecoder().decode(Document.self, from: Data(result.output.utf8)))
    }

    @Test func `what one of two servers lacks is not served, and that server is named`() async throws {
      let (status, document) = try await wait(
        "ns-disagree.example",
        ["ns-disagree.example TXT v=spf1 mx -all", "mail.ns-disagree.example A 198.51.100.93"],
        ["--for", "3"])
      #expect(status == 1 && document.result == "lacking" && document.ended == "time-over")
      for server in document.servers {
        #expect(server.wanted == 2)
        #expect(server.served == (server.names == ["other.nic.example"] ? 1 : 2), "\(server)")
      }
      #expect(
        Set(document.servers.map(\.address)) == ["192.0.2.3", "2001:db8::3", "192.0.2.8", "2001:db8::8"])
    }

    @Test func `what both servers serve is served at once`() async throws {
      let (status, document) = try await wait(
        "ns-disagree.example", ["_dmarc.ns-disagree.example TXT \"v=DMARC1; \" \"p=none\""])
      #expect(status == 0 && document.result == "served" && document.servers.count == 4)
    }

    @Test func `a server that knows nothing of the zone lacks it`() async throws {
      let (status, document) = try await wait(
        "ns-half-lame.example", ["ns-half-lame.example TXT v=spf1 mx -all"], ["--for", "0"])
      #expect(status == 1 && document.result == "lacking")
      for server in document.servers {
        #expect(server.served == (server.names == ["lame.nic.example"] ? 0 : 1), "\(server)")
      }
    }

    @Test func `silent addresses leave it unknown, unless their family is left out`() async throws {
      let record = "ns-ipv6-dead.example TXT v=spf1 mx -all"
      let all = try await wait("ns-ipv6-dead.example", [record], ["--for", "0", "--timeout", "1"])
      #expect(all.status == 3 && all.document.result == "unknown")
      let some = try await wait("ns-ipv6-dead.example", [record], ["--for", "0", "--family", "ipv4"])
      #expect(some.status == 0 && some.document.result == "served")
    }

    // MARK: - Files

    /// What each server of ns-disagree.example serves of what is wanted, by its name.
    private func served(_ option: String, _ text: String) async throws -> [String: Int] {
      let file = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
      try Data(text.utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let (status, document) = try await wait(
        "ns-disagree.example", [], [option, file.path, "--for", "0", "--family", "ipv4"])
      #expect(status == 1)
      return document.servers.reduce(into: [:]) { $0[$1.names.joined(separator: " ")] = $1.served }
    }

    @Test func `of a zone file each record is waited for`() async throws {
      let zone = Lab.folder.appending(path: "Zoo/ns-disagree.example.zone")
      let served = try await served("--wanted-zone", String(contentsOf: zone, encoding: .utf8))
      #expect(served == ["ns1.nic.example": 5, "other.nic.example": 3])
    }

    @Test func `what is expected is waited for at the servers of each zone that it is in`() async throws {
      // SPF of the name in HELO is nowhere; the reverse names are the registry's.
      let site = """
        hosts:
          mail.ns-disagree.example: { addresses: [198.51.100.93, "2001:db8:25::93"] }
        domains:
          ns-disagree.example: { mx: mail.ns-disagree.example, spf: { own: mx, all: fail }, dmarc: { p: none } }
        """
      #expect(
        try await served("--expect", site) == [
          "ns1.nic.example": 5, "other.nic.example": 3, "registry.nic.example": 2,
        ])
    }

    // MARK: - Changes

    private static let addresses = ["192.0.2.90", "192.0.2.91"]
    private static let zone = """
      $TTL 60
      . SOA ns1.wait.example. hostmaster.wait.example. 1 3600 600 86400 60
      . NS ns1.wait.example.
      . NS ns2.wait.example.
      ns1.wait.example. A \(addresses[0])
      ns2.wait.example. A \(addresses[1])
      wait.example. TXT "new"

      """

    @Test func `the wait ends when the last server has come`() async throws {
      let lab = try await Lab.shared
      let file = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
      try Data(Self.zone.utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let first = try lab.serve(["\(Self.addresses[0])=\(file.path)"])
      let options = ["--resolver", Self.addresses[0], "--family", "ipv4", "--timeout", "2"]
      let before = try await wait("wait.example", ["wait.example TXT new"], options + ["--for", "0"])
      #expect(before.status == 3 && before.document.servers.map(\.served).sorted() == [0, 1])
      async let waited = wait("wait.example", ["wait.example TXT new"], options + ["--for", "120"])
      let last = try lab.serve(["\(Self.addresses[1])=\(file.path)"])
      let after = try await waited
      #expect(after.status == 0 && after.document.ended == "served")
      #expect(after.document.servers.map(\.served) == [1, 1])
      for lifeline in [first, last] { try lifeline.fileHandleForWriting.close() }
    }
  }
}
