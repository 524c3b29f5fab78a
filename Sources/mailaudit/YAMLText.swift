import Yams

/// Data that somebody writes as YAML, with every mistake told as one sentence: the file, its line, what is wrong.
struct YAMLText {
  private let file: String

  /// `file` as the user knows it.
  init(_ file: String) { self.file = file }

  func compose(_ octets: [UInt8]) throws(Problem) -> Node {
    let text = String(decoding: octets, as: UTF8.self)
    do {
      guard let node = try Yams.compose(yaml: text) else { throw Problem.usage("\(file): the file is empty") }
      return node
    } catch let problem as Problem {
      throw problem
    } catch YamlError.scanner(_, let what, let mark, _), YamlError.parser(_, let what, let mark, _),
      YamlError.composer(_, let what, let mark, _)
    {
      throw fault(at: mark, "this is no YAML: \(what)")
    } catch {
      throw .usage("\(Shown.text(file)): this is no YAML")
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
