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

  /// ok, or the result that the tree comes to.
  private var word: String { tree.defect?.rawValue ?? "ok" }

  // MARK: - Text

  package var text: String {
    var lines = [
      word,
      Layout.ends(
        tree.root.domain.display,
        "\(tree.lookups) of \(SPFLimits.lookups) look-ups, \(tree.voids) of \(SPFLimits.voids) without an answer"
      ),
    ]
    lines += body(of: tree.root, margin: "")
    if !advice.isEmpty { lines += [""] + advice.map { Layout.paragraph($0, label: "-", indent: 2) } }
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
      lines += surveyed.remarks.map { inner + $0 } + remarks(on: surveyed, in: node).map { inner + $0 }
      if let child = surveyed.child { lines += body(of: child, margin: inner) }
    }
    return lines
  }

  /// What only the whole tree shows about a term: who is let in through it, and whether it ever decides.
  private func remarks(on surveyed: SPFSurveyedTerm, in node: SPFNode) -> [String] {
    var remarks: [String] = []
    if let child = surveyed.child {
      let inside = Set(child.selfAndDescendants.map(\.domain))
      let admitted = tree.admittedRanges.filter { inside.contains($0.domain) }.map(\.network)
      if !admitted.isEmpty { remarks.append("  admits \(AddressCount(admitted).sentence)") }
    }
    if surveyed.term.qualifier == .pass, surveyed.term.isAll { remarks.append("! lets everybody send") }
    if surveyed.term.qualifier == .pass, !surveyed.term.isAll,
      let wide = surveyed.networks.first(where: \.isExcessiveForSPF)
    {
      remarks.append("! admits \(wide), which is very wide")
    }
    for shadow in tree.shadows where shadow.domain == node.domain && shadow.term == surveyed.term {
      let covering =
        "\(Printable.text(shadow.covering.term.text)) in the record of \(shadow.covering.domain.display)"
      remarks.append("! never decides: \(covering) covers it")
    }
    return remarks
  }

  /// What to do where the record costs too much or nearly so.
  private var advice: [String] {
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
        neverDecide: tree.shadows.map {
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
