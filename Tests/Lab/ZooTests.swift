import AuditTesting
import DNSData
import Foundation
import Testing

/// All that needs the Lab, one after the other: many at once would measure the machine's load and not the domains.
@Suite(.serialized, .enabled(if: Lab.isPossible, "the Lab takes root: run `make test` as root"))
enum LabTests {}

extension LabTests {
  @Suite struct Zoo {
    static let files = ZoneFile.readable(in: Lab.folder.appending(path: "Zoo"))
    static let expectations: [ZoneExpectation] = files.flatMap { (try? ZoneExpectation.all(in: $0)) ?? [] }

    @Test func `the zoo has at least sixteen domains, every file is read, every audit is expected`() throws {
      let names = try FileManager.default.contentsOfDirectory(atPath: Lab.folder.appending(path: "Zoo").path)
      #expect(names.count == Self.files.count)
      #expect(try Self.files.flatMap(ZoneExpectation.all).count == Self.expectations.count)
      #expect(Set(Self.expectations.map(\.domain)).count >= 16)
    }

    @Test(arguments: expectations)
    func `a domain of the zoo gives its expected findings and no forbidden ones`(
      _ expectation: ZoneExpectation
    ) async throws {
      try await expectation.check()
    }

    @Test(arguments: expectations.filter { $0.exit == 0 && $0.forbidden == ["*"] })
    func `a healthy domain costs at most sixty questions, twenty to trust the answers, and few rounds`(
      _ expectation: ZoneExpectation
    ) async throws {
      let result = try await Lab.shared.audit(
        expectation.domain, expectation.labOptions + ["--view", "recursive"])
      let audit = try #require(try ReportDocument(result.output).audits.first, "\(result.error)")
      #expect(audit.questions <= 60 + 20)
      let tree = try await Lab.shared.run([
        Program.mailaudit.path, "spf", expectation.domain, "--format", "json",
      ])
      let depth = try JSONDecoder().decode(SPFDocument.self, from: Data(tree.output.utf8)).depth
      #expect(audit.rounds <= max(4, depth + 2))
    }

    private struct SPFDocument: Decodable { let depth: Int }
  }
}

extension ZoneExpectation {
  /// Nobody else's blocklists are asked in the Lab.
  fileprivate var labOptions: [String] {
    options.contains("--blocklists") ? options + ["--blocklist-file", LabTests.Blocklists.file] : options
  }

  /// Audits the domain in the Lab, and again out of what the audit kept.
  func check(with options: [String] = []) async throws {
    let capture = FileManager.default.temporaryDirectory.appending(
      path: "mailaudit-\(UUID().uuidString).capture")
    defer { try? FileManager.default.removeItem(at: capture) }
    let result = try await Lab.shared.audit(domain, labOptions + options + ["--capture", capture.path])
    let audit = try #require(try ReportDocument(result.output).audits.first, "\(self): \(result.error)")
    check(audit, status: result.status)
    let replay = try await Program.mailaudit.run(["replay", capture.path, "--format", "json"])
    #expect(replay.output == result.output, "\(self): another result when it is replayed")
    #expect(replay.status == result.status)
  }

  private func check(_ audit: ReportDocument.Audit, status: Int32?) {
    func rules(_ outcome: String) -> Set<String> {
      Set(audit.findings.filter { $0.outcome == outcome }.map(\.rule))
    }
    let failed = rules("failed")
    for rule in expected {
      #expect(failed.contains(rule), "\(self): \(rule) is expected, failed are \(failed)")
    }
    for rule in unknown { #expect(rules("unknown").contains(rule), "\(self): \(rule) should be unknown") }
    for rule in forbidden where rule != "*" {
      #expect(!failed.contains(rule), "\(self): \(rule) is forbidden")
    }
    if forbidden.contains("*") {
      let bad = audit.findings.filter {
        $0.outcome == "failed" && ["critical", "high"].contains($0.severity)
      }
      #expect(bad.isEmpty, "\(self): \(bad.map { "\($0.rule): \($0.message)" })")
    }
    let open = audit.findings.filter { $0.outcome == "unknown" }.map { "\($0.rule): \($0.message)" }
    if let exit { #expect(status == Int32(exit), "\(self): exit status; unknown: \(open)") }
  }
}
