/// Text made fit for CommonMark with GitHub's and GitLab's additions: nothing in it is a link, an image, HTML, a
/// mention, a reference to an issue or the end of a table's cell.
enum MarkdownText {
  /// Nothing inside is marked up, linked or mentioned: `code` is left alone by whoever makes links of words.
  static func code(_ text: String) -> String { "<code>\(entities(text))</code>" }

  /// A sentence. Words that are more than words stand as code, and so does what stands between backticks.
  static func inline(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      guard index.isMultiple(of: 2) else { return part.isEmpty ? "" : code(String(part)) }
      return part.split(separator: " ", omittingEmptySubsequences: false).map(word).joined(separator: " ")
    }.joined()
  }

  /// Lines as they are. The fence is longer than any row of backticks in them.
  static func fence(_ lines: String) -> String {
    var longest = 0
    var row = 0
    for character in lines {
      row = character == "`" ? row + 1 : 0
      longest = max(longest, row)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\n\(lines.hasSuffix("\n") ? lines : lines + "\n")\(fence)\n"
  }

  private static func word(_ word: Substring) -> String {
    let start = word.prefix { $0 == "(" }
    let rest = word.dropFirst(start.count)
    let core = rest.prefix(rest.count - rest.reversed().prefix { ".,;:)".contains($0) }.count)
    guard !core.isEmpty else { return String(word) }
    let isPlain = core.allSatisfy { $0.isLetter || $0 == "'" || $0 == "-" } || core.allSatisfy(\.isNumber)
    let shown = isPlain ? String(core) : code(String(core))
    return start + shown + rest.dropFirst(core.count)
  }

  /// Everything in ASCII that could mean something as a reference, which means nothing to Markdown. Links are made of
  /// `http:`, of `www.`, and of an at sign with words on both sides, even if that is a reference: a comment parts them.
  private static func entities(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "/", "=", ",", "+", "(", ")", ";", "'", "?", "%":
        shown.unicodeScalars.append(scalar)
      case "." where !shown.lowercased().hasSuffix("www"): shown += "."
      case "@": shown += "<!-- -->&#64;"
      case _ where scalar.value < 0x20: shown += " "
      case _ where scalar.isASCII: shown += "&#\(scalar.value);"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
