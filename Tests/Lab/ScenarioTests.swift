import AuditTesting
import DNSData
import Foundation
import Testing

extension LabTests {
  /// The scenarios through the real binary: each file is the root zone of a name server of its own.
  @Suite struct Scenarios {
    static let folder = Lab.folder.deletingLastPathComponent().appending(path: "Scenarios/Zones")

    struct Scenario: Sendable, CustomTestStringConvertible {
      let file: String
      let expectations: [ZoneExpectation]
      let address: String

      var testDescription: String { file }
      var path: String { Scenarios.folder.appending(path: file).path }
      /// What is never asked of a server need not be a zone that one can load.
      var isServed: Bool { expectations.contains { !$0.isOffline } }
    }

    static let all: [Scenario] = ZoneFile.readable(in: folder).enumerated().map { index, file in
      Scenario(
        file: file.name, expectations: (try? ZoneExpectation.all(in: file)) ?? [],
        address: "192.0.2.\(100 + index)")
    }

    /// Once for all files; the pipe in it keeps the servers alive.
    private static let serving = Task {
      try await Lab.shared.serve(all.filter(\.isServed).map { "\($0.address)=\($0.path)" })
    }

    @Test(arguments: all)
    func `the domains of a scenario give their expected findings and no forbidden ones`(
      _ scenario: Scenario
    ) async throws {
      _ = try await Self.serving.value
      try await withThrowingTaskGroup(of: Void.self) { group in
        var waiting = scenario.expectations.makeIterator()
        func startNext() {
          guard let expectation = waiting.next() else { return }
          let source =
            expectation.isOffline ? ["--zone", scenario.path] : ["--resolver", scenario.address]
          group.addTask { try await expectation.check(with: source) }
        }
        // More at once would measure the machine's load.
        for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { startNext() }
        while try await group.next() != nil { startNext() }
      }
    }
  }
}
