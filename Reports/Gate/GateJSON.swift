import DNSData
import Verdict

/// The gate's result for programs, version 1; `gate.schema.json` beside this file describes it. Names are stable;
/// additions are compatible.
package struct GateJSON {
  package static let version = 1

  private let result: GateResult
  private let tool: String

  package init(_ result: GateResult, tool: String) {
    self.result = result
    self.tool = tool
  }

  package func text() throws -> String { try JSONText.encode(Document(result, tool: tool)) }
}

private struct Document: Encodable {
  var format = "mailaudit.gate"
  var version = GateJSON.version
  let tool: String
  let started: String
  let proposedZones: [String]
  let currentZones: [String]
  let standard: String
  let failOn: String
  let verdict: String
  let domains: [Domain]

  init(_ result: GateResult, tool: String) {
    self.tool = tool
    started = result.started.description
    proposedZones = result.proposedZones
    currentZones = result.currentZones
    standard = result.standard.rawValue
    failOn = result.limits.failOn.rawValue
    verdict = result.exitStatus.verdict
    domains = result.domains.map { Domain($0, verdict: result.exitStatus(of: $0).verdict) }
  }

  struct Domain: Encodable {
    let domain: String
    let verdict: String
    let now: World
    let proposed: World
    let consequences: [Item]
    let findings: [Finding]
    let untold: [Unknown]
    let untested: [Untested]

    init(_ domain: GateResult.Domain, verdict: String) {
      let impact = domain.impact
      self.domain = impact.domain.display
      self.verdict = verdict
      now = World(impact.current)
      proposed = World(impact.proposed)
      consequences = impact.consequences.map(Item.init)
      findings = impact.findings.compactMap(Finding.init)
      untold = impact.untold.map(Unknown.init)
      untested = impact.untested.map { Untested(checks: $1, message: $0.sentence) }.sorted {
        $0.message < $1.message
      }
    }
  }

  struct World: Encodable {
    let role: String
    let score: Int?
    let grade: String?
    let coverage: Int

    init(_ scorecard: Scorecard) {
      role = scorecard.role.rawValue
      score = scorecard.score.value
      grade = scorecard.score.grade
      coverage = scorecard.score.coverage
    }
  }

  struct Item: Encodable {
    let kind: String
    let effect: String
    let severity: String
    let message: String

    init(_ consequence: Consequence) {
      kind = consequence.kind.word
      effect = consequence.kind.effect.rawValue
      severity = consequence.severity.rawValue
      message = consequence.kind.sentence
    }
  }

  struct Finding: Encodable {
    let rule: String
    let title: String
    let change: String
    let severityNow: String?
    let severityProposed: String?
    let place: PlaceDocument
    let message: String
    let fix: String

    init?(_ change: FindingChange) {
      guard let fault = change.after ?? change.before else { return nil }
      rule = change.rule.id
      title = change.rule.title
      self.change = change.direction.rawValue
      severityNow = change.severityBefore?.rawValue
      severityProposed = change.severityAfter?.rawValue
      place = PlaceDocument(fault.place)
      message = fault.message.plain
      fix = change.rule.fix
    }
  }

  struct Unknown: Encodable {
    let rule: String
    let title: String
    let severity: String
    let faults: [String]
    let causes: [Cause]

    init(_ untold: Untold) {
      rule = untold.rule.id
      title = untold.rule.title
      severity = untold.severity.rawValue
      faults = untold.faults.map(\.message.plain)
      causes = untold.gaps.map { Cause(place: PlaceDocument($0.place), message: $0.sentence) }
    }
  }

  struct Cause: Encodable {
    let place: PlaceDocument
    let message: String
  }

  struct Untested: Encodable {
    let checks: Int
    let message: String
  }
}

extension ExitStatus {
  fileprivate var verdict: String {
    switch self {
    case .fine: "open"
    case .findings: "shut"
    case .unknown, .usage: "unknown"
    }
  }
}
