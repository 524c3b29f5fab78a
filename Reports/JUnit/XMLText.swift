/// Text made fit for XML 1.0, which forbids most control characters even as references (§2.2).
enum XMLText {
  static func attribute(_ text: String) -> String { escaped(text, lineBreak: "&#10;") }

  static func content(_ text: String) -> String { escaped(text, lineBreak: "\n") }

  private static func escaped(_ text: String, lineBreak: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += lineBreak
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        escaped.unicodeScalars.append(scalar)
      default: escaped += "\u{FFFD}"
      }
    }
    return escaped
  }
}
