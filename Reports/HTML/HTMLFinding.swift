import DNSData
import Evidence
import Verdict

/// A check that failed: what, where, why, and what to do.
struct HTMLFinding {
  /// From elsewhere in the page to a finding.
  struct Link {
    /// The rule's id: letters, digits, full stops and hyphens.
    let rule: String
    let title: HTMLText
    let word: String

    init(_ result: RuleResult) {
      rule = result.rule.id
      title = HTMLText(result.rule.title)
      word = result.severity.word
    }
  }

  /// More places than these are folded.
  private static let shownFaults = 3
  /// A record of 64 KB can have thousands of faults; the JSON report has all.
  private static let foldedFaults = 100

  let link: Link
  let topic: String
  let points: Int?
  let faults: [HTMLFault]
  let more: [More]
  let why: [HTMLFragment]
  let fix: [HTMLFragment]
  let references: HTMLText

  struct More {
    let number: Int
    let folded: [HTMLFault]
    /// How many are left out.
    let left: Int?
  }

  init(_ result: RuleResult) {
    link = Link(result)
    topic = result.rule.topic.title
    points = result.points > 0 ? result.points : nil
    // One alone is not worth folding.
    let count = result.faults.count
    let shown = count > Self.shownFaults + 1 ? Self.shownFaults : count
    faults = result.faults.prefix(shown).map { HTMLFault($0, unlike: result) }
    let rest = result.faults.dropFirst(shown)
    let folded = rest.prefix(Self.foldedFaults).map { HTMLFault($0, unlike: result) }
    let left = rest.count - folded.count
    more = rest.isEmpty ? [] : [More(number: rest.count, folded: folded, left: left > 0 ? left : nil)]
    why = HTMLFragment.all(result.rule.why)
    fix = HTMLFragment.all(result.rule.fix)
    references = HTMLText(result.rule.references.map(\.text).joined(separator: ", "))
  }
}

struct HTMLFault {
  let message: [HTMLFragment]
  let place: HTMLText
  let source: HTMLText
  let observed: Evidence?
  let expected: Evidence?
  /// Where it weighs less than the worst of its rule.
  let milder: String?

  struct Evidence {
    let fragments: [HTMLFragment]
  }

  init(_ fault: Fault, unlike result: RuleResult) {
    message = HTMLFragment.all(fault.message)
    place = HTMLText(fault.place.sentence)
    source = HTMLText(fault.source.sentence)
    observed = fault.observed.map { Evidence(fragments: HTMLFragment.all($0)) }
    expected = fault.expected.map { Evidence(fragments: HTMLFragment.all($0)) }
    let severity = result.severity(of: fault)
    milder = severity == result.severity ? nil : severity.word
  }
}

/// A fault that the operator accepts for now.
struct HTMLWaiver {
  let rule: HTMLText
  let message: [HTMLFragment]
  let end: HTMLText
  let reason: HTMLText

  init(_ rule: Rule, _ waived: WaivedFault) {
    self.rule = HTMLText(rule.id)
    message = HTMLFragment.all(waived.fault.message)
    end = HTMLText(waived.waiver.end.description)
    reason = HTMLText(waived.waiver.reason)
  }
}
