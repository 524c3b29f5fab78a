import DNSData
package import SPF

/// A domain's SPF record with all that it includes: what each term costs, what it admits, where it breaks.
package struct SPFTreeReport {
  private let tree: SPFTree

  package init(_ tree: SPFTree) { self.tree = tree }

  /// How many records lie below each other.
  private static func depth(of node: SPFNode) -> Int {
    1 + (node.terms.compactMap(\.child).map(depth).max() ?? 0)
  }

  // MARK: - Text

  package var text: String {
    var lines = [
      tree.root.publication.word,
      Layout.ends(
        tree.root.domain.display,
        "\(tree.lookups) of \(SPFLimits.lookups) look-ups, \(tree.voids) of \(SPFLimits.voids) without an answer"
      ),
    ]
    lines += body(of: tree.root, margin: "")
    if !tree.limitsReached.isEmpty { lines.append("There is more: a limit of this survey was reached.") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func body(of node: SPFNode, margin: String) -> [String] {
    var lines = node.publication.remarks.map { margin + $0 }
    for (index, surveyed) in node.terms.enumerated() {
      let isLast = index == node.terms.count - 1
      let term = margin + (isLast ? "└─ " : "├─ ") + Printable.text(surveyed.term.text)
      let cost = surveyed.lookups > 0 ? "\(surveyed.lookups)" : ""
      lines.append(cost.isEmpty ? term : Layout.ends(term, cost))
      let inner = margin + (isLast ? "   " : "│  ")
      lines += surveyed.remarks.map { inner + $0 }
      if let child = surveyed.child { lines += body(of: child, margin: inner) }
    }
    return lines
  }

  // MARK: - JSON

  package func json() throws -> String {
    try JSONText.encode(
      Document(
        result: tree.root.publication.word, lookups: tree.lookups, voids: tree.voids,
        depth: Self.depth(of: tree.root), complete: tree.limitsReached.isEmpty, tree: Document.Node(tree.root)
      ))
  }

  private struct Document: Encodable {
    let result: String
    let lookups: Int
    let voids: Int
    let depth: Int
    let complete: Bool
    let tree: Node

    struct Node: Encodable {
      let domain: String
      let record: String?
      let faults: [String]
      let lookups: Int
      let voids: Int
      let terms: [Term]

      init(_ node: SPFNode) {
        domain = node.domain.display
        record = node.record.map { Printable.text($0.octets) }
        faults = node.publication.remarks
        lookups = node.lookups
        voids = node.voids
        terms = node.terms.map(Term.init)
      }
    }

    struct Term: Encodable {
      let term: String
      let lookups: Int
      let voids: Int
      let networks: [String]
      let remarks: [String]
      let tree: [Node]

      init(_ surveyed: SPFSurveyedTerm) {
        term = Printable.text(surveyed.term.text)
        lookups = surveyed.lookups
        voids = surveyed.voids
        networks = surveyed.networks.map(\.description)
        remarks = surveyed.remarks
        tree = surveyed.child.map { [Node($0)] } ?? []
      }
    }
  }
}

extension SPFPublication {
  /// ok, or the result that the record's state alone leads to.
  package var word: String {
    switch self {
    case .found(let record, _): record.faults.isEmpty ? "ok" : SPFResult.permerror.rawValue
    case .absent: SPFResult.none.rawValue
    case .multiple: SPFResult.permerror.rawValue
    case .failed: SPFResult.temperror.rawValue
    }
  }

  fileprivate var remarks: [String] {
    switch self {
    case .found(let record, _):
      record.faults.map { "! at octet \($0.range.lowerBound + 1): \($0.kind)" }
        + record.remarks.map { "! at octet \($0.range.lowerBound + 1): \($0.kind)" }
    case .absent(.noSuchName): ["! the name does not exist"]
    case .absent(.noTexts): ["! there is no TXT record"]
    case .absent(.otherTexts): ["! no TXT record begins with v=spf1"]
    case .multiple(let texts): ["! there are \(texts.count) SPF records; receivers take none of them"]
    case .failed(let failure): ["? \(failure.sentence)"]
    }
  }
}

extension SPFSurveyedTerm {
  fileprivate var remarks: [String] {
    var remarks: [String] = []
    switch reach {
    case .evaluated: break
    case .cutOffByAll: remarks.append("! never reached, because of all")
    }
    switch following {
    case .loop: remarks.append("! leads back to a record that is being evaluated")
    case .limitReached: remarks.append("? not followed, because a limit of this survey was reached")
    case .nowhere, .node: break
    }
    switch target {
    case .dependsOnClient: remarks.append("  depends on the client")
    case .malformed: remarks.append("! leads to what is no domain name")
    case .notNeeded, .name: break
    }
    if isVoid { remarks.append("! finds nothing") }
    remarks += failures.map { "? \($0.question): \($0.failure.sentence)" }
    return remarks
  }
}
