import AuditTesting
import Testing

/// Comments on a change, rendered by GitHub's own library.
enum Comment {
  /// What could become a link, an image, HTML, a mention, a reference to an issue, the end of a cell, of a fence or of a
  /// block that folds.
  static let tricks = [
    "[x](https://evil.example)", "![i](https://evil.example/i.png)", "https://evil.example/",
    "www.evil.example",
    "x www.evil.example y", "<https://evil.example>", "mail@evil.example", "mailto:mail@evil.example",
    "xmpp:a@evil.example", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "@octocat",
    "x @org/team y",
    "#1", "org/repo#1", "| a | b |", "\\| a", "`", "```", "`` ` ``", "</code></details>", "<!--", "-->",
    "**bold**",
    "_emphasis_", "~~gone~~", "&lt;b&gt;", "&#60;b&#62;", "$x$", ":tada:", "[^1]", "\\", "# head", "- item",
  ]

  /// A zone in which a stranger tries `trick` in two records.
  static func zone(with trick: String) -> String {
    let quoted = trick.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return """
      @ MX 10 mail
      @ TXT "v=spf1 mx \(quoted) -all"
      mail A 192.0.2.1
      _dmarc TXT "v=DMARC1; p=\(quoted.replacing(";", with: ""))"
      """
  }

  static func render(_ markdown: String) async throws -> String {
    let result = try await Program(path: "/usr/bin/cmark-gfm").run(
      ["--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"], input: markdown)
    #expect(result.status == 0, "\(result.error)")
    return result.output
  }

  private static let tags: Set<Substring> = [
    "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "code", "p", "strong",
    "ul",
    "li", "pre",
  ]

  /// What a stranger published stands in `html` as text, and nothing in there was made by it.
  static func expectText(_ trick: String, in html: String) {
    for tag in html.matches(of: /<\/?([a-z0-9]+)/) { #expect(tags.contains(tag.1), "\(tag.1)") }
    #expect(!html.contains(/<[^>]*(href|src|on[a-z]+)=/))
    let words = trick.filter { $0.isLetter || $0.isNumber }
    let text = html.replacing(/<[^>]*>/, with: "").replacing(/&(lt|gt|quot);/, with: "").replacing(
      "&amp;", with: "&")
    let shown = text.filter { $0.isLetter || $0.isNumber }
    #expect(words.isEmpty || shown.contains(words), "\(html)")
  }
}
