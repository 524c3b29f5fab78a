import AuditTesting
import Testing

extension LabTests {
  /// The mail and web servers of the Lab, without mailaudit: what it finds there is worth as much as they are.
  @Suite struct Servers {
    @Test func `each server is as well or as sick as its zone says`() async throws {
      let result = try await Lab.shared.run([Lab.folder.appending(path: "check").path])
      #expect(result.status == 0, "\(result.output)\(result.error)")
    }
  }
}
