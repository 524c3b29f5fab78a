import AuditTesting
import DNSData
import Rules
import Testing
import Verdict

/// What a rule proposes is published in the zone of its example, and the audit made again.
@Suite struct MendTests {
  @Test(arguments: Rule.catalog)
  func `a mend makes its finding go away and causes no other of severity high or worse`(_ rule: Rule)
    async throws
  {
    let location = SourceLocation(
      fileID: "Rules/\(rule.id)", filePath: rule.source.file, line: rule.source.line, column: 1)
    for example in rule.examples where example.verdict != .passes {
      let zone = try World.zoneFile(example.zone)
      let before = try await Self.scorecard(of: example, in: zone)
      let mends = before.faults(of: rule).compactMap(\.mend)
      guard !mends.isEmpty else { continue }
      let after = try await Self.scorecard(of: example, in: try zone.applying(mends))
      let left = after.faults(of: rule)
      #expect(
        left.count <= before.faults(of: rule).count - mends.count,
        "\(rule.id): \(example.title): \(left.map(\.message.plain))", sourceLocation: location)
      let new = after.seriousFindings(in: mends).subtracting(before.seriousFindings(in: mends))
      #expect(new.isEmpty, "\(rule.id): \(example.title): \(new.sorted())", sourceLocation: location)
    }
  }

  private static func scorecard(of example: RuleExample, in zone: ZoneFile) async throws -> Scorecard {
    let facts = try await World([zone]).facts(
      for: example)
    return Scorecard(facts, rules: Rule.catalog)
  }
}

extension Scorecard {
  fileprivate func faults(of rule: Rule) -> [Fault] {
    results.first { $0.rule.id == rule.id }?.faults ?? []
  }

  /// At the record sets that are changed: elsewhere a mend can only bring to light what was there.
  fileprivate func seriousFindings(in mends: [Mend]) -> Set<String> {
    let changed = mends.flatMap { $0.records + $0.removals }
    return Set(
      results.flatMap { result in
        result.faults.filter { fault in
          result.severity(of: fault) >= .high
            && changed.contains { $0.name == fault.place.name && [nil, $0.type].contains(fault.place.type) }
        }.map { "\(result.rule.id) at \($0.place.name)" }
      })
  }
}

extension Message {
  fileprivate var plain: String {
    fragments.map { fragment in
      switch fragment {
      case .own(let text): text
      case .foreign(let octets): String(decoding: octets, as: UTF8.self)
      }
    }.joined()
  }
}

extension ZoneFile {
  /// The zone with the changes made, as an operator would write it.
  fileprivate func applying(_ mends: [Mend]) throws -> ZoneFile {
    let removals = mends.flatMap(\.removals)
    let kept = records.filter { record in
      !removals.contains { $0.name == record.name && $0.data == record.data }
    }
    let text = (kept + mends.flatMap(\.records)).map { "\($0.name) \($0.ttl) \($0.type) \($0.data)\n" }
      .joined()
    return try ZoneFile(name: name, octets: Array(text.utf8))
  }
}
