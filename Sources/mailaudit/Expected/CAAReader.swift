import CAA
import DNSData
import Yams

/// CAA records as texts, `issue "letsencrypt.org"`, or as keys.
struct CAAReader {
  private static let expected = #"such as issue "letsencrypt.org""#

  let fields: ExpectationFields

  func records(_ node: Node?) throws(Problem) -> [CAA] {
    var records: [CAA] = []
    guard let node else { return [] }
    for element in node.mapping == nil ? try fields.list(node) : [node] {
      let record: CAA
      if let values = element.mapping {
        record = try keyed(values, element)
      } else {
        record = try written(element)
      }
      if let fault = CAAProperty(record).faults.first {
        throw fields.yaml.fault(element, "this CAA record is at fault: \(fault.kind)".droppingFullStop)
      }
      guard !records.contains(record) else {
        throw fields.yaml.fault(element, "this CAA record stands here twice")
      }
      records.append(record)
    }
    return records
  }

  private func keyed(_ values: Node.Mapping, _ node: Node) throws(Problem) -> CAA {
    try fields.yaml.check(values, against: ["tag", "value", "critical"])
    guard let tag = values["tag"], let value = values["value"] else {
      throw fields.yaml.fault(node, "a CAA record needs the keys tag and value")
    }
    let flags: UInt8
    switch values["critical"]?.string {
    case nil, "false": flags = 0
    case "true": flags = CAAFlags.critical
    case .some(let text):
      throw fields.yaml.fault(
        values["critical"], "the key critical is true or false; not \(Shown.text(text))")
    }
    let text = try fields.text(value, "the value of a CAA record")
    return CAA(
      flags: flags, tag: Array(try fields.text(tag, "the tag of a CAA record").utf8), value: Array(text.utf8))
  }

  /// As in a zone file, the flags left out or not.
  private func written(_ node: Node) throws(Problem) -> CAA {
    let text = try fields.text(node, "a CAA record")
    let flagged = text.utf8.first?.isASCIIDigit == true ? text : "0 " + text
    guard !text.contains(where: \.isNewline), let record = try? Record(". 0 CAA " + flagged),
      case .caa(let caa) = record.data
    else {
      throw fields.yaml.fault(
        node, "a CAA record is expected here, \(Self.expected); not \(Shown.text(text))")
    }
    return caa
  }
}
