import Rules
import Verdict
import Yams

/// A profile as YAML: `profile` its name, `based-on` a built-in one (standard if left out), `rules` the differences by
/// id, each with `severity` (or `off`) and `reason`. Unknown ids and keys are errors with the nearest match.
struct ProfileFile {
  private static let maximumSize = 1 << 20
  private static let keys = ["profile", "based-on", "rules"]
  private static let ruleKeys = ["severity", "reason"]

  private let yaml: YAMLText

  /// A built-in name, else a file.
  static func profile(_ name: String) throws(Problem) -> Profile {
    if let builtIn = BuiltInProfile(rawValue: name) {
      return try ProfileFile(yaml: YAMLText("the built-in \(name).yaml")).read(builtIn.octets)
    }
    guard name.contains("/") || name.contains(".") else {
      let names = BuiltInProfile.allCases.map(\.rawValue)
      throw .usage(
        "there is no profile \(Shown.text(name)); built in are \(names.joined(separator: ", ")), and a file has a dot "
          + "or a slash in its name")
    }
    return try ProfileFile(yaml: YAMLText(name)).read(try FileHandles.read(name, limit: maximumSize))
  }

  private func read(_ octets: [UInt8]) throws(Problem) -> Profile {
    let root = try yaml.mapping(try yaml.compose(octets))
    try yaml.check(root, against: Self.keys)
    guard let name = root["profile"]?.string else {
      throw yaml.fault(nil, "the key profile must give the profile's name")
    }
    var adjustments: [String: Profile.Adjustment] = [:]
    if let rules = root["rules"] {
      for (key, value) in try yaml.mapping(rules) {
        let (id, adjustment) = try self.adjustment(key, value, layer: name)
        adjustments[id] = adjustment
      }
    }
    let own = Profile(name: name, adjustments: adjustments)
    guard name != BuiltInProfile.standard.rawValue else { return own }
    let base = root["based-on"]?.string ?? BuiltInProfile.standard.rawValue
    guard BuiltInProfile(rawValue: base) != nil, base != name else {
      throw yaml.fault(root["based-on"], "based-on takes a built-in profile, not \(Shown.text(base))")
    }
    return try Self.profile(base).overlaid(by: own)
  }

  private func adjustment(
    _ key: Node, _ value: Node, layer: String
  ) throws(Problem) -> (id: String, Profile.Adjustment) {
    let id = key.string ?? ""
    guard Rule.catalog.contains(where: { $0.id == id }) else {
      let nearest = NearestMatch.of(id, among: Rule.catalog.map(\.id))
      throw yaml.fault(key, "there is no rule \(Shown.text(id)); the nearest is \(nearest)")
    }
    let fields = try yaml.mapping(value)
    try yaml.check(fields, against: Self.ruleKeys)
    guard let reason = fields["reason"]?.string, !reason.isEmpty else {
      throw yaml.fault(key, "\(id) needs a reason: the key reason")
    }
    let word = fields["severity"]?.string ?? ""
    let weight: Profile.Weight
    if let severity = Severity(rawValue: word) {
      weight = .severity(severity)
    } else if word == "off" || fields["severity"]?.bool == false {
      weight = .off
    } else {
      let words = Severity.allCases.map(\.rawValue).joined(separator: ", ")
      throw yaml.fault(
        fields["severity"] ?? key, "the severity of \(id) is one of \(words), off; not \(Shown.text(word))")
    }
    return (id, Profile.Adjustment(weight, reason: reason, layer: layer))
  }
}
