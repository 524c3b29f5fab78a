/// What is to be said of one text: a word, and each fault with its place.
package struct LintReport {
  package enum Weight: String, Sendable { case error, warning, note }

  package struct Remark: Sendable {
    let weight: Weight
    let octet: Int
    let sentence: String

    /// - Parameter octet: counts from 0; people read it from 1.
    package init(_ weight: Weight, at octet: Int, _ sentence: String) {
      self.weight = weight
      self.octet = octet
      self.sentence = sentence
    }
  }

  package let word: String
  private let remarks: [Remark]

  package init(_ word: String, _ remarks: [Remark]) {
    self.word = word
    self.remarks = remarks
  }

  package var text: String {
    ([word] + remarks.map { "\($0.weight.rawValue) at octet \($0.octet + 1): \($0.sentence)" }).joined(
      separator: "\n")
      + "\n"
  }

  package func json() throws -> String {
    try JSONText.encode(
      Document(
        result: word,
        remarks: remarks.map { .init(weight: $0.weight.rawValue, octet: $0.octet + 1, message: $0.sentence) })
    )
  }

  private struct Document: Encodable {
    struct Remark: Encodable {
      let weight: String
      let octet: Int
      let message: String
    }

    let result: String
    let remarks: [Remark]
  }
}
