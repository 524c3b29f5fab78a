import DNSData
import Evidence
import SPF
import Verdict

/// The SPF record with all that it leads to.
struct HTMLTree {
  let word: String
  let isFault: Bool
  let costs: HTMLText
  let lookups: Int
  let limit: Int
  /// One for each look-up, allowed or not, that is shown.
  let boxes: [Box]
  let width: Int
  let advice: [HTMLText]
  let incompleteness: HTMLText?
  let records: [Record]

  /// A look-up in the picture of all that are allowed.
  struct Box {
    let x: Int
    let look: String

    static let step = 14
    static let maximum = 30
  }

  struct Record {
    let domain: HTMLText
    let remarks: [Remark]
    let terms: [Term]
    let hasTerms: Bool
  }

  struct Term {
    let text: HTMLText
    let lookups: Int?
    let noun: String
    let notes: [Remark]
    /// None or one: templates look for what is not there further out.
    let children: [Record]
    let isLeaf: Bool
  }

  struct Remark {
    let look: String
    let sentence: HTMLText

    private static let most = 20

    /// The first ones; a record of 64 KB can have thousands of faults.
    static func all(_ remarks: [SPFRemark]) -> [Remark] {
      let left = remarks.count - most
      return remarks.prefix(most).map(Remark.init)
        + (left > 0 ? [Remark(SPFRemark(.note, "and \(left) more"))] : [])
    }

    private init(_ remark: SPFRemark) {
      look =
        switch remark.mark {
        case .fault: "wrong"
        case .unknown: "unknown"
        case .note: "note"
        }
      sentence = HTMLText(remark.sentence)
    }
  }

  /// None where there is no record.
  static func all(in snapshot: Snapshot) -> [HTMLTree] {
    guard let tree = SPFTree.evaluate(snapshot.request.domain, { snapshot[$0] }).value,
      tree.root.record != nil
    else { return [] }
    return [HTMLTree(SPFTreeReport(tree))]
  }

  private init(_ report: SPFTreeReport) {
    word = report.word
    isFault = report.tree.defect != nil
    costs = HTMLText(report.costs)
    lookups = report.tree.lookups
    limit = SPFLimits.lookups
    let used = report.tree.lookups
    let number = min(max(used, SPFLimits.lookups), Box.maximum)
    boxes = (0..<number).map { index in
      Box(
        x: index * Box.step,
        look: index >= SPFLimits.lookups ? "over" : index < used ? "used" : "free")
    }
    width = number * Box.step
    advice = report.advice.map(HTMLText.init)
    incompleteness = report.incompleteness.map(HTMLText.init)
    records = [Self.record(report.tree.root, report)]
  }

  private static func record(_ node: SPFNode, _ report: SPFTreeReport) -> Record {
    Record(
      domain: HTMLText(node.domain.display), remarks: Remark.all(node.publication.remarks),
      terms: node.terms.map { term($0, in: node, report) }, hasTerms: !node.terms.isEmpty)
  }

  private static func term(_ surveyed: SPFSurveyedTerm, in node: SPFNode, _ report: SPFTreeReport) -> Term {
    Term(
      text: HTMLText(Printable.text(surveyed.term.text)),
      lookups: surveyed.lookups > 0 ? surveyed.lookups : nil,
      noun: surveyed.lookups == 1 ? "look-up" : "look-ups",
      notes: Remark.all(surveyed.remarks + report.remarks(on: surveyed, in: node)),
      children: surveyed.child.map { [record($0, report)] } ?? [], isLeaf: surveyed.child == nil)
  }
}
