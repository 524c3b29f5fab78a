import Verdict

/// A finding in Markdown, as every report in it shows it: a line, and a list below it.
enum MarkdownFinding {
  /// "**critical** A sending address has no reverse name (`host.ptr-missing`, worth +4)".
  static func head(_ rule: Rule, _ severity: Severity, _ note: String = "") -> String {
    "**\(severity.word)** \(MarkdownText.inline(rule.title)) (\(MarkdownText.code(rule.id))\(note))\n\n"
  }

  static func fault(_ fault: Fault) -> String {
    [
      field("what", inline(fault.message)),
      field(
        "where",
        "\(MarkdownText.code(fault.place.sentence)), says \(MarkdownText.code(fault.source.sentence))"),
      fault.observed.map { field("is", inline($0)) }, fault.expected.map { field("should", inline($0)) },
    ].compactMap(\.self).joined()
  }

  /// `text` is Markdown.
  static func field(_ label: String, _ text: String) -> String { "- \(label): \(text)\n" }

  private static func inline(_ message: Message) -> String {
    message.fragments.map { fragment in
      switch fragment {
      case .own(let text): MarkdownText.inline(text)
      case .foreign(let octets): MarkdownText.code(Printable.text(octets))
      }
    }.joined()
  }
}
