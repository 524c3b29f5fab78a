import AuditTesting
import Collector
import DNSData
import Expectation
import Foundation
import MTASTS
import Testing

@testable import mailaudit

@Suite struct ExpectCommandTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func `check counts what it read, or tells the first mistake`() async throws {
    let sound = try await Program.mailaudit.run(["expect", "check", "-"], input: ExpectationSamples.smallest)
    #expect(sound.status == 0 && sound.output == "ok: 1 host, 1 domain, 0 keys, 0 waivers\n")
    let broken = try await Program.mailaudit.run(["expect", "check", "-"], input: "hosts: []\n")
    #expect(broken.status == 2 && broken.output.isEmpty)
    #expect(broken.error.hasPrefix("mailaudit: ") && broken.error.split(separator: "\n").count == 1)
    #expect(try await Program.mailaudit.run(["expect", "check", "/nowhere/site.yaml"]).status == 2)
  }

  @Test func `what check prints is accepted and printed again`() async throws {
    let keys = try await KeyFolder.shared.value
    let file = keys.appending(path: "site-\(UUID().uuidString).yaml")
    try Data(ExpectationSamples.full.utf8).write(to: file)
    let first = try await Program.mailaudit.run(["expect", "check", "--print", file.path])
    #expect(first.status == 0, "\(first.error)")
    try Data(first.output.utf8).write(to: file)
    #expect(
      try await Program.mailaudit.run(["expect", "check", "--print", file.path]).output == first.output)
    #expect(!first.output.contains("PRIVATE"))
  }

  @Test func `init keeps what is live`() async throws {
    let result = try await Program.mailaudit.run([
      "expect", "init", "example.com", "--offline", "--zone", Self.exampleZone, "--selector", "mail",
      "--allow-addresses",
      "192.0.2.0/24",
    ])
    #expect(result.status == 0, "\(result.error)")
    let site = try ExpectationFile.read(Array(result.output.utf8), file: "live", folder: "")
    let domain = try #require(site.domains.first)
    #expect(domain.name.display == "example.com" && !domain.mx.isEmpty && domain.spf != nil)
    #expect(!site.hosts.isEmpty && site.hosts.allSatisfy { !$0.addresses.isEmpty })
    #expect(result.output.hasPrefix("# What example.com publishes on "))
  }

  @Test func `init tells what was not answered, and does not call it missing`() async throws {
    let zone = try folder().appending(path: "z.zone")
    try Data("mail.example.com. A 192.0.2.1\nexample.com. MX 10 mail.example.com.\n".utf8).write(to: zone)
    let result = try await Program.mailaudit.run([
      "expect", "init", "example.com", "--offline", "--zone", zone.path,
    ])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("# Not answered, and so not in this file: _dmarc.example.com TXT"))
    #expect(!result.output.contains("there is no DMARC record"))
  }

  @Test func `init takes the MTA-STS policy that is served, and notes what it names beside the MX records`()
    async throws
  {
    let zone = "@ MX 10 mail\n@ MX 20 mx2\nmail A 192.0.2.1\nmx2 A 192.0.2.2\n_mta-sts TXT \"v=STSv1; id=1;\""
    let snapshot = try await World(zone).snapshot()
    let text = "version: STSv1\nmode: testing\nmx: mail.example.com\nmx: old.example.com\nmax_age: 86401\n"
    let served = LiveSite.site(snapshot, policy: .served(MTASTSPolicy(Array(text.utf8))))
    #expect(served.site.domains.first?.mtasts == ExpectedMTASTS(mode: .testing, maxAge: 86_401))
    let notes = served.notes.map(\.text).filter { $0.contains("MTA-STS") }
    #expect(
      notes == [
        "mx: the MTA-STS policy does not name mx2.example.com",
        "mx: the MTA-STS policy names old.example.com too, where no MX record leads",
      ])
    #expect(try served.text().contains("mta-sts: { mode: testing, max-age: 86401 }"))
    let unknown = LiveSite.site(snapshot, policy: .unknown)
    #expect(unknown.site.domains.first?.mtasts == nil)
    #expect(unknown.notes.contains { $0.text.contains("its policy could not be fetched") })
  }

  @Test func `init without an answer writes nothing`() async throws {
    let target = try folder().appending(path: "site.yaml").path
    let result = try await Program.mailaudit.run(["expect", "init", "example.com", "--offline", "-o", target])
    #expect(result.status == 3 && !FileManager.default.fileExists(atPath: target))
  }

  @Test func `a file appears whole or not at all`() async throws {
    let folder = try folder()
    let target = folder.appending(path: "site.yaml")
    try Data("old".utf8).write(to: target)
    let arguments = ["expect", "import", "flyingcircus", "-", "--offline", "-o", target.path]
    #expect(try await Program.mailaudit.run(arguments, input: "{}").status == 2)
    #expect(try String(contentsOf: target, encoding: .utf8) == "old")
    let input = #"{"mailHost": "mail.example.com", "domains": ["example.com"]}"#
    #expect(try await Program.mailaudit.run(arguments, input: input).status == 0)
    #expect(try await Program.mailaudit.run(["expect", "check", target.path]).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["site.yaml"])
  }

  private static let exampleZone = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/mailaudit/Example/example.com.zone").path
}
