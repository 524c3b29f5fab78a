/// Reads an MTA-STS policy line by line (RFC 8461 §3.2). A line that cannot be read does not keep the others
/// from being read; the order of the lines is free.
import DNSData

struct MTASTSPolicyReader {
  let octets: [UInt8]
  private(set) var mode: MTASTSMode?
  private(set) var maxAge: Int?
  private(set) var patterns: [MTASTSPattern] = []
  private(set) var faults: [MTASTSPolicyFault] = []
  private var seen: Set<Field> = []

  private enum Field: String, CaseIterable {
    case version, mode, mx
    case maxAge = "max_age"
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let maximumNameLength = 32  // RFC 8461 §3.2

  init(_ octets: [UInt8]) { self.octets = octets }

  var hasKnownField: Bool { !seen.isEmpty }

  mutating func read() {
    let start = octets.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    let text = octets[start...].drop { $0.isWhiteSpace }
    guard !text.isEmpty else {
      add(.empty, 0..<octets.count)
      return
    }
    guard text.first != UInt8(ascii: "<") else {
      add(.html, 0..<octets.count)
      return
    }
    if start > 0 { add(.byteOrderMark, 0..<start) }
    let end = min(octets.count, MTASTSPolicy.maximumSize)
    if end < octets.count { add(.tooLarge, end..<octets.count) }
    for line in lines(start..<end) { read(line) }
    addMissing()
  }

  private mutating func add(_ kind: MTASTSPolicyFault.Kind, _ range: Range<Int>) {
    faults.append(MTASTSPolicyFault(kind: kind, range: range))
  }

  /// sts-policy-term = LF / CRLF. A bare CR is taken for the end of a line too, so that the rest can be
  /// judged.
  private mutating func lines(_ text: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = text.lowerBound
    var index = start
    while index < text.upperBound {
      let octet = octets[index]
      guard octet == 0x0A || octet == 0x0D else {
        index += 1
        continue
      }
      lines.append(start..<index)
      if octet == 0x0D {
        if index + 1 < octets.count, octets[index + 1] == 0x0A {
          index += 1
        } else {
          add(.bareCarriageReturn, index..<(index + 1))
        }
      }
      index += 1
      start = index
    }
    // Nothing behind the last line end is no line; cut between CR and LF, `start` is past the end.
    if start < text.upperBound { lines.append(start..<text.upperBound) }
    return lines
  }

  private mutating func read(_ line: Range<Int>) {
    for index in line where octets[index] == 0x09 { add(.tab, index..<(index + 1)) }
    guard line.contains(where: { !octets[$0].isBlank }) else {
      add(.emptyLine, line)
      return
    }
    guard !octets[line.lowerBound].isBlank else {
      add(.leadingWhiteSpace, line)
      return
    }
    guard let colon = octets[line].firstIndex(of: UInt8(ascii: ":")) else {
      add(.missingColon, line)
      return
    }
    let name = line.lowerBound..<colon
    guard isName(name) else {
      add(.illegalName, name)
      return
    }
    let value = trimmed((colon + 1)..<line.upperBound)
    readField(name, value)
  }

  private mutating func readField(_ name: Range<Int>, _ value: Range<Int>) {
    let written = String(decoding: octets[name], as: UTF8.self)
    guard let field = Field(rawValue: written) else {
      // An unknown field is ignored (RFC 8461 §3.2), but not what is no text at all.
      if Field(rawValue: written.lowercased()) != nil {
        add(.fieldNameNotLowerCase, name)
      } else {
        checkText(name, value)
      }
      return
    }
    let isFirst = seen.insert(field).inserted
    guard isFirst || field == .mx else {
      add(.duplicate, name)
      return
    }
    switch field {
    case .version:
      if octets[value] != Array(MTASTSPolicy.version.utf8)[...] { add(.versionInvalid, value) }
    case .mode:
      mode = MTASTSMode(rawValue: String(decoding: octets[value], as: UTF8.self))
      if mode == nil { add(.modeInvalid, value) }
    case .maxAge: readMaxAge(value)
    case .mx:
      do throws(MTASTSPatternError) {
        patterns.append(try MTASTSPattern(Array(octets[value])))
      } catch {
        add(.pattern(error), value)
      }
    }
  }

  /// sts-policy-max-age-value = 1*10(DIGIT)
  private mutating func readMaxAge(_ value: Range<Int>) {
    guard (1...MTASTSPolicy.maximumMaxAgeDigits).contains(value.count),
      octets[value].allSatisfy(\.isASCIIDigit),
      let seconds = Int(String(decoding: octets[value], as: UTF8.self))
    else {
      add(.maxAgeInvalid, value)
      return
    }
    guard seconds <= MTASTSPolicy.maximumMaxAge else {
      add(.maxAgeTooLarge, value)
      return
    }
    maxAge = seconds
  }

  /// sts-policy-ext-value: UTF-8 without control characters.
  private mutating func checkText(_ name: Range<Int>, _ value: Range<Int>) {
    guard !value.isEmpty else {
      add(.emptyValue, name)
      return
    }
    if octets[value].contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) { add(.illegalOctet, value) }
    if String(validating: octets[value], as: UTF8.self) == nil { add(.notUTF8, value) }
  }

  private mutating func addMissing() {
    let end = octets.count..<octets.count
    for field in Field.allCases where !seen.contains(field) {
      switch field {
      case .version: add(.versionMissing, end)
      case .mode: add(.modeMissing, end)
      case .maxAge: add(.maxAgeMissing, end)
      case .mx: break
      }
    }
    if patterns.isEmpty, mode?.needsPatterns ?? true { add(.patternsMissing, end) }
  }

  /// sts-policy-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / "."), which the known names are
  /// too.
  private func isName(_ range: Range<Int>) -> Bool {
    guard (1...Self.maximumNameLength).contains(range.count), octets[range.lowerBound].isASCIIAlphanumeric
    else {
      return false
    }
    return octets[range].allSatisfy { $0.isASCIIAlphanumeric || "_-.".utf8.contains($0) }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, octets[lower].isBlank { lower += 1 }
    while upper > lower, octets[upper - 1].isBlank { upper -= 1 }
    return lower..<upper
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
  fileprivate var isWhiteSpace: Bool { isBlank || self == 0x0A || self == 0x0D }
}
