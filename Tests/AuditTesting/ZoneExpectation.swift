package import DNSData

/// What a zone file says should come of auditing a domain in it, in its `;;` comments:
///
///     ;; audit NAME [--selector S] [--sender A] [--assume-secure N] [--offline]
///     ;; expect RULE      has outcome failed
///     ;; unknown RULE     has outcome unknown
///     ;; forbid RULE      is not failed; `forbid *`: nothing high or critical is
///     ;; exit N
package struct ZoneExpectation: Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let domain: String
  package let options: [String]
  package private(set) var expected: [String] = []
  package private(set) var unknown: [String] = []
  package private(set) var forbidden: [String] = []
  package private(set) var exit: Int?

  package var description: String { "\(file):\(line) \(domain)" }

  package var selectors: [String] { values(of: "--selector") }
  package var senders: [String] { values(of: "--sender") }
  /// What counts as signed.
  package var assumedSecure: [String] { values(of: "--assume-secure") }

  /// Makes sense of a zone file alone, which no server of the Lab need be able to serve.
  package var isOffline: Bool { options.contains("--offline") }

  private func values(of option: String) -> [String] {
    options.indices.dropLast().filter { options[$0] == option }.map { options[$0 + 1] }
  }

  /// What the Lab makes of them is in its README.
  private static let forTheLab = [
    "ptr", "tlsa", "sign", "other", "other-signed", "parent", "glue", "transfer",
  ]

  package static func all(in file: ZoneFile) throws -> [ZoneExpectation] {
    var expectations: [ZoneExpectation] = []
    for (line, text) in file.annotations {
      let words = text.split(separator: " ").map(String.init)
      guard let keyword = words.first, !forTheLab.contains(keyword) else { continue }
      if keyword == "audit", words.count >= 2 {
        expectations.append(
          ZoneExpectation(file: file.name, line: line, domain: words[1], options: Array(words.dropFirst(2))))
        continue
      }
      guard var expectation = expectations.popLast(), words.count == 2 else {
        throw ZoneFileError(file: file.name, line: line, reason: "no expectation: \(text)")
      }
      switch keyword {
      case "expect": expectation.expected.append(words[1])
      case "unknown": expectation.unknown.append(words[1])
      case "forbid": expectation.forbidden.append(words[1])
      case "exit": expectation.exit = Int(words[1])
      default: throw ZoneFileError(file: file.name, line: line, reason: "no expectation: \(text)")
      }
      expectations.append(expectation)
    }
    return expectations
  }
}
