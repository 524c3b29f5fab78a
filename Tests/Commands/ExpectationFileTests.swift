import AuditTesting
import DKIM
import DNSData
import Evidence
import Expectation
import Foundation
import SPF
import SeededRandom
import Testing

@testable import mailaudit

@Suite struct ExpectationFileTests {
  private func read(_ yaml: String) async throws -> ExpectedSite {
    let folder = try await KeyFolder.shared.value
    return try ExpectationFile.read(Array(yaml.utf8), file: "site.yaml", folder: folder.path + "/")
  }

  @Test func `the smallest file has a default for everything`() async throws {
    let site = try await read(ExpectationSamples.smallest)
    let host = try #require(site.hosts.first)
    #expect(host.helo == host.name && host.sendingAddresses == host.addresses && host.addresses.count == 2)
    #expect(host.services == [.smtp: .open] && host.pins.isEmpty)
    let domain = try #require(site.domains.first)
    #expect(domain.role == .full && domain.mx == [ExpectedExchanger(host.name)])
    #expect(domain.spf == ExpectedSPF(own: .mx) && domain.dmarc == nil && domain.selectors.isEmpty)
    #expect(site.sendingAddresses(of: domain) == host.addresses)
  }

  @Test func `the full file is read to its last key`() async throws {
    let site = try await read(ExpectationSamples.full)
    let host = try #require(site.host(try Name("mail.example.com")))
    #expect(
      host.services[.imap] == .closed && host.services[.manageSieve] == .open && host.services[.smtp] == .open
    )
    #expect(host.pins.map(\.stage) == [.current, .next] && host.ttl == 300 && host.validation == .http)
    let domain = try #require(site.domain(try Name("example.com")))
    #expect(domain.mx.map(\.preference) == [10, 20])
    #expect(domain.spf?.terms.map(\.description) == ["include:_spf.example.net", "a:x.example.com"])
    #expect(domain.spf?.ending == .softfail && domain.dmarc?.subdomainPolicy == .reject)
    #expect(domain.mtasts == ExpectedMTASTS(mode: .enforce, maxAge: 86_400, id: "20261121"))
    #expect(domain.tlsrpt?.destinations.count == 2 && domain.caa.map(\.flags) == [0, 128])
    #expect(domain.tolerated.map(\.name.display) == ["example.com", "selector1._domainkey.example.com"])
    #expect(site.waivers.map(\.end.description) == ["2027-02-01T00:00:00Z", "2027-01-31T12:00:00Z"])
  }

  @Test func `defaults that no domain has a use for are no mistake, and no file is looked for`() async throws
  {
    #expect(try await read(ExpectationSamples.idleDefaults).domains.map(\.role) == [.parked])
  }

  @Test func `hosts may share an address under one name in HELO, or where one does not send from it`()
    async throws
  {
    for hosts in [
      "a.example.com: { addresses: 192.0.2.1, helo: o.example.com }, b.example.com: { addresses: 192.0.2.1, helo: o.example.com }",
      "a.example.com: { addresses: 192.0.2.1 }, b.example.com: { addresses: [192.0.2.1, 192.0.2.2], sending-addresses: 192.0.2.2 }",
    ] {
      let site = try await read("hosts: { \(hosts) }\ndomains: { example.com: { mx: a.example.com } }")
      #expect(site.hosts.count == 2)
    }
  }

  @Test func `a key is the same from every file that holds it`() async throws {
    let domain = try #require(try await read(ExpectationSamples.full).domain(try Name("example.com")))
    let keys = Dictionary(uniqueKeysWithValues: domain.selectors.map { ($0.label, $0.key) })
    #expect(keys["mail"] == keys["new"] && keys["new"] == keys["file"] && keys["mail"] != .some(nil))
    #expect(domain.selectors.first?.state == .retiring(since: Timestamp("2026-11-01")!))
    guard case .ed25519(let octets) = keys["ed"]??.key else { throw CocoaError(.coderInvalidValue) }
    #expect(octets.count == 32)
  }

  @Test func `roles and profiles settle what a domain leaves out`() async throws {
    let site = try await read(ExpectationSamples.full)
    func domain(_ name: String) throws -> ExpectedDomain { try #require(site.domain(try Name(name))) }
    let parked = try domain("parked.example")
    #expect(parked.mx.isEmpty && parked.spf == ExpectedSPF(own: .none) && parked.dmarc?.policy == .reject)
    #expect(parked.dmarc?.aggregateReports.count == 1)
    let srs = try domain("srs.example.com")
    #expect(srs.mx.count == 2 && srs.dmarc?.dkimAlignment == .strict && srs.dmarc?.policy == .reject)
    #expect(try domain("send.example.com").dmarc == nil && domain("backup.example.com").spf == nil)
    #expect(try domain("xn--bcher-kva.example").discovery.services == .open)
    let circus = try await read(
      "profile: flyingcircus\nhosts: { mail.example.com: { addresses: 192.0.2.1 } }\ndomains: { example.com: {} }"
    )
    #expect(circus.domains[0].spf == ExpectedSPF(own: .addresses))
    #expect(circus.domains[0].discovery.autoconfig == circus.hosts[0].name)
    #expect(circus.hosts[0].services[.submission] == .open && circus.hosts[0].services[.submissions] == nil)
  }

  @Test(arguments: ExpectationSamples.broken)
  func `a broken file is told in one sentence`(sample: ExpectationSamples.Broken) async throws {
    do {
      _ = try await read(sample.yaml)
      Issue.record("it was read: \(sample.yaml)")
    } catch let problem as Problem {
      #expect(problem.sentence.contains(sample.sentence), "\(problem.sentence)")
      #expect(problem.sentence.hasPrefix("site.yaml:") && problem.status == .usage)
      #expect(!problem.sentence.contains("\n") && !problem.sentence.hasSuffix("."))
      // Every private key in DER begins so.
      #expect(!problem.sentence.contains("MII"))
    }
  }

  @Test func `octets that are no text, and too many of them, are refused`() throws {
    #expect(throws: Problem.self) { try ExpectationFile.read([0xFF, 0xFE], file: "site.yaml", folder: "") }
    let file = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).yaml")
    try Data(repeating: 0x20, count: ExpectationFile.maximumSize + 1).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(throws: Problem.self) { try ExpectationFile.read(file.path) }
  }

  /// Aliases of aliases would grow to 10^9 nodes.
  @Test func `a file that grows by aliases is refused at its first anchor`() async throws {
    var yaml = "a0: &a0 [x]\n"
    for level in 1...9 {
      yaml +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        + "]\n"
    }
    await #expect(throws: Problem.self) { _ = try await read(yaml) }
  }

  @Test func `altered files are read or refused`() async throws {
    let folder = try await KeyFolder.shared.value.path + "/"
    var random = SeededGenerator()
    for _ in 0..<1000 {
      var octets = Array(ExpectationSamples.full.utf8)
      for _ in 0...Int.random(in: 0...4, using: &random) {
        let index = Int.random(in: octets.indices, using: &random)
        octets[index] =
          Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : "{[]}:,-&*!#\"'\n %@`"
            .utf8.randomElement(using: &random) ?? 0
      }
      let result = Result { () throws(Problem) in
        try ExpectationFile.read(octets, file: "site.yaml", folder: folder)
      }
      if case .failure(let problem) = result { #expect(problem.status == .usage) }
    }
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "!!"])
  func `nesting without end is refused`(text: String) async throws {
    await #expect(throws: Problem.self) { _ = try await read(String(repeating: text, count: 100_000)) }
  }
}
