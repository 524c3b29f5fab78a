import DNSBL
import DNSData
import Evidence
import Rules
import Yams

/// Blocklists as YAML; `Rules/Blocklists/blocklists.yaml` explains its keys and is what is used without a file. Every
/// mistake is an error: a misread code would be a false accusation.
struct BlocklistFile {
  private static let maximumSize = 1 << 20
  private static let maximumTextLength = 200  // characters
  private static let keys = [
    "zone", "keyed-zone", "kind", "self-test", "removal", "registration", "codes", "errors", "status",
    "reason",
  ]
  private static let closedKeys = ["zone", "status", "reason"]

  private let yaml: YAMLText

  static func builtIn() throws(Problem) -> [Blocklist] { try readBuiltIn().open }

  /// The user's own lists in place of the built-in ones.
  static func lists(in path: String) throws(Problem) -> [Blocklist] {
    let closed = try readBuiltIn().closed
    return try BlocklistFile(yaml: YAMLText(path)).read(
      try FileHandles.read(path, limit: maximumSize), closed: closed
    ).open
  }

  private static func readBuiltIn() throws(Problem) -> (open: [Blocklist], closed: [Name: String]) {
    try BlocklistFile(yaml: YAMLText("the built-in blocklists.yaml")).read(
      BuiltInBlocklists.octets, closed: [:])
  }

  private func read(
    _ octets: [UInt8], closed known: [Name: String]
  ) throws(Problem) -> (open: [Blocklist], closed: [Name: String]) {
    let root = try yaml.mapping(try yaml.compose(octets))
    try yaml.check(root, against: ["lists"])
    guard let nodes = root["lists"]?.sequence else {
      throw yaml.fault(nil, "the key lists must hold the blocklists")
    }
    var zones: Set<Name> = []
    var open: [Blocklist] = []
    var closed: [Name: String] = [:]
    for node in nodes {
      let fields = try yaml.mapping(node)
      try yaml.check(fields, against: Self.keys)
      let zone = try self.zone(fields["zone"], in: node)
      guard zones.insert(zone).inserted else { throw yaml.fault(node, "\(zone.display) stands here twice") }
      if let reason = zone.selfAndAncestors.compactMap({ known[$0] }).first {
        throw yaml.fault(node, "\(zone.display) must not be asked: \(reason)")
      }
      if try isClosed(fields) {
        try yaml.check(fields, against: Self.closedKeys)
        closed[zone] = try text(fields["reason"], "a reason", in: node)
      } else {
        open.append(try list(zone, fields, node))
      }
    }
    return (open, closed)
  }

  private func isClosed(_ fields: Node.Mapping) throws(Problem) -> Bool {
    guard let status = fields["status"] else { return false }
    guard status.string == "closed" else {
      throw yaml.fault(status, "the status of a list is closed, or left out")
    }
    return true
  }

  private func list(_ zone: Name, _ fields: Node.Mapping, _ node: Node) throws(Problem) -> Blocklist {
    let kind: Blocklist.Kind = try word(fields["kind"], "kind", in: node)
    guard let codeNodes = fields["codes"]?.sequence, !codeNodes.isEmpty else {
      throw yaml.fault(node, "\(zone.display) needs the return codes that are listings: the key codes")
    }
    var codes: [Blocklist.Code] = []
    for code in codeNodes { codes.append(try self.code(code)) }
    var errors: [ReturnValues] = []
    for error in fields["errors"]?.array() ?? [] { errors.append(try values(error)) }
    let registration: Blocklist.Registration =
      try fields["registration"].map { node throws(Problem) in try word(node, "registration", in: node) }
      ?? .none
    let list = Blocklist(
      zone: zone, kind: kind, codes: codes, errors: errors,
      testPoints: try testPoints(fields["self-test"], kind, in: node),
      removal: try fields["removal"].map { node throws(Problem) in try url(node) },
      registration: registration,
      keyedZone: try fields["keyed-zone"].map { node throws(Problem) in try self.zone(node, in: node) })
    for point in list.testPoints.map({ [$0.listed, $0.unlisted] }) ?? []
    where !list.takes(point) || list.question(about: point) == nil {
      throw yaml.fault(
        fields["self-test"], "\(zone.display), a list of \(kind.rawValue), cannot hold its test entries")
    }
    return list
  }

  private func code(_ node: Node) throws(Problem) -> Blocklist.Code {
    let fields = try yaml.mapping(node)
    try yaml.check(fields, against: ["code", "weight", "meaning"])
    guard let code = fields["code"] else { throw yaml.fault(node, "a return code needs the key code") }
    return Blocklist.Code(
      try values(code), try word(fields["weight"], "weight", in: node),
      try text(fields["meaning"], "a meaning", in: node))
  }

  private func values(_ node: Node) throws(Problem) -> ReturnValues {
    let text = node.string ?? ""
    guard let values = ReturnValues(text) else {
      throw yaml.fault(
        node,
        "a return code is an address in 127.0.0.0/8, a range of two, or a bit such as bit 64; not \(Shown.text(text))"
      )
    }
    return values
  }

  private func testPoints(
    _ node: Node?, _ kind: Blocklist.Kind, in list: Node
  ) throws(Problem) -> Blocklist.TestPoints? {
    switch node?.string {
    case "rfc5782": return .standard(for: kind)
    case "none": return nil
    default: break
    }
    guard let node, let fields = node.mapping else {
      throw yaml.fault(node ?? list, "self-test is rfc5782, none, or two entries: listed and unlisted")
    }
    try yaml.check(fields, against: ["listed", "unlisted"])
    return Blocklist.TestPoints(
      listed: try entry(fields["listed"], in: node), unlisted: try entry(fields["unlisted"], in: node))
  }

  private func entry(_ node: Node?, in parent: Node) throws(Problem) -> BlocklistEntry {
    if let address = node?.string.flatMap({ IPAddress($0) }) { return .address(address) }
    return .name(try zone(node, in: parent))
  }

  private func zone(_ node: Node?, in parent: Node) throws(Problem) -> Name {
    guard let text = node?.string else { throw yaml.fault(parent, "a domain name is missing here") }
    do {
      let name = try Name(text)
      guard !name.isRoot else { throw NameError.emptyLabel }
      return name
    } catch {
      throw yaml.fault(node, "\(Shown.text(text)) is no domain name: \(error)")
    }
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node?, _ key: String, in parent: Node
  ) throws(Problem) -> Word where Word.RawValue == String {
    let text = node?.string ?? ""
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw yaml.fault(node ?? parent, "the key \(key) is one of \(words); not \(Shown.text(text))")
    }
    return word
  }

  private func url(_ node: Node) throws(Problem) -> String {
    let url = try text(node, "a URL", in: node)
    guard url.hasPrefix("https://"), !url.contains(" ") else {
      throw yaml.fault(node, "a removal page begins with https://")
    }
    return url
  }

  /// Goes into reports as it is.
  private func text(_ node: Node?, _ what: String, in parent: Node) throws(Problem) -> String {
    guard let text = node?.string, !text.isEmpty, text.count <= Self.maximumTextLength,
      text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else {
      throw yaml.fault(
        node ?? parent, "\(what) is needed here, of 1 to \(Self.maximumTextLength) printable ASCII characters"
      )
    }
    return text
  }
}
