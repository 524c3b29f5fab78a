import AuditTesting
import Rules
import Testing
import Verdict

/// What a rule proposes is published in the zone of its example, and the audit made again.
@Suite struct MendTests {
  @Test(arguments: Rule.catalog)
  func `a mend makes its finding go away and causes no other`(_ rule: Rule) async throws {
    let location = SourceLocation(
      fileID: "Rules/\(rule.id)", filePath: rule.source.file, line: rule.source.line, column: 1)
    for example in rule.examples where example.verdict != .passes {
      let zones = [try World.zoneFile(example.zone)]
      let trials = try await MendTrial.all(of: [rule], in: zones, catalog: Rule.catalog) {
        try await $0.facts(for: example)
      }
      for trial in trials {
        #expect(trial.objections.isEmpty, "\(example.title): \(trial)", sourceLocation: location)
      }
    }
  }

  @Test(arguments: BroughtToLight.all)
  func `what a mend may bring to light is named by rules that there are`(_ exception: BroughtToLight) {
    let ids = Set(Rule.catalog.map(\.id))
    #expect(ids.isSuperset(of: exception.appears + exception.mended), "\(exception.reason)")
  }
}
