import Reports

/// Text that the user or the world wrote, made harmless for a terminal.
enum Shown {
  static func text(_ text: String) -> String { "\"" + Printable.text(Array(text.utf8)) + "\"" }

  /// Without quotes, for a place in a document.
  static func path(_ text: String) -> String { Printable.text(Array(text.utf8)) }
}
