import Mustache
import Verdict

/// Text on its way into a page, whatever its origin: printable. Templates escape it, character by character, and so
/// would miss a quotation mark that a combining character has joined: such are taken apart.
struct HTMLText: MustacheCustomRenderable {
  let renderText: String

  var isNull: Bool { false }

  init(_ text: String) {
    let printable = Printable.text(Array(text.utf8), limit: .max)
    renderText =
      printable.utf8.allSatisfy { $0 < 0x80 } ? printable : printable.map(Self.apart).joined()
  }

  private static let markup: Set<Unicode.Scalar> = ["<", ">", "&", "\"", "'"]

  private static func apart(_ character: Character) -> String {
    let scalars = character.unicodeScalars
    guard scalars.count > 1, scalars.contains(where: markup.contains) else { return String(character) }
    return scalars.map { markup.contains($0) ? String($0) : Printable.number($0) }.joined()
  }
}

/// A piece of a sentence: words, or something that is to be taken literally.
struct HTMLFragment {
  let words: HTMLText?
  let code: HTMLText?

  private init(words: String) {
    self.words = HTMLText(words)
    code = nil
  }

  private init(code: String) {
    words = nil
    self.code = HTMLText(code)
  }

  /// What a stranger wrote is code.
  static func all(_ message: Message) -> [HTMLFragment] {
    message.fragments.map { fragment in
      switch fragment {
      case .own(let text): HTMLFragment(words: text)
      case .foreign(let octets): HTMLFragment(code: Printable.text(octets))
      }
    }
  }

  /// Of a rule: what stands between backticks is code.
  static func all(_ text: String) -> [HTMLFragment] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index.isMultiple(of: 2) ? HTMLFragment(words: String(part)) : HTMLFragment(code: String(part))
    }
  }
}
