import AuditTesting
import Foundation
import Testing

/// The openspf suite of RFC 7208, 203 cases, through the real binary and real name servers.
@Suite(.enabled(if: Lab.isPossible, "the Lab takes root: run `make test` as root"))
struct OpenSPFTests {
  @Test func `every case of the openspf suite agrees`() async throws {
    let cache = Lab.folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/openspf")
    let result = try await Program(path: Lab.folder.appending(path: "openspf").path).run(
      [Program.mailaudit.path, cache.path])
    #expect(result.status == 0, "\(result.output)\(result.error)")
    #expect(result.output.hasSuffix("203 passed, 0 failed\n"), "\(result.output)")
  }
}
