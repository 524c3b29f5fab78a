import AuditTesting
import Foundation
import Testing

@Suite struct SPFCommandTests {
  private static let zone = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ TXT "v=spf1 ip4:192.0.2.1 include:_spf.vendor.example -all"
    _spf.vendor.example. TXT "v=spf1 ip4:198.51.100.0/24 ?all"
    """

  private func spf(_ arguments: String...) async throws -> Program.Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data(Self.zone.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await Program.mailaudit.run(["spf", "--zone", url.path, "--offline"] + arguments)
  }

  @Test(arguments: [
    ("192.0.2.1", "pass", Int32(0)), ("198.51.100.9", "pass", 0), ("203.0.113.1", "fail", 1),
    ("2001:db8::1", "fail", 1),
  ])
  func `one check prints its result first`(address: String, result: String, status: Int32) async throws {
    let run = try await spf("example.com", "--ip", address)
    #expect(run.output.hasPrefix(result + "\n") && run.status == status)
  }

  @Test func `the tree shows the terms, their look-ups and what is included`() async throws {
    let run = try await spf("example.com")
    #expect(run.status == 0)
    for part in ["1 of 10 look-ups", "include:_spf.vendor.example", "ip4:198.51.100.0/24"] {
      #expect(run.output.contains(part), "\(run.output)")
    }
  }

  @Test func `over the limit, the tree says what to do`() async throws {
    let terms = (1...11).map { "a:h\($0).example.com" }.joined(separator: " ")
    let hosts = (1...11).map { "h\($0) A 192.0.2.\($0)" }.joined(separator: "\n")
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    let zone =
      "$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\n@ TXT \"v=spf1 \(terms) ip4:192.0.2.1 -all\"\n\(hosts)"
    try Data(zone.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let run = try await Program.mailaudit.run(["spf", "example.com", "--zone", url.path, "--offline"])
    #expect(run.status == 1)
    for part in [
      "11 of 10 look-ups", "1 look-ups too many", "write ip4:192.0.2.11 for a:h11.example.com: saves 1",
      "! never decides: a:h1.example.com in the record of example.com covers it",
    ] { #expect(run.output.contains(part), "\(run.output)") }
  }

  @Test func `no record is none, and nobody to ask is temperror with exit status 3`() async throws {
    #expect(try await spf("other.example", "--ip", "192.0.2.1").output.hasPrefix("none\n"))
    let unknown = try await Program.mailaudit.run(
      ["spf", "example.com", "--ip", "192.0.2.1", "--resolver", "127.0.0.1:9", "--timeout", "1"])
    #expect(unknown.output.hasPrefix("temperror\n") && unknown.status == 3)
  }
}
