package import ChangePlan
import DNSData
import Evidence

/// The plan for programs, version 1; `plan.schema.json` beside this file describes it. Names are stable; additions are
/// compatible.
package struct PlanJSON {
  package static let version = 1

  private let plan: Plan
  private let tool: String

  package init(_ plan: Plan, tool: String) {
    self.plan = plan
    self.tool = tool
  }

  package func text() throws -> String { try JSONText.encode(Document(plan, tool: tool)) }
}

private struct Document: Encodable {
  var format = "mailaudit.plan"
  var version = PlanJSON.version
  let tool: String
  let domain: String
  let now: String
  let procedures: [Procedure]
  let unknown: [Unknown]

  struct Procedure: Encodable {
    let subject: String
    let name: String
    let steps: [Step]
  }

  struct Step: Encodable {
    let action: String
    let message: String
    let standing: String
    let earliest: String?
    let wait: Wait?
    let publish: [String]
    let remove: [String]
  }

  struct Wait: Encodable {
    let seconds: Int64
    let message: String
  }

  struct Unknown: Encodable {
    let name: String
    let type: String
    let message: String
  }

  init(_ plan: Plan, tool: String) {
    self.tool = tool
    domain = plan.domain.display
    now = plan.now.description
    procedures = plan.procedures.map { procedure in
      Procedure(
        subject: procedure.subject.word, name: procedure.subject.host(plan.domain).display,
        steps: procedure.steps.map { Step($0, plan.now) })
    }
    unknown = plan.failures.map {
      Unknown(
        name: $0.question.name.display, type: $0.question.type.description,
        message: $0.failure?.sentence ?? "no answer")
    }
  }
}

extension Document.Step {
  init(_ step: Plan.Step, _ now: Timestamp) {
    action = step.action.word
    message = step.action.sentence
    standing = step.standing.word
    earliest = step.earliest(now)?.description
    wait = step.wait.map { Document.Wait(seconds: $0.seconds, message: $0.sentence) }
    publish = step.publish.map(\.pasted.description)
    remove = step.remove.map(\.pasted.description)
  }
}

extension Plan.Procedure.Subject {
  fileprivate var word: String {
    switch self {
    case .dkim: "dkim"
    case .tlsa: "tlsa"
    case .mtasts: "mta-sts"
    }
  }

  fileprivate func host(_ domain: Name) -> Name {
    switch self {
    case .dkim, .mtasts: domain
    case .tlsa(let host): host
    }
  }
}

extension Plan.Standing {
  fileprivate var word: String {
    switch self {
    case .done: "done"
    case .due: "due"
    case .waiting: "waiting"
    }
  }
}
