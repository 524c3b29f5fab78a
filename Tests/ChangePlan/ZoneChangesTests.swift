import AuditTesting
import ChangePlan
import DNSData
import Rules
import Testing
import Verdict

@Suite struct ZoneChangesTests {
  private func changes(_ zone: String, senders: [String] = []) async throws -> [ZoneChanges.Change] {
    let facts = try await World(zone).facts(senders: senders)
    return ZoneChanges(mending: Scorecard(facts, rules: Rule.catalog)).changes
  }

  @Test func `two faults of one record are mended by one change that names both`() async throws {
    let changes = try await changes(
      #"@ MX 10 mail"# + "\n" + #"@ TXT "v=spf1 ipv4:192.0.2.1 ip4:192.0.2.2,192.0.2.3 -all""#)
    let spf = try #require(changes.first { $0.name.display == "example.com" && $0.type == .txt })
    #expect(spf.publish.map(\.data) == [.txt(TXT("v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 ip4:192.0.2.3 -all"))])
    #expect(spf.remove.count == 1)
    #expect(Set(spf.reasons).isSuperset(of: ["spf.unknown-mechanism", "spf.trailing-garbage"]))
  }

  @Test func `each owner and type has one change, the worst fault's first`() async throws {
    let changes = try await changes(
      """
      @ MX 10 mail
      @ TXT "v=spf1 mx -all"
      mail A 192.0.2.1
      """)
    let keys = changes.map { "\($0.name) \($0.type)" }
    #expect(Set(keys).count == keys.count)
    #expect(keys.first == "1.2.0.192.in-addr.arpa. PTR")
    #expect(keys.contains("_dmarc.example.com. TXT"))
  }

  @Test func `records at names with the domain twice are moved, and none are made up in their place`()
    async throws
  {
    let changes = try await changes(
      """
      @ MX 10 mail
      mail A 192.0.2.1
      example.com TXT "v=spf1 ip4:192.0.2.2 -all"
      _dmarc.example.com TXT "v=DMARC1; p=reject"
      """)
    let published = changes.filter { $0.type == .txt }.flatMap(\.publish).map { "\($0.name) \($0.data)" }
    #expect(
      Set(published) == [
        #"example.com. "v=spf1 ip4:192.0.2.2 -all""#, #"_dmarc.example.com. "v=DMARC1; p=reject""#,
      ])
  }

  @Test func `nothing is to be changed where nothing is wrong`() async throws {
    #expect(try await changes("@ A 192.0.2.1").isEmpty)
  }
}
