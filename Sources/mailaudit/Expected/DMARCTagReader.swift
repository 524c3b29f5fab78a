import DMARC
import Yams

/// The tags of a DMARC record as keys.
struct DMARCTagReader {
  static let keys = ["p", "sp", "np", "adkim", "aspf", "rua", "ruf", "fo", "psd", "t"]

  let fields: ExpectationFields

  func settings(_ values: Node.Mapping, in node: Node) throws(Problem) -> DMARCSettings {
    try fields.yaml.check(values, against: Self.keys)
    guard let policy = values["p"] else {
      throw fields.yaml.fault(node, "the key p must be none, quarantine or reject")
    }
    var settings = DMARCSettings()
    settings.policy = try fields.word(policy, "p")
    if let node = values["sp"] { settings.subdomainPolicy = try fields.word(node, "sp") }
    if let node = values["np"] { settings.nonexistentPolicy = try fields.word(node, "np") }
    settings.dkimAlignment = try value(values, "adkim", ["r", "s"]) ?? .relaxed
    settings.spfAlignment = try value(values, "aspf", ["r", "s"]) ?? .relaxed
    settings.mode = try value(values, "t", ["y", "n"]) ?? .enforced
    settings.suffix = try value(values, "psd", ["y", "n", "u"]) ?? .undetermined
    if let node = values["rua"] { settings.aggregateReports = try reports(node) }
    if let node = values["ruf"] { settings.failureReports = try reports(node) }
    if let node = values["fo"] { settings.failureOptions = try options(node) }
    return settings
  }

  private func value<Value: RawRepresentable<String>>(
    _ values: Node.Mapping, _ key: String, _ words: [String]
  ) throws(Problem) -> Value? {
    guard let node = values[Node(key)] else { return nil }
    let text = try fields.text(node, "a value of the key \(key)")
    guard let value = Value(rawValue: text) else { throw fields.notAmong(words, text, node, key) }
    return value
  }

  private func reports(_ node: Node) throws(Problem) -> [ReportURI] {
    var reports: [ReportURI] = []
    for element in try fields.list(node) {
      let text = try fields.text(element, "an address for reports")
      do throws(ReportURIError) {
        let uri = try ReportURI(Array(text.utf8))
        // The record would say less than the file.
        guard uri.size == nil, !uri.octets.contains(UInt8(ascii: ";")) else { throw .illegalCharacter }
        reports.append(uri)
      } catch {
        throw fields.yaml.fault(
          element,
          "an address for reports is expected here, such as mailto:dmarc@example.com; not \(Shown.text(text))"
        )
      }
    }
    return reports
  }

  private func options(_ node: Node) throws(Problem) -> Set<DMARCFailureOption> {
    let text = try fields.text(node, "a value of the key fo")
    let words = text.split(separator: ":", omittingEmptySubsequences: false)
    let options = Set(words.compactMap { DMARCFailureOption(rawValue: String($0)) })
    guard options.count == words.count, !options.isSuperset(of: [.allFail, .anyFails]) else {
      throw fields.yaml.fault(
        node, "the key fo takes 0 or 1, d, s with colons between them; not \(Shown.text(text))")
    }
    return options
  }
}
