import DNSData
import Yams

/// Data that somebody writes as YAML, with every mistake told as one sentence: the file, its line, what is wrong.
struct YAMLText {
  private let file: String

  /// `file` as the user knows it.
  init(_ file: String) { self.file = file }

  func compose(_ octets: [UInt8]) throws(Problem) -> Node {
    guard let text = String(validating: octets, as: UTF8.self) else {
      throw .usage("\(file): this is no text in UTF-8")
    }
    try refuseManyAliases(text)
    do {
      let parser = try Parser(yaml: text)
      guard let node = try parser.singleRoot() else { throw Problem.usage("\(file): the file is empty") }
      // Nodes know their anchors only as long as the parser lives.
      try withExtendedLifetime(parser) { try refuseAnchors(node) }
      return node
    } catch let problem as Problem {
      throw problem
    } catch YamlError.scanner(_, let what, let mark, _), YamlError.parser(_, let what, let mark, _),
      YamlError.composer(_, let what, let mark, _)
    {
      throw fault(at: mark, "this is no YAML: \(what)")
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw fault(at: context.mark, "the key \(Shown.text(keys.first ?? "")) stands here twice")
    } catch {
      throw .usage("\(file): this is no YAML")
    }
  }

  /// The parser follows aliases in keys before anybody can look: a few cannot grow much, and many are nobody's mistake.
  private func refuseManyAliases(_ text: String) throws(Problem) {
    var count = 0
    var before = UInt8(ascii: "\n")
    for octet in text.utf8 {
      if before == UInt8(ascii: "*"), octet.isASCIIAlphanumeric || "_-".utf8.contains(octet) { count += 1 }
      before = octet
    }
    guard count <= Self.maximumAliases else {
      throw .usage("\(file): anchors and aliases (&, *) are not taken: write them out")
    }
  }

  private static let maximumAliases = 20

  /// Aliases grow without bound, and there is nothing to refer to without an anchor. One stands in front of all its
  /// aliases, so that none of these is followed.
  private func refuseAnchors(_ node: Node) throws(Problem) {
    guard node.anchor == nil else {
      throw fault(node, "anchors and aliases (&, *) are not taken: write it out")
    }
    for child in node.sequence.map(Array.init) ?? [] { try refuseAnchors(child) }
    for (key, value) in node.mapping.map(Array.init) ?? [] {
      try refuseAnchors(key)
      try refuseAnchors(value)
    }
  }

  func mapping(_ node: Node) throws(Problem) -> Node.Mapping {
    guard let mapping = node.mapping else { throw fault(node, "keys with values are expected here") }
    return mapping
  }

  func check(_ mapping: Node.Mapping, against keys: [String]) throws(Problem) {
    for (key, _) in mapping where !keys.contains(key.string ?? "") {
      let nearest = NearestMatch.of(key.string ?? "", among: keys)
      throw fault(key, "there is no key \(Shown.text(key.string ?? "")); the nearest is \(nearest)")
    }
  }

  func fault(_ node: Node?, _ sentence: String) -> Problem {
    guard let mark = node?.mark else { return .usage("\(file): \(sentence)") }
    return fault(at: mark, sentence)
  }

  func fault(at mark: Mark, _ sentence: String) -> Problem {
    .usage("\(file):\(mark.line): \(sentence)")
  }
}
