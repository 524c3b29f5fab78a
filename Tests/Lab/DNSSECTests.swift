import AuditTesting
import Testing

extension LabTests {
  /// The verdicts about every name of the signed zones beside those of unbound-host and delv: every difference must be
  /// explained in `dnssec-differences.yaml`.
  @Suite struct DNSSECVerdicts {
    @Test func `unbound-host and delv agree, or it is listed by which section they do not`() async throws {
      let script = Program(path: Lab.folder.appending(path: "compare-dnssec").path)
      let result = try await script.run([Program.mailaudit.path])
      #expect(result.status == 0, "\(result.output)\(result.error)")
      #expect(result.output.hasSuffix(" 0 unexplained\n"), "\(result.output)")
    }
  }
}
