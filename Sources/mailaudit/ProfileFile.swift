import Rules
import Verdict
import Yams

/// A profile as YAML: `profile` its name, `based-on` a built-in one (standard if left out), `rules` the differences by
/// id, each with `severity` (or `off`) and `reason`. Unknown ids and keys are errors with the nearest match.
struct ProfileFile {
  private static let maximumSize = 1 << 20
  private static let keys = ["profile", "based-on", "rules"]
  private static let ruleKeys = ["severity", "reason"]

  private let file: String

  /// A built-in name, else a file.
  static func profile(_ name: String) throws(Problem) -> Profile {
    if let builtIn = BuiltInProfile(rawValue: name) {
      return try ProfileFile(file: "the built-in \(name).yaml").read(builtIn.octets)
    }
    guard name.contains("/") || name.contains(".") else {
      let names = BuiltInProfile.allCases.map(\.rawValue)
      throw .usage(
        "there is no profile \(Shown.text(name)); built in are \(names.joined(separator: ", ")), and a file has a dot "
          + "or a slash in its name")
    }
    return try ProfileFile(file: name).read(try FileHandles.read(name, limit: maximumSize))
  }

  private func read(_ octets: [UInt8]) throws(Problem) -> Profile {
    let root = try mapping(try compose(octets))
    try check(root, against: Self.keys)
    guard let name = root["profile"]?.string else {
      throw fault(nil, "the key profile must give the profile's name")
    }
    var adjustments: [String: Profile.Adjustment] = [:]
    if let rules = root["rules"] {
      for (key, value) in try mapping(rules) {
        let (id, adjustment) = try self.adjustment(key, value, layer: name)
        adjustments[id] = adjustment
      }
    }
    let own = Profile(name: name, adjustments: adjustments)
    guard name != BuiltInProfile.standard.rawValue else { return own }
    let base = root["based-on"]?.string ?? BuiltInProfile.standard.rawValue
    guard BuiltInProfile(rawValue: base) != nil, base != name else {
      throw fault(root["based-on"], "based-on takes a built-in profile, not \(Shown.text(base))")
    }
    return try Self.profile(base).overlaid(by: own)
  }

  private func adjustment(
    _ key: Node, _ value: Node, layer: String
  ) throws(Problem) -> (id: String, Profile.Adjustment) {
    let id = key.string ?? ""
    guard Rule.catalog.contains(where: { $0.id == id }) else {
      let nearest = NearestMatch.of(id, among: Rule.catalog.map(\.id))
      throw fault(key, "there is no rule \(Shown.text(id)); the nearest is \(nearest)")
    }
    let fields = try mapping(value)
    try check(fields, against: Self.ruleKeys)
    guard let reason = fields["reason"]?.string, !reason.isEmpty else {
      throw fault(key, "\(id) needs a reason: the key reason")
    }
    let word = fields["severity"]?.string ?? ""
    let weight: Profile.Weight
    if let severity = Severity(rawValue: word) {
      weight = .severity(severity)
    } else if word == "off" || fields["severity"]?.bool == false {
      weight = .off
    } else {
      let words = Severity.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(
        fields["severity"] ?? key, "the severity of \(id) is one of \(words), off; not \(Shown.text(word))")
    }
    return (id, Profile.Adjustment(weight, reason: reason, layer: layer))
  }

  // MARK: - YAML

  private func compose(_ octets: [UInt8]) throws(Problem) -> Node {
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

  private func mapping(_ node: Node) throws(Problem) -> Node.Mapping {
    guard let mapping = node.mapping else { throw fault(node, "keys with values are expected here") }
    return mapping
  }

  private func check(_ mapping: Node.Mapping, against keys: [String]) throws(Problem) {
    for (key, _) in mapping where !keys.contains(key.string ?? "") {
      let nearest = NearestMatch.of(key.string ?? "", among: keys)
      throw fault(key, "there is no key \(Shown.text(key.string ?? "")); the nearest is \(nearest)")
    }
  }

  private func fault(_ node: Node?, _ sentence: String) -> Problem {
    guard let mark = node?.mark else { return .usage("\(file): \(sentence)") }
    return fault(at: mark, sentence)
  }

  private func fault(at mark: Mark, _ sentence: String) -> Problem {
    .usage("\(file):\(mark.line): \(sentence)")
  }
}
