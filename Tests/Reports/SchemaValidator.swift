import Foundation

/// The part of JSON Schema that the report's schema uses.
struct SchemaValidator {
  let root: [String: Any]

  func faults(of value: Any) -> [String] { faults(of: value, by: root, at: "$") }

  private func faults(of value: Any, by schema: [String: Any], at path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
        return ["\(path): no definition \(reference)"]
      }
      return faults(of: value, by: target, at: path)
    }
    var faults: [String] = []
    if let constant = schema["const"], !Self.equal(constant, value) { faults.append("\(path): not \(constant)") }
    if let choices = schema["enum"] as? [Any], !choices.contains(where: { Self.equal($0, value) }) {
      faults.append("\(path): \(value) is not among \(choices)")
    }
    if let type = schema["type"] as? String, !Self.isOfType(value, type) { faults.append("\(path): no \(type)") }
    if let number = value as? Int {
      if let minimum = schema["minimum"] as? Int, number < minimum { faults.append("\(path): below \(minimum)") }
      if let maximum = schema["maximum"] as? Int, number > maximum { faults.append("\(path): above \(maximum)") }
    }
    if let text = value as? String, let pattern = schema["pattern"] as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      faults.append("\(path): \(text) does not match \(pattern)")
    }
    if let items = schema["items"] as? [String: Any], let array = value as? [Any] {
      for (index, item) in array.enumerated() { faults += self.faults(of: item, by: items, at: "\(path)[\(index)]") }
    }
    if let object = value as? [String: Any] { faults += self.faults(ofObject: object, by: schema, at: path) }
    return faults
  }

  private func faults(ofObject object: [String: Any], by schema: [String: Any], at path: String) -> [String] {
    var faults: [String] = []
    for name in schema["required"] as? [String] ?? [] where object[name] == nil { faults.append("\(path): lacks \(name)") }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    for (name, value) in object {
      if let property = properties[name] as? [String: Any] {
        faults += self.faults(of: value, by: property, at: "\(path).\(name)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        faults += self.faults(of: value, by: others, at: "\(path).\(name)")
      } else if schema["additionalProperties"] as? Bool == false {
        faults.append("\(path): \(name) is not allowed")
      }
    }
    return faults
  }

  private static func equal(_ left: Any, _ right: Any) -> Bool { "\(left)" == "\(right)" }

  private static func isOfType(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": value is Bool
    case "integer": value is Int
    default: false
    }
  }
}
