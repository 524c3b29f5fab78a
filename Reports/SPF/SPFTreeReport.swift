import DNSData
package import SPF

/// A domain's SPF record with all that it includes: what each term costs, what it admits, where it breaks.
package struct SPFTreeReport {
  let tree: SPFTree
  // Once: both compare every term with those before it.
  private let admitted: [SPFRange]
  private let shadows: [SPFShadow]

  package init(_ tree: SPFTree) {
    self.tree = tree
    admitted = tree.admittedRanges
    shadows = tree.shadows
  }

  /// How many records lie below each other.
  private static func depth(of node: SPFNode) -> Int {
    1 + (node.terms.compactMap(\.child).map(depth).max() ?? 0)
  }

  /// ok, or the result that the tree comes to.
  var word: String { tree.defect?.rawValue ?? "ok" }

  var costs: String {
    "\(tree.lookups) of \(SPFLimits.lookups) look-ups, \(tree.voids) of \(SPFLimits.voids) without an answer"
  }

  /// Said where the tree is larger than what is shown.
  var incompleteness: String? {
    tree.limitsReached.isEmpty ? nil : "There is more: a limit of this survey was reached."
  }

  // MARK: - Text

  package var text: String {
    var lines = [
      word,
      Layout.ends(tree.root.domain.display, costs),
    ]
    lines += body(of: tree.root, margin: "")
    if !advice.isEmpty { lines += [""] + advice.map { Layout.paragraph($0, label: "-", indent: 2) } }
    if let incompleteness { lines.append(incompleteness) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func body(of node: SPFNode, margin: String) -> [String] {
    var lines = node.publication.remarks.map { margin + $0.text }
    for (index, surveyed) in node.terms.enumerated() {
      let isLast = index == node.terms.count - 1
      let term = margin + (isLast ? "└─ " : "├─ ") + Printable.text(surveyed.term.text)
      let cost = surveyed.lookups > 0 ? "\(surveyed.lookups)" : ""
      lines.append(cost.isEmpty ? term : Layout.ends(term, cost))
      let inner = margin + (isLast ? "   " : "│  ")
      lines += (surveyed.remarks + remarks(on: surveyed, in: node)).map { inner + $0.text }
      if let child = surveyed.child { lines += body(of: child, margin: inner) }
    }
    return lines
  }

  /// What only the whole tree shows about a term: who is let in through it, and whether it ever decides.
  func remarks(on surveyed: SPFSurveyedTerm, in node: SPFNode) -> [SPFRemark] {
    var remarks: [SPFRemark] = []
    if let child = surveyed.child {
      let inside = Set(child.selfAndDescendants.map(\.domain))
      let networks = admitted.filter { inside.contains($0.domain) }.map(\.network)
      if !networks.isEmpty { remarks.append(.init(.note, "admits \(AddressCount(networks).sentence)")) }
    }
    if surveyed.term.qualifier == .pass, surveyed.term.isAll {
      remarks.append(.init(.fault, "lets everybody send"))
    }
    if surveyed.term.qualifier == .pass, !surveyed.term.isAll,
      let wide = surveyed.networks.first(where: \.isExcessiveForSPF)
    {
      remarks.append(.init(.fault, "admits \(wide), which is very wide"))
    }
    for shadow in shadows where shadow.domain == node.domain && shadow.term == surveyed.term {
      let covering =
        "\(Printable.text(shadow.covering.term.text)) in the record of \(shadow.covering.domain.display)"
      remarks.append(.init(.fault, "never decides: \(covering) covers it"))
    }
    return remarks
  }

  /// What to do where the record costs too much or nearly so.
  var advice: [String] {
    let left = SPFLimits.lookups - tree.lookups
    guard left <= 2 else { return [] }
    var advice = [
      left < 0
        ? "\(-left) look-ups too many: receivers stop with permerror. Each of these would help:"
        : "\(left) look-ups left: the next include may be one too many. Each of these would help:"
    ]
    for surveyed in tree.root.terms where surveyed.lookups > 0 {
      let text = Printable.text(surveyed.term.text)
      switch surveyed.term.content {
      case .directive(_, .a), .directive(_, .mx):
        let networks = surveyed.networks.map { network in
          "\(network.address.family == .v4 ? "ip4" : "ip6"):\(network)"
        }
        guard !networks.isEmpty else { continue }
        advice.append("write \(networks.joined(separator: " ")) for \(text): saves \(surveyed.lookups)")
      case .directive(_, .include):
        advice.append(
          "drop \(text) if the service is not used, or let it send from a subdomain of its own: saves \(surveyed.lookups)"
        )
      case .directive(_, .ptr): advice.append("drop \(text), which RFC 7208 §5.5 advises against: saves 1")
      case .directive(_, .exists), .directive(_, .all), .directive(_, .ip4), .directive(_, .ip6), .modifier:
        continue
      }
    }
    return advice
  }

  // MARK: - JSON

  package func json() throws -> String {
    try JSONText.encode(
      Document(
        result: word, lookups: tree.lookups, voids: tree.voids,
        depth: Self.depth(of: tree.root), complete: tree.limitsReached.isEmpty,
        neverDecide: shadows.map {
          .init(domain: $0.domain.display, term: Printable.text($0.term.text))
        },
        advice: advice, tree: Document.Node(tree.root)
      ))
  }

  private struct Document: Encodable {
    let result: String
    let lookups: Int
    let voids: Int
    let depth: Int
    let complete: Bool
    let neverDecide: [Shadow]
    let advice: [String]
    let tree: Node

    struct Shadow: Encodable {
      let domain: String
      let term: String
    }

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
        faults = node.publication.remarks.map(\.text)
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
        remarks = surveyed.remarks.map(\.text)
        tree = surveyed.child.map { [Node($0)] } ?? []
      }
    }
  }
}

/// How many addresses some networks hold, overlaps counted once where one contains the other.
private struct AddressCount {
  private let networks: [IPNetwork]

  init(_ networks: [IPNetwork]) {
    let all = Array(Set(networks))
    self.networks = all.filter { network in !all.contains { $0 != network && $0.contains(network) } }
  }

  var sentence: String {
    let v4 = networks.filter { $0.address.family == .v4 }
    let v6 = networks.filter { $0.address.family == .v6 }
    let addresses = v4.reduce(0) { $0 + (1 << (32 - $1.prefixLength)) }
    let parts = [
      v4.isEmpty ? nil : "\(addresses) IPv4 \(addresses == 1 ? "address" : "addresses")",
      v6.isEmpty ? nil : "\(v6.count) IPv6 \(v6.count == 1 ? "network" : "networks")",
    ]
    return parts.compactMap(\.self).joined(separator: " and ")
  }
}
