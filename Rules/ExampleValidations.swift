import DNSData
import Evidence

extension Validation {
  /// For examples, with names below example.com.
  static func bogus(_ name: String, _ type: RecordType) -> [Validation] {
    guard let name = try? Name("\(name).example.com") else { return [] }
    let question = Question(name, type)
    let link = ChainBreak(question: question, zone: name.ancestor(labelCount: 2), reason: .badSignature)
    return [Validation(question: question, security: .bogus(link))]
  }

  /// Denied by NSEC3 records with 500 iterations.
  static func heavy(_ name: String, _ type: RecordType) -> [Validation] {
    guard let name = try? Name("\(name).example.com") else { return [] }
    let insecurity = Insecurity(zone: name.ancestor(labelCount: 2), reason: .iterations(500))
    return [Validation(question: Question(name, type), security: .insecure(insecurity))]
  }
}
