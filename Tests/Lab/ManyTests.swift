import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// Five hundred domains on five hosts that they share.
  @Suite struct Many {
    private static let script = Program(path: Lab.folder.appending(path: "many").path)
    private static let server = "192.0.2.200"
    private static let domains = 500
    private static let hosts = 5

    private struct Outcome: Decodable {
      let status: Int32
      let output: String
      let shown: String
      /// Of the program at its height, in MiB.
      let memory: Int
      let calls: [String: Int]
      let questions: Int
      let repeated: Int
    }

    @Test func `each host is called once, nothing is asked twice, memory stays small and progress is shown`()
      async throws
    {
      let lab = try await Lab.shared
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "mailaudit-many-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let zone = folder.appending(path: "root.zone")
      let list = folder.appending(path: "list")
      try Data(try await Self.script.run(["zone"]).output.utf8).write(to: zone)
      try Data(try await Self.script.run(["list"]).output.utf8).write(to: list)
      let pipe = try lab.serve(["\(Self.server)=\(zone.path)"])
      defer { try? pipe.fileHandleForWriting.close() }

      let result = try await lab.run(
        [Self.script.path, "run", lab.path, Self.server, Program.mailaudit.path, "--input", list.path]
          + ["--selector", "mail", "--format", "ndjson", "--ca-file", lab.authorityFile]
          // Busy as the machine may be, no question is asked again because its answer is late.
          + ["--timeout", "120"]
          + lab.surroundings)
      let outcome = try JSONDecoder().decode(Outcome.self, from: Data(result.output.utf8))
      #expect(outcome.output.split(separator: "\n").count == Self.domains)
      // Once with TLS as it is, and once with the versions that are no longer to be spoken.
      #expect(outcome.calls.values.sorted() == Array(repeating: 2, count: Self.hosts))
      #expect(outcome.repeated == 0, "of \(outcome.questions)")
      #expect(outcome.memory < 300)
      #expect(outcome.shown.contains("\(Self.domains) of \(Self.domains) domains"))
    }
  }
}
