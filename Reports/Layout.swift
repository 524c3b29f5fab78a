// Plain text in columns: wrapping and indentation for reports that people read in a terminal or a mail.

import Verdict

enum Layout {
  static let width = 80

  /// Words wrapped at `width`; the first line starts with `label` in a column of `indent` characters, the others are
  /// indented by as much. A word that is too long for a line is cut.
  static func paragraph(_ text: String, label: String = "", indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(of: $0, width: width - indent) }) {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    let margin = String(repeating: " ", count: indent)
    let head = label.isEmpty ? margin : label.padded(to: indent)
    return lines.enumerated().map { ($0 == 0 ? head : margin) + $1 }.joined(separator: "\n")
  }

  private static func pieces(of word: Substring, width: Int) -> [Substring] {
    guard word.count > width else { return [word] }
    return [word.prefix(width)] + pieces(of: word.dropFirst(width), width: width)
  }

  /// `left` and `right` at the two ends of a line.
  static func ends(_ left: String, _ right: String) -> String {
    left + String(repeating: " ", count: max(2, width - left.count - right.count)) + right
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

/// Colour of terminals, or none.
package enum Colour: Sendable {
  case none, ansi

  func severity(_ severity: Severity, _ text: String) -> String {
    switch severity {
    case .critical: paint("1;31", text)
    case .high: paint("31", text)
    case .medium: paint("33", text)
    case .low, .info: paint("36", text)
    }
  }

  func good(_ text: String) -> String { paint("32", text) }
  func strong(_ text: String) -> String { paint("1", text) }
  func faint(_ text: String) -> String { paint("2", text) }

  private func paint(_ code: String, _ text: String) -> String {
    switch self {
    case .none: text
    case .ansi: "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
  }
}
