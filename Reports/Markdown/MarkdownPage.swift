/// A text that stays below what a comment of GitHub holds, and how much did not fit.
struct MarkdownPage {
  static let maximumLength = 65_536  // octets; GitHub counts characters

  /// What can be left out.
  enum Part: CaseIterable {
    case row, machine, role, consequence, finding, doubts, records, untested
  }

  private var body = ""
  private var length = 0
  private var leftOut: [Part: Int] = [:]

  /// For what is said of the parts that were left out.
  private static let reserve = 400  // octets

  /// False if it does not fit together with `closing`: then nothing is added, and `count` of `part` are left out.
  @discardableResult
  mutating func add(
    _ text: String, as part: Part, count: Int = 1, with closing: String = "",
    upTo limit: Int = maximumLength - reserve
  ) -> Bool {
    guard length + text.utf8.count + closing.utf8.count <= limit else {
      leftOut[part, default: 0] += count
      return false
    }
    close(text)
    return true
  }

  /// Room for it was kept, or it stands at the beginning.
  mutating func close(_ text: String) {
    body += text
    length += text.utf8.count
  }

  /// What was added, and what was not.
  var text: String {
    let parts = Part.allCases.compactMap { part in
      leftOut[part].map { "\($0) \($0 == 1 ? part.words.one : part.words.many)" }
    }
    guard !parts.isEmpty else { return body }
    return body
      + "\nLeft out here, because a comment holds 65,536 characters: \(parts.joined(separator: ", ")).\n"
  }
}

extension MarkdownPage.Part {
  fileprivate var words: (one: String, many: String) {
    switch self {
    case .row: ("row of the table", "rows of the table")
    case .machine: ("list of what stands in the way on this machine", "lists of that")
    case .role: ("change of role", "changes of role")
    case .consequence: ("consequence", "consequences")
    case .finding: ("finding", "findings")
    case .doubts: ("part of what could not be told", "parts of what could not be told")
    case .records: ("block of records to paste", "blocks of records to paste")
    case .untested: ("list of what was not tested", "lists of what was not tested")
    }
  }
}
