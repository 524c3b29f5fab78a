/// An MTA-STS record (RFC 8461 §3.1): the TXT record that says that a policy exists, and by its id when it
/// changed.
///
/// A record with a fault of syntax is none at all to a sender; unknown fields are legal.
import DNSData
package import TagList

package struct MTASTSRecord: Hashable, Sendable {
  package static let version = "STSv1"
  package static let maximumIDLength = 32  // RFC 8461 §3.1

  /// The strings of the TXT record joined without anything between them (RFC 8461 §3.1).
  package let octets: [UInt8]
  package let tags: TagSequence
  package let standing: VersionStanding
  /// Of the first field `id` if that is valid: letters and digits.
  package let id: String?
  /// In the order of the text.
  package let faults: [MTASTSRecordFault]

  package init(_ octets: [UInt8]) {
    var reader = MTASTSRecordReader(octets)
    reader.read()
    self.octets = octets
    tags = reader.tags
    standing = reader.standing
    id = reader.id
    faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The verdict in one word.
  package var usability: MTASTSUsability {
    switch standing {
    case .unrelated: .ignored
    case .nearMiss: .error
    case .exact: faults.contains(where: \.kind.discardsRecord) ? .error : .ok
    }
  }
}

/// What senders do with a record or a policy.
package enum MTASTSUsability: String, Hashable, Sendable, CaseIterable {
  case ok
  /// Nothing of MTA-STS: another TXT record, a web page.
  case ignored
  /// Meant as one, and discarded.
  case error
}

/// A record to publish; `description` is its text.
package struct MTASTSPublication: Hashable, Sendable, CustomStringConvertible {
  /// 1 to 32 letters and digits.
  package let id: String

  /// nil for an id that no record may have.
  package init?(id: String) {
    guard (1...MTASTSRecord.maximumIDLength).contains(id.utf8.count),
      id.utf8.allSatisfy(\.isASCIIAlphanumeric)
    else { return nil }
    self.id = id
  }

  package var description: String { "v=\(MTASTSRecord.version); id=\(id);" }
}

// MARK: - Faults

package struct MTASTSRecordFault: Hashable, Sendable {
  package let kind: Kind
  /// Octets from the start of the joined text; empty and at the end where something is missing.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case version(VersionMiss)
    /// The text has nothing of an MTA-STS record.
    case notMTASTS
    case syntax(TagFault.Kind)
    case idMissing
    case idTooLong
    case idInvalid
    /// The name of a known field in capitals: another field.
    case fieldNameNotLowerCase
    /// An unknown field has a value with a blank or an equals sign in it.
    case fieldValueInvalid
  }
}

extension MTASTSRecordFault.Kind {
  /// A record that is syntactically invalid means that there is no policy (RFC 8461 §3.1).
  package var discardsRecord: Bool {
    switch self {
    case .version, .notMTASTS, .idMissing, .idTooLong, .idInvalid, .fieldValueInvalid: true
    // Of a repeated field the first counts (RFC 8461 §3.2).
    case .syntax(let kind): kind != .duplicate
    case .fieldNameNotLowerCase: false
    }
  }
}

extension MTASTSRecordFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .version(let miss): miss.sentence(version: MTASTSRecord.version)
    case .notMTASTS: "This is no MTA-STS record."
    case .syntax(let kind): kind.description
    case .idMissing: "The field id, which tells senders when the policy changed, is missing."
    case .idTooLong: "The value of id has more than \(MTASTSRecord.maximumIDLength) characters."
    case .idInvalid: "The value of id has other characters than letters and digits."
    case .fieldNameNotLowerCase: "The name of a field is in capitals, so that senders do not recognise it."
    case .fieldValueInvalid:
      "A field has a blank or an equals sign in its value, which makes the record invalid."
    }
  }
}

// MARK: - Reading

private struct MTASTSRecordReader {
  let octets: [UInt8]
  let tags: TagSequence
  let standing: VersionStanding
  private(set) var id: String?
  private(set) var faults: [MTASTSRecordFault] = []

  init(_ octets: [UInt8]) {
    self.octets = octets
    tags = TagSequence(octets, grammar: .rfc8461)
    standing = VersionStanding(octets, tags, version: MTASTSRecord.version, family: "STS", hallmark: "id")
  }

  mutating func read() {
    switch standing {
    case .unrelated:
      add(.notMTASTS, 0..<octets.count)
      return
    case .nearMiss(let miss): add(.version(miss), tags["v"]?.valueRange ?? 0..<min(1, octets.count))
    case .exact: break
    }
    for fault in tags.faults { add(.syntax(fault.kind), fault.range) }
    readID()
    for tag in tags.tags where tag.name != "v" && tag.name != "id" { judge(tag) }
  }

  private mutating func add(_ kind: MTASTSRecordFault.Kind, _ range: Range<Int>) {
    faults.append(MTASTSRecordFault(kind: kind, range: range))
  }

  /// sts-id = "id=" 1*32(ALPHA / DIGIT) (RFC 8461 §3.1)
  private mutating func readID() {
    guard let tag = tags["id"] else {
      add(.idMissing, octets.count..<octets.count)
      return
    }
    // An empty value is a fault of the list already.
    guard !tag.value.isEmpty else { return }
    if tag.value.count > MTASTSRecord.maximumIDLength {
      add(.idTooLong, tag.valueRange)
    } else if !tag.value.allSatisfy(\.isASCIIAlphanumeric) {
      add(.idInvalid, tag.valueRange)
    } else {
      id = String(decoding: tag.value, as: UTF8.self)
    }
  }

  /// sts-ext-value = 1*(%x21-3A / %x3C / %x3E-7E) (RFC 8461 §3.1)
  private mutating func judge(_ tag: TagSequence.Tag) {
    let name = tag.name.lowercased()
    if name == "id" || (name == "v" && tag.nameRange.lowerBound > 0) {
      add(.fieldNameNotLowerCase, tag.nameRange)
    }
    if tag.value.contains(where: { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "=") }) {
      add(.fieldValueInvalid, tag.valueRange)
    }
  }
}
