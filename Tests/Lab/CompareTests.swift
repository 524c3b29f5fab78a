import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// The peers on the domains and servers of the zoo: every difference must be explained in `differences.yaml`. They only
  /// compare, and have to be installed first, so `make test` does without; `make compare` is the same by hand.
  @Suite(
    .enabled(
      if: ProcessInfo.processInfo.environment["MAILAUDIT_COMPARE"] != nil,
      "the comparison with other programs: set MAILAUDIT_COMPARE=1"))
  struct Compare {
    @Test func `every difference from checkdmarc is explained`() async throws {
      try await compare(with: "checkdmarc")
    }

    @Test(
      .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zonemaster-cli"),
        "install the Debian package zonemaster-cli"))
    func `every difference from zonemaster is explained`() async throws {
      try await compare(with: "zonemaster")
    }

    @Test func `every difference from posttls-finger is explained`() async throws {
      try await compare(by: "compare-dane", [Program.mailaudit.path])
    }

    private func compare(with peer: String) async throws {
      let root = Lab.folder.deletingLastPathComponent().deletingLastPathComponent()
      try await compare(
        by: "compare", [Program.mailaudit.path, root.appending(path: ".build/compare").path, peer])
    }

    private func compare(by script: String, _ arguments: [String]) async throws {
      let result = try await Program(path: Lab.folder.appending(path: script).path).run(arguments)
      #expect(result.status == 0, "\(result.output)\(result.error)")
      #expect(result.output.hasSuffix(" 0 unexplained\n"), "\(result.output)")
    }
  }
}
