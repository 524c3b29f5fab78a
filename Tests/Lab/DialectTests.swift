import AuditTesting
import ChangePlan
import DNSData
import Foundation
import Reports
import Testing
import ZoneTesting

/// What `mailaudit zone` prints, read by the programs that it is meant for.
@Suite(.enabled(if: Lab.isPossible, Comment(rawValue: Lab.whyNot)))
struct DialectTests {
  private static let apex = """
    @ 300 SOA ns.example.com. hostmaster 1 3600 600 86400 300
    @ 300 NS ns.example.com.
    ns.example.com. 300 A 127.0.0.1

    """

  private func folder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  /// Zone text of `records` below `zone`.
  private func zoneText(_ zone: Name, _ records: [Record]) -> String {
    let own =
      zone.display == "example.com"
      ? Self.apex : Self.apex.replacing("ns.example.com. 300 A 127.0.0.1\n", with: "")
    return "$ORIGIN \(zone)\n" + own
      + records.filter { $0.name.isAtOrBelow(zone) }.map { "\($0)\n" }.joined()
  }

  @Test(arguments: 0..<5)
  func `named-checkzone loads the lines to paste`(seed: Int) async throws {
    let changes = HostileChanges(seed: seed).changes
    let lines = ZoneReport(changes).text
    try await folder { folder in
      for zone in HostileChanges.zones {
        // Whoever pastes takes the lines of one zone.
        let other = HostileChanges.zones.first { $0 != zone }?.description ?? ""
        let own = lines.split(separator: "\n").filter { line in
          line.hasPrefix(";") || !(line.split(separator: " ").first ?? "").hasSuffix(other)
        }
        let file = folder.appending(path: "zone")
        try Data((zoneText(zone, []) + own.joined(separator: "\n") + "\n").utf8).write(to: file)
        let output = folder.appending(path: "read")
        let result = try await Program(path: "/usr/bin/named-checkzone").run([
          "-k", "ignore", "-i", "none", "-o", output.path, zone.display, file.path,
        ])
        #expect(result.status == 0, "\(result.output)\(result.error)")
        let read = try ZoneFile(name: "read", octets: Array(try Data(contentsOf: output)))
        let wanted = changes.changes.flatMap(\.publish).filter {
          $0.type != .tlsa && $0.name.isAtOrBelow(zone)
        }
        #expect(words(read.records) == words(wanted))
      }
    }
  }

  @Test(arguments: 0..<5)
  func `nsupdate makes a dynamic zone hold exactly what is wanted`(seed: Int) async throws {
    let changes = HostileChanges(seed: seed).changes
    let removed = changes.changes.flatMap(\.remove)
    let bystander = try Record("other.example.com. 300 TXT \"stays\"")
    try await folder { folder in
      for zone in HostileChanges.zones {
        try Data(zoneText(zone, removed + [bystander]).utf8).write(
          to: folder.appending(path: zone.display))
      }
      // nsupdate itself refuses host names that no host can have.
      let script = "check-names off\n" + ZoneReport(changes, dialect: .nsupdate).text
      let result = try await Program(path: Lab.folder.appending(path: "dynamic").path).run(
        [folder.path], input: script)
      #expect(result.status == 0, "\(result.error)")
      let read = try ZoneFile(name: "AXFR", octets: Array(result.output.utf8))
      let wanted = changes.changes.flatMap(\.publish).filter { $0.type != .tlsa } + [bystander]
      #expect(words(read.records) == words(wanted))
    }
  }

  @Test func `an alias in the way is an error and not passed over in silence`() async throws {
    let name = try Name("www.example.com")
    let changes = ZoneChanges([
      .init(name, .txt, publish: [Record(name, ttl: 300, .txt(TXT("x")))], reasons: ["test"])
    ])
    try await folder { folder in
      let alias = try Record("www.example.com. 300 CNAME ns.example.com.")
      try Data(zoneText(HostileChanges.zones[0], [alias]).utf8).write(
        to: folder.appending(path: "example.com"))
      let result = try await Program(path: Lab.folder.appending(path: "dynamic").path).run(
        [folder.path], input: ZoneReport(changes, dialect: .nsupdate).text)
      #expect(result.status == 2 && result.error.contains("YXRRSET"), "\(result.error)")
    }
  }

  /// Without what every zone has.
  private func words(_ records: [Record]) -> [String] {
    records.filter { $0.type != .soa && $0.type != .ns && $0.name.display != "ns.example.com" }.map {
      "\($0.name) \($0.type) \($0.data)"
    }.sorted()
  }
}
