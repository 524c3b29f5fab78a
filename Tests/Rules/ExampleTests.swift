import AuditTesting
import DNSData
import Foundation
import Rules
import Testing
import Verdict

@Suite struct ExampleTests {
  @Test(arguments: Rule.catalog)
  func `a rule flags what its examples say, where they say, and passes the rest`(_ rule: Rule) async throws {
    let location = SourceLocation(
      fileID: "Rules/\(rule.id)", filePath: rule.source.file, line: rule.source.line, column: 1)
    for example in rule.examples {
      let facts = try await World(example.zone).facts(
        for: example)
      let scorecard = Scorecard(facts, rules: [rule])
      let result = try #require(scorecard.results.first)
      switch example.verdict {
      case .flags(let names, let severity):
        #expect(result.outcome == .failed, "\(rule.id): \(example.title)", sourceLocation: location)
        if let names {
          let places = Set(result.faults.map(\.place.name.description))
          #expect(places == Set(names), "\(rule.id): \(example.title)", sourceLocation: location)
        }
        #expect(
          result.severity == severity ?? rule.severity, "\(rule.id): \(example.title)",
          sourceLocation: location)
      case .passes:
        let faults = result.faults.map { "\($0.message)" }
        #expect(result.faults.isEmpty, "\(rule.id): \(example.title): \(faults)", sourceLocation: location)
      }
    }
  }
}

extension Rule: CustomTestStringConvertible {
  public var testDescription: String { id }
}

@Suite struct CatalogTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Rules")

  @Test func `every rule has its file and every file its rule`() throws {
    var paths: Set<String> = []
    for topic in try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
    {
      guard topic.pathExtension.isEmpty else { continue }
      for file in try FileManager.default.contentsOfDirectory(atPath: topic.path)
      where file.hasSuffix(".swift") {
        // The file's name begins with its topic, because a module cannot hold two files of one name.
        let rest = file.dropLast(".swift".count).dropFirst(topic.lastPathComponent.count)
        paths.insert("\(topic.lastPathComponent).\(rest)".lowercased())
      }
    }
    let ids = Rule.catalog.map { $0.id.replacing("-", with: "") }
    #expect(Set(ids) == paths, "add the rule to Rules/Catalog.swift, or name its file after its id")
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: Rule.catalog)
  func `a rule explains itself and has an example of each kind`(_ rule: Rule) {
    #expect(rule.topic.rawValue == rule.id.prefix { $0 != "." }, "add the topic to Topic")
    #expect(!rule.title.isEmpty && !rule.why.isEmpty && !rule.fix.isEmpty && !rule.references.isEmpty)
    #expect(!rule.title.hasSuffix("."))
    #expect(rule.examples.contains { $0.verdict == .passes })
    #expect(rule.examples.contains { $0.verdict != .passes })
  }
}
