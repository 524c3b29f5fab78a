import Reports

/// A value as YAML text. What came from outside is quoted and escaped, so that it stays the value that it is.
indirect enum YAMLValue: Equatable {
  /// A number or a word of the file's own language.
  case word(String)
  case text(String)
  case list([YAMLValue])
  case mapping([Entry])

  struct Entry: Equatable {
    let key: String
    let value: YAMLValue

    init(_ key: String, _ value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }

  /// Entries in lines of their own, each behind `indent`.
  static func lines(_ entries: [Entry], indent: String) -> [String] {
    entries.flatMap { entry -> [String] in
      let key = indent + quoted(entry.key) + ":"
      guard case .mapping(let inner) = entry.value, !inner.isEmpty, !entry.value.isShort else {
        return [key + " " + entry.value.flow]
      }
      return [key] + lines(inner, indent: indent + "  ")
    }
  }

  private static let maximumShortLength = 60  // characters

  /// Fits behind its key; a mapping in a mapping does not.
  private var isShort: Bool {
    guard case .mapping(let entries) = self else { return true }
    let isFlat = entries.allSatisfy { if case .mapping = $0.value { false } else { true } }
    return isFlat && entries.count < 4 && flow.count <= Self.maximumShortLength
  }

  /// On one line.
  var flow: String {
    switch self {
    case .word(let word): word
    case .text(let text): Self.quoted(text)
    case .list(let values): "[" + values.map(\.flow).joined(separator: ", ") + "]"
    case .mapping(let entries) where entries.isEmpty: "{}"
    case .mapping(let entries):
      "{ " + entries.map { "\(Self.quoted($0.key)): \($0.value.flow)" }.joined(separator: ", ") + " }"
    }
  }

  /// Plain where no reader of YAML could take it for anything but this text.
  static func quoted(_ text: String) -> String {
    isPlain(text) ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, !reserved.contains(text.lowercased()) else { return false }
    let isLetter = { (octet: UInt8) in octet.isASCIIAlphanumeric }
    guard isLetter(first) && !(0x30...0x39).contains(first) || first == UInt8(ascii: "/") else {
      // A dotted quad is no number.
      return text.split(separator: ".").count == 4
        && text.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    }
    return text.utf8.allSatisfy { isLetter($0) || "._/-".utf8.contains($0) }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: break
    default: return String(scalar)
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value > 0xFFFF ? 8 : 4
    return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
  }

  static func comment(_ text: String, indent: String) -> String {
    "\(indent)# " + Printable.text(Array(text.utf8))
  }
}
