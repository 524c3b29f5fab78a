import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// What commands beside the audit learn from live servers, and what the moment of judgement changes.
  @Suite struct Live {
    private func mailaudit(_ arguments: [String]) async throws -> Program.Result {
      let lab = try await Lab.shared
      return try await lab.run(
        [Program.mailaudit.path] + arguments + ["--ca-file", lab.authorityFile]
          + lab.surroundings)
    }

    @Test func `init takes mode and age of the MTA-STS policy from its server`() async throws {
      let result = try await mailaudit(["expect", "init", "healthy.mtasts.example"])
      #expect(result.status == 0, "\(result.error)")
      #expect(result.output.contains("mta-sts: { mode: enforce, max-age: 604800 }"), "\(result.output)")
      let sick = try await mailaudit(["expect", "init", "expired.mtasts.example"])
      #expect(sick.output.contains("# mta-sts: { mode: enforce }: there is a record"), "\(sick.output)")
    }

    @Test func `a plan waits for as long as senders hold the policy that is served`() async throws {
      let file = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).yaml")
      defer { try? FileManager.default.removeItem(at: file) }
      let site = """
        domains:
          healthy.mtasts.example: { mx: mail.mtasts.example, mta-sts: { mode: none, max-age: 86400 } }
        """
      try Data(site.utf8).write(to: file)
      let plan = try await mailaudit(["plan", "healthy.mtasts.example", "--expect", file.path])
      #expect(plan.status == 0, "\(plan.error)")
      #expect(plan.output.contains("Wait 7 days: senders keep the policy"), "\(plan.output)")
    }

    @Test func `certificates of mail servers are judged as of the moment that is named`() async throws {
      func findings(_ arguments: [String]) async throws -> [String] {
        let result = try await mailaudit(["snm.example", "--port", "25", "--format", "json"] + arguments)
        return try ReportDocument(result.output).audits.flatMap(\.findings).filter {
          $0.outcome == "failed" && $0.rule.hasPrefix("cert.")
        }.map(\.rule)
      }
      #expect(try await findings([]).isEmpty)
      #expect(try await findings(["--now", "2099-01-01"]).contains("cert.expired"))
    }
  }
}
