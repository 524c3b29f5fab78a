package import DNSData
package import Verdict

/// One finding's mend, published in the zones without any other, and what the audit then says.
package struct MendTrial: Sendable, CustomStringConvertible {
  package let rule: String
  package let fault: Fault
  /// What speaks against the mend; empty if it keeps its promise.
  package let objections: [String]

  package var description: String {
    "\(rule) at \(fault.place.name): \(fault.message.plain)"
  }

  /// A trial for every mend that `tried` proposes in an audit of `zones`; whatever `catalog` then finds counts.
  package static func all(
    of tried: [Rule], in zones: [ZoneFile], catalog rules: [Rule], audit: (World) async throws -> Facts
  ) async throws -> [MendTrial] {
    let before = Scorecard(try await audit(World(zones)), rules: rules)
    var trials: [MendTrial] = []
    for result in before.results where tried.contains(where: { $0.id == result.rule.id }) {
      for fault in result.faults {
        guard let mend = fault.mend else { continue }
        let after = Scorecard(try await audit(World(try zones.publishing(mend))), rules: rules)
        trials.append(
          MendTrial(
            rule: result.rule.id, fault: fault,
            objections: zones.objections(to: mend)
              + objections(to: fault, of: result, before: before.findings, after: after.findings)))
      }
    }
    return trials
  }

  private static func objections(
    to fault: Fault, of result: RuleResult, before: [Finding: [Severity]], after: [Finding: [Severity]]
  ) -> [String] {
    let mended = Finding(rule: result.rule.id, place: fault.place)
    var objections: [String] = []
    if after[mended, default: []].count >= before[mended, default: []].count {
      objections.append("the finding is still there")
    }
    for (finding, severities) in after where finding != mended {
      let known = before[finding, default: []]
      guard let worst = severities.max(), severities.count > known.count || worst > (known.max() ?? worst),
        !BroughtToLight.allows(finding.rule, afterMending: mended.rule) || worst > result.severity(of: fault)
      else { continue }
      objections.append("it causes \(finding.rule) (\(worst)) at \(finding.place.name)")
    }
    return objections.sorted()
  }
}

/// Findings are the same if one rule says them of one place: the words may count something.
private struct Finding: Hashable {
  let rule: String
  let place: Place
}

extension Scorecard {
  fileprivate var findings: [Finding: [Severity]] {
    results.reduce(into: [:]) { findings, result in
      for fault in result.faults {
        findings[Finding(rule: result.rule.id, place: fault.place), default: []].append(
          result.severity(of: fault))
      }
    }
  }
}

extension [ZoneFile] {
  /// With the change made, as an operator would write it.
  package func publishing(_ mend: Mend) throws -> [ZoneFile] {
    let kept = try map { file -> ZoneFile in
      let left = file.records.filter { !mend.removals.holds($0) }
      return left.count == file.records.count
        ? file : try ZoneFile(file.name, origins: file.origins, records: left)
    }
    return kept + [try ZoneFile("the mend", origins: [], records: mend.records)]
  }

  /// Nobody can remove what the zone does not hold.
  fileprivate func objections(to mend: Mend) -> [String] {
    let records = flatMap(\.records)
    return mend.removals.filter { !records.holds($0) }.map { "it removes \($0.name), which is not there" }
  }
}

extension [Record] {
  /// Whatever the TTL is.
  fileprivate func holds(_ record: Record) -> Bool {
    contains { $0.name == record.name && $0.data == record.data }
  }
}

extension ZoneFile {
  init(_ name: String, origins: [Name], records: [Record]) throws {
    let lines =
      origins.map { "$ORIGIN \($0)" } + records.map { "\($0.name) \($0.ttl) \($0.type) \($0.data)" }
    try self.init(name: name, octets: Array(lines.joined(separator: "\n").utf8))
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
