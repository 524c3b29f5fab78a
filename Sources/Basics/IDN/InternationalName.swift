/// Names as people write and read them (RFC 5890 to 5893, UTS #46 non-transitional), on libidn2.
///
/// Only labels with characters outside ASCII are converted. A label in ASCII is taken as it is, also one that
/// begins with `xn--`: there are registered ones that IDNA 2008 refuses, and an audit must be able to ask for
/// them.
import CIDN2
package import DNSData

/// Why a name that somebody wrote is no domain name.
package enum InternationalNameError: Error, Hashable {
  /// `label` counts from 1 at the left; `reason` is libidn2's sentence and holds nothing of the input.
  case label(Int, reason: String)
  case name(NameError)
}

extension InternationalNameError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .label(let number, let reason): "label \(number) cannot be part of a domain name: \(reason)"
    case .name(let error): "\(error)"
    }
  }
}

extension Name {
  /// A name as typed: in A-labels, in U-labels, or mixed; always absolute, with or without the final dot.
  package init(userInput text: String) throws(InternationalNameError) {
    // Without a character outside ASCII there is nothing to convert, and the escapes of master files may be
    // used.
    guard text.utf8.contains(where: { $0 >= 0x80 }) else {
      do { try self.init(text) } catch { throw .name(error) }
      return
    }
    var labels = text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: \.isFullStop)
    if labels.last?.isEmpty == true { labels.removeLast() }
    var converted: [[UInt8]] = []
    for (index, label) in labels.enumerated() {
      converted.append(try ALabel.octets(of: String(Substring.UnicodeScalarView(label)), number: index + 1))
    }
    do { try self.init(labels: converted) } catch { throw .name(error) }
  }

  /// For reports: in U-labels where that is safe, without the final dot. A label stays as it is in the DNS if
  /// it does not convert there and back to itself, or if it would show characters that hide or reorder text.
  package var unicodeDisplay: String {
    guard !isRoot else { return display }
    return display.split(separator: ".", omittingEmptySubsequences: false)
      .map { ULabel.display(of: String($0)) ?? String($0) }
      .joined(separator: ".")
  }
}

private enum ALabel {
  static func octets(of label: String, number: Int) throws(InternationalNameError) -> [UInt8] {
    guard label.utf8.contains(where: { $0 >= 0x80 }) else { return Array(label.utf8) }
    // A zero octet would end the text for C.
    guard !label.utf8.contains(0) else { throw .label(number, reason: "it holds a zero octet") }
    let flags = IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue
    var result: UnsafeMutablePointer<UInt8>?
    let code = idn2_lookup_u8(label, &result, Int32(flags))
    defer { idn2_free(result) }
    guard code == IDN2_OK.rawValue, let result else {
      throw .label(number, reason: String(cString: idn2_strerror(code)))
    }
    let octets = Array(String(cString: result).utf8)
    // RFC 5891 §4.2.3. Not by IDN2_USE_STD3_ASCII_RULES, which drops such characters instead of refusing
    // them.
    guard octets.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }) else {
      throw .label(number, reason: "it holds a sign that no international label may have")
    }
    return octets
  }
}

private enum ULabel {
  static let prefix = "xn--"  // RFC 5890 §2.3.2.5

  static func display(of label: String) -> String? {
    guard label.hasPrefix(prefix) else { return nil }
    var result: UnsafeMutablePointer<CChar>?
    let code = idn2_to_unicode_8z8z(label, &result, 0)
    defer { idn2_free(result) }
    guard code == IDN2_OK.rawValue, let result else { return nil }
    let text = String(cString: result)
    guard text.unicodeScalars.allSatisfy(\.isSafeToShow),
      (try? ALabel.octets(of: text, number: 1)) == Array(label.utf8)
    else { return nil }
    return text
  }
}

extension Unicode.Scalar {
  /// The four that UTS #46 §2.3 takes for a dot.
  fileprivate var isFullStop: Bool {
    self == "." || self == "\u{3002}" || self == "\u{FF0E}" || self == "\u{FF61}"
  }

  /// Letters, marks, digits and punctuation; not what is invisible or changes the order of what is around it.
  fileprivate var isSafeToShow: Bool {
    guard !properties.isDefaultIgnorableCodePoint, !properties.isBidiControl else { return false }
    guard !isASCII else { return properties.isAlphabetic || properties.numericType != nil || self == "-" }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      return false
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation,
      .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return true
    @unknown default: return false
    }
  }
}
