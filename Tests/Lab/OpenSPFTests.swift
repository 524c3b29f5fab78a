import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// The openspf suite of RFC 7208, 203 cases, through the real binary and real name servers.
  @Suite struct OpenSPF {
    @Test func `every case of the openspf suite agrees`() async throws {
      let root = Lab.folder.deletingLastPathComponent().deletingLastPathComponent()
      let result = try await Program(path: Lab.folder.appending(path: "openspf").path).run(
        [Program.mailaudit.path, root.appending(path: ".build/openspf").path])
      #expect(result.status == 0, "\(result.output)\(result.error)")
      #expect(result.output.hasSuffix("203 passed, 0 failed\n"), "\(result.output)")
    }
  }
}
