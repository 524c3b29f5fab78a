import DNSData
import Expectation
import Rules
import Verdict
import Yams

/// Findings that the operator knows of and accepts until a day.
struct WaiverReader {
  private static let keys = ["rule", "name", "reason", "until"]
  private static let maximumReasonLength = 500  // characters
  private static let secondsInDay: Int64 = 86_400

  let fields: ExpectationFields

  func waivers(_ node: Node?) throws(Problem) -> [Waiver] {
    guard let node else { return [] }
    guard let sequence = node.sequence else {
      throw fields.yaml.fault(node, "a list of waivers is expected here, each with rule, reason and until")
    }
    var waivers: [Waiver] = []
    for element in sequence { waivers.append(try waiver(element)) }
    return waivers
  }

  private func waiver(_ node: Node) throws(Problem) -> Waiver {
    let values = try fields.yaml.mapping(node)
    try fields.yaml.check(values, against: Self.keys)
    guard let rule = values["rule"], let reason = values["reason"], let until = values["until"] else {
      let missing = ["rule", "reason", "until"].filter { values[Node($0)] == nil }
      throw fields.yaml.fault(node, "a waiver needs the key \(missing.first ?? "rule")")
    }
    let end = try fields.time(until, "until")
    return Waiver(
      rule: try self.rule(rule),
      name: try values["name"].map { node throws(Problem) in try fields.name(node) },
      reason: try self.reason(reason),
      // The day that is named is the last one.
      end: end.isDate ? Timestamp(seconds: end.time.seconds + Self.secondsInDay) : end.time,
      line: node.mark?.line ?? 0)
  }

  private func rule(_ node: Node) throws(Problem) -> String {
    let id = try fields.text(node, "the id of a rule")
    guard Rule.catalog.contains(where: { $0.id == id }) else {
      let nearest = NearestMatch.of(id, among: Rule.catalog.map(\.id))
      throw fields.yaml.fault(node, "there is no rule \(Shown.text(id)); the nearest is \(nearest)")
    }
    return id
  }

  private func reason(_ node: Node) throws(Problem) -> String {
    let text = try fields.text(node, "a reason")
    guard text.count <= Self.maximumReasonLength,
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else {
      throw fields.yaml.fault(node, "a reason is one line of at most \(Self.maximumReasonLength) characters")
    }
    return text
  }
}
