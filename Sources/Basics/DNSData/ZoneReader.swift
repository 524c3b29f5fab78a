/// A master file (RFC 1035 §5) as read: `$ORIGIN`, `$TTL`, parentheses, quoting, `\DDD`, relative names, omitted
/// owners. `$INCLUDE` and `$GENERATE` are refused: a file from elsewhere must not reach other files.
package struct ZoneFile: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package let record: Record
    package let line: Int
  }

  /// A record of a registered type that is not read: its name exists all the same.
  package struct Unread: Sendable, Hashable {
    package let name: Name
    package let mnemonic: String
    package let line: Int
  }

  /// The file's name, for messages and as the answers' source.
  package let name: String
  package let entries: [Entry]
  package let unread: [Unread]
  /// Where the file speaks for everything at or below: the owners of its SOA records, else its `$ORIGIN`s.
  package let origins: [Name]
  /// Comments that start with `;;`, without these, with their line numbers.
  package let annotations: [(line: Int, text: String)]

  package static let maximumSize = 16 << 20  // octets
  package static let maximumLineLength = 128 << 10  // octets in one entry, continued lines included
  package static let defaultTTL: UInt32 = 3600

  package var records: [Record] { entries.map(\.record) }

  /// Throws at the first fault. `origin` completes relative names that stand before any `$ORIGIN`.
  package init(name: String, octets: [UInt8], origin: Name? = nil) throws(ZoneFileError) {
    guard octets.count <= Self.maximumSize else {
      throw ZoneFileError(
        file: name, line: 1, reason: "the file is larger than \(Self.maximumSize >> 20) MiB")
    }
    var parser = ZoneParser(file: name, origin: origin)
    var scanner = ZoneScanner(file: name, octets: octets)
    while let entry = try scanner.nextEntry() { try parser.read(entry) }
    self.name = name
    entries = parser.entries
    unread = parser.unread
    annotations = scanner.annotations
    let apexes = parser.entries.filter { $0.record.type == .soa }.map(\.record.name)
    origins = apexes.isEmpty ? parser.origins : apexes
  }

  package static func == (left: ZoneFile, right: ZoneFile) -> Bool {
    left.name == right.name && left.entries == right.entries && left.origins == right.origins
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(entries)
  }
}

package struct ZoneFileError: Error, Hashable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let reason: String

  package init(file: String, line: Int, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  package var description: String { "\(file):\(line): \(reason)" }
}

/// The fields of one entry, and whether it began with blanks (then the owner is that of the entry before).
struct ZoneEntry {
  var line: Int
  var startsWithBlank: Bool
  var tokens: [ZoneToken]
}

/// Splits octets into entries: comments away, parentheses and quotes resolved.
struct ZoneScanner {
  let file: String
  private let octets: [UInt8]
  private var index = 0
  private var line = 1
  private(set) var annotations: [(line: Int, text: String)] = []

  init(file: String, octets: [UInt8]) {
    self.file = file
    // A byte order mark is no part of the first name.
    self.octets = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(octets.dropFirst(3)) : octets
  }

  mutating func nextEntry() throws(ZoneFileError) -> ZoneEntry? {
    while index < octets.count {
      let entry = try scanEntry()
      if !entry.tokens.isEmpty { return entry }
    }
    return nil
  }

  private mutating func scanEntry() throws(ZoneFileError) -> ZoneEntry {
    let start = index
    var entry = ZoneEntry(line: line, startsWithBlank: isBlank(octets[index]), tokens: [])
    var depth = 0
    while index < octets.count {
      guard index - start <= ZoneFile.maximumLineLength else {
        throw fault(entry.line, "the entry is longer than \(ZoneFile.maximumLineLength >> 10) KiB")
      }
      let octet = octets[index]
      switch octet {
      case 0x0A:
        index += 1
        line += 1
        if depth == 0 { return entry }
      case _ where isBlank(octet): index += 1
      case UInt8(ascii: ";"): skipComment()
      case UInt8(ascii: "("):
        depth += 1
        index += 1
      case UInt8(ascii: ")"):
        guard depth > 0 else { throw fault(line, "\")\" without \"(\"") }
        depth -= 1
        index += 1
      case UInt8(ascii: "\""): entry.tokens.append(try scanQuoted())
      default: entry.tokens.append(try scanBare())
      }
    }
    guard depth == 0 else { throw fault(entry.line, "\"(\" is never closed") }
    return entry
  }

  private mutating func skipComment() {
    let end = octets[index...].firstIndex(of: 0x0A) ?? octets.count
    if octets[index..<end].starts(with: [UInt8(ascii: ";"), UInt8(ascii: ";")]) {
      let text = String(decoding: octets[(index + 2)..<end], as: UTF8.self)
      annotations.append((line, text.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
    }
    index = end
  }

  private mutating func scanQuoted() throws(ZoneFileError) -> ZoneToken {
    let firstLine = line
    var raw: [UInt8] = []
    index += 1
    while index < octets.count {
      let octet = octets[index]
      switch octet {
      case UInt8(ascii: "\""):
        index += 1
        return ZoneToken(raw: raw, isQuoted: true)
      case 0x0A: throw fault(firstLine, "a quoted string is not closed on its line")
      case UInt8(ascii: "\\") where index + 1 < octets.count && octets[index + 1] != 0x0A:
        raw += octets[index...(index + 1)]
        index += 2
      default:
        raw.append(octet)
        index += 1
      }
    }
    throw fault(firstLine, "a quoted string is not closed on its line")
  }

  private mutating func scanBare() throws(ZoneFileError) -> ZoneToken {
    var raw: [UInt8] = []
    while index < octets.count {
      let octet = octets[index]
      switch octet {
      case 0x0A, UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
        return ZoneToken(raw: raw, isQuoted: false)
      case _ where isBlank(octet): return ZoneToken(raw: raw, isQuoted: false)
      case UInt8(ascii: "\\") where index + 1 < octets.count && octets[index + 1] != 0x0A:
        raw += octets[index...(index + 1)]
        index += 2
      case 0: throw fault(line, "a NUL octet stands in the file")
      default:
        raw.append(octet)
        index += 1
      }
    }
    return ZoneToken(raw: raw, isQuoted: false)
  }

  private func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0D }

  private func fault(_ line: Int, _ reason: String) -> ZoneFileError {
    ZoneFileError(file: file, line: line, reason: reason)
  }
}

/// Turns entries into records, carrying origin, TTL and owner from one to the next.
private struct ZoneParser {
  let file: String
  private var origin: Name?
  private var ttl: UInt32?
  private var lastTTL: UInt32?
  private var owner: Name?
  private(set) var entries: [ZoneFile.Entry] = []
  private(set) var unread: [ZoneFile.Unread] = []
  private(set) var origins: [Name]

  init(file: String, origin: Name?) {
    self.file = file
    self.origin = origin
    origins = origin.map { [$0] } ?? []
  }

  mutating func read(_ entry: ZoneEntry) throws(ZoneFileError) {
    do {
      if let first = entry.tokens.first, !first.isQuoted, !entry.startsWithBlank,
        first.raw.first == UInt8(ascii: "$")
      {
        try directive(first.text.uppercased(), entry.tokens.dropFirst())
      } else {
        try record(entry)
      }
    } catch {
      throw ZoneFileError(file: file, line: entry.line, reason: error.description)
    }
  }

  private mutating func directive(_ name: String, _ arguments: ArraySlice<ZoneToken>) throws(RecordDataError)
  {
    switch name {
    case "$ORIGIN":
      guard let argument = arguments.first, arguments.count == 1 else {
        throw RecordDataError("$ORIGIN takes one name")
      }
      let name = try Name(zoneField: argument, origin: origin)
      origin = name
      if !origins.contains(name) { origins.append(name) }
    case "$TTL":
      guard let argument = arguments.first, arguments.count == 1,
        let seconds = ZoneDuration.seconds(argument.text)
      else { throw RecordDataError("$TTL takes one time in seconds") }
      ttl = seconds
    case "$INCLUDE": throw RecordDataError("$INCLUDE is refused: give the other file by name as well")
    case "$GENERATE": throw RecordDataError("$GENERATE is refused: write the records out")
    default: throw RecordDataError("\(name) is not a directive of RFC 1035")
    }
  }

  private mutating func record(_ entry: ZoneEntry) throws(RecordDataError) {
    var tokens = entry.tokens[...]
    if !entry.startsWithBlank, let first = tokens.popFirst() {
      owner = try self.owner(first)
    }
    guard let owner else { throw RecordDataError("the first record names no owner") }
    guard let (explicitTTL, type) = try timeAndType(&tokens, owner: owner, line: entry.line) else { return }
    let data = try RecordData(type: type, fields: Array(tokens), origin: origin)
    let seconds = explicitTTL ?? ttl ?? lastTTL ?? ZoneFile.defaultTTL
    lastTTL = seconds
    entries.append(.init(record: Record(owner, ttl: seconds, data), line: entry.line))
  }

  private func owner(_ token: ZoneToken) throws(RecordDataError) -> Name {
    guard token.raw == [UInt8(ascii: "@")], !token.isQuoted else {
      return try Name(zoneField: token, origin: origin)
    }
    guard let origin else {
      throw RecordDataError(
        "\"@\" stands before any $ORIGIN: name the origin in the first line ($ORIGIN example.com.), or with --origin"
      )
    }
    return origin
  }

  /// TTL and class stand before the type in either order, each at most once. nil for a type that is not read.
  private mutating func timeAndType(
    _ tokens: inout ArraySlice<ZoneToken>, owner: Name, line: Int
  ) throws(RecordDataError) -> (ttl: UInt32?, type: RecordType)? {
    var ttl: UInt32?
    while let token = tokens.popFirst() {
      let text = token.text
      switch text.uppercased() {
      case "IN": continue
      case "CH", "HS", "CS": throw RecordDataError("the class \(text) is not IN")
      default: break
      }
      if let type = RecordType(text) { return (ttl, type) }
      if RecordType.unreadMnemonics.contains(text.uppercased()) {
        unread.append(.init(name: owner, mnemonic: text.uppercased(), line: line))
        return nil
      }
      guard ttl == nil, let seconds = ZoneDuration.seconds(text) else {
        throw RecordDataError("\"\(text)\" is neither a TTL nor a record type")
      }
      ttl = seconds
    }
    throw RecordDataError("the record has no type")
  }
}

// MARK: - One record as text

extension Record: CustomStringConvertible, Codable {
  /// One line of a master file, absolute: `example.com. 3600 IN MX 10 mail.example.com.`
  package var description: String { "\(name) \(ttl) IN \(type) \(data)" }

  /// Reads exactly one record with absolute names.
  package init(_ line: String) throws(ZoneFileError) {
    let file = try ZoneFile(name: "record", octets: Array(line.utf8))
    guard let entry = file.entries.first, file.entries.count == 1 else {
      throw ZoneFileError(file: "record", line: 1, reason: "expected one record, found \(file.entries.count)")
    }
    self = entry.record
  }

  package init(from decoder: any Decoder) throws { try self.init(String(from: decoder)) }
  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
