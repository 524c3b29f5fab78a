import AuditTesting
import Testing

extension LabTests {
  /// The verdicts about every name of the signed zones beside those of unbound-host and delv: every difference must be
  /// explained in `dnssec-differences.yaml`.
  @Suite struct DNSSECVerdicts {
    @Test func `unbound-host and delv agree, or it is listed which of them is right`() async throws {
      try await compare("--oracles")
    }

    @Test func `mailaudit agrees with unbound-host and delv, or it is listed why it is right`() async throws {
      await withKnownIssue("`mailaudit dns` does not validate yet") {
        try await compare(Program.mailaudit.path)
      }
    }

    private func compare(_ ours: String) async throws {
      let result = try await Program(path: Lab.folder.appending(path: "compare-dnssec").path).run([ours])
      #expect(result.status == 0, "\(result.output)\(result.error)")
      #expect(result.output.hasSuffix(" 0 unexplained\n"), "\(result.output)")
    }
  }
}
