package import ChangePlan
import DNSData
import Evidence

/// Ordered steps for people: what, when at the earliest, why the wait, and the records to paste.
package struct PlanReport {
  private let plan: Plan

  package init(_ plan: Plan) { self.plan = plan }

  package var text: String {
    let head = "\(plan.domain.display), \(plan.now)\n"
    let procedures = plan.procedures.map(section)
    let failures = plan.failures.map { answer in
      Layout.paragraph(
        "\(answer.question.name.display) \(answer.question.type): \(answer.failure?.sentence ?? "no answer"). "
          + "What depends on it is not in the plan.", label: "unknown", indent: 9) + "\n"
    }
    guard !procedures.isEmpty || !failures.isEmpty else {
      return head + "\nNothing that needs an order is to be done.\n"
    }
    return ([head] + procedures + failures).joined(separator: "\n")
  }

  private func section(_ procedure: Plan.Procedure) -> String {
    let steps = procedure.steps.enumerated().map { step($1, number: $0 + 1) }
    return procedure.subject.sentence(plan.domain) + "\n\n" + steps.joined(separator: "\n") + "\n"
  }

  private func step(_ step: Plan.Step, number: Int) -> String {
    var lines = [Layout.paragraph("\(moment(step)): \(step.action.sentence)", label: "\(number).", indent: 4)]
    if let wait = step.wait { lines.append(Layout.paragraph(waitSentence(step, wait), indent: 4)) }
    guard step.standing != .done else { return lines.joined(separator: "\n") }
    lines += step.remove.map { "    ; remove: \($0.pasted)" } + step.publish.map { "    \($0.pasted)" }
    return lines.joined(separator: "\n")
  }

  private func waitSentence(_ step: Plan.Step, _ wait: Plan.Wait) -> String {
    switch step.standing {
    case .done, .waiting: wait.sentence
    case .due: wait.sentence + " If that is over, nothing holds you up."
    }
  }

  private func moment(_ step: Plan.Step) -> String {
    switch step.standing {
    case .done: "Done"
    case .due: "Now"
    case .waiting(let moment): "Not before \(moment)"
    }
  }
}
