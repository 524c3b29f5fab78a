/// A TLS reporting record (RFC 8460 §3): where reports about TLS of a domain's MX hosts go.
///
/// A third party needs no permission to receive them: RFC 8460 has nothing like RFC 9990 §4.
import DNSData
package import TagList
package import URISyntax

package struct TLSRPTRecord: Hashable, Sendable {
  package static let version = "TLSRPTv1"

  /// The strings of the TXT record joined without anything between them (RFC 8460 §3).
  package let octets: [UInt8]
  package let tags: TagSequence
  package let standing: VersionStanding
  /// Valid `mailto:` and `https:` addresses of all `rua` fields, in the order of the text.
  package let destinations: [URI]
  /// In the order of the text.
  package let faults: [TLSRPTFault]

  package init(_ octets: [UInt8]) {
    var reader = TLSRPTReader(octets)
    reader.read()
    self.octets = octets
    tags = reader.tags
    standing = reader.standing
    destinations = reader.destinations
    faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The verdict in one word.
  package var usability: TLSRPTUsability {
    switch standing {
    case .unrelated: .ignored
    case .nearMiss: .error
    case .exact: destinations.isEmpty ? .error : .ok
    }
  }

  /// The same in plain form; nil where no report would be sent.
  package var publication: TLSRPTPublication? {
    usability == .ok ? TLSRPTPublication(destinations: destinations) : nil
  }
}

package enum TLSRPTUsability: String, Hashable, Sendable, CaseIterable {
  /// Reports can be sent; single addresses may be at fault.
  case ok
  /// No TLS reporting record: another TXT record.
  case ignored
  /// Meant as one, and no report follows from it.
  case error
}

/// A record to publish; `description` is its text.
package struct TLSRPTPublication: Hashable, Sendable, CustomStringConvertible {
  package let destinations: [URI]

  /// nil unless there is a destination, and each is one that a record can hold.
  package init?(destinations: [URI]) {
    guard !destinations.isEmpty, destinations.allSatisfy(Self.canStand) else { return nil }
    self.destinations = destinations
  }

  package var description: String {
    "v=\(TLSRPTRecord.version); rua=" + destinations.map(\.description).joined(separator: ",")
  }

  /// Commas, exclamation marks and semicolons must be encoded (RFC 8460 §3).
  private static func canStand(_ uri: URI) -> Bool {
    TLSRPTScheme(rawValue: uri.scheme) != nil && !uri.octets.contains { ",!;".utf8.contains($0) }
  }
}

/// RFC 8460 §3.
package enum TLSRPTScheme: String, Hashable, Sendable, CaseIterable {
  case mailto, https
}

// MARK: - Faults

package struct TLSRPTFault: Hashable, Sendable {
  package let kind: Kind
  /// Octets from the start of the joined text; empty and at the end where something is missing.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case version(VersionMiss)
    /// The text has nothing of a TLS reporting record.
    case notTLSRPT
    case syntax(TagFault.Kind)
    case destinationsMissing
    case destination(URIError)
    case rawExclamationMark
    case schemeUnsupported
    /// An `https:` address without a host.
    case hostMissing
    /// The name of a known field in capitals: another field.
    case fieldNameNotLowerCase
    /// An unknown field has a value with a blank or an equals sign in it.
    case fieldValueInvalid
  }
}

extension TLSRPTFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .version(let miss): miss.sentence(version: TLSRPTRecord.version)
    case .notTLSRPT: "This is no TLS reporting record."
    case .syntax(let kind): kind.description
    case .destinationsMissing: "The field rua, which says where reports go, is missing."
    case .destination(let error): error.description
    case .rawExclamationMark: "A report address has an exclamation mark, which must be written as %21."
    case .schemeUnsupported: "A report address begins neither with mailto: nor with https:."
    case .hostMissing: "A report address has no host."
    case .fieldNameNotLowerCase: "The name of a field is in capitals, so that senders do not recognise it."
    case .fieldValueInvalid: "A field has a blank or an equals sign in its value, which the grammar forbids."
    }
  }
}

// MARK: - Reading

private struct TLSRPTReader {
  let octets: [UInt8]
  let tags: TagSequence
  let standing: VersionStanding
  private(set) var destinations: [URI] = []
  private(set) var faults: [TLSRPTFault] = []

  init(_ octets: [UInt8]) {
    self.octets = octets
    tags = TagSequence(octets, grammar: .rfc8461)
    standing = VersionStanding(octets, tags, version: TLSRPTRecord.version, family: "TLSRPT", hallmark: "rua")
  }

  mutating func read() {
    switch standing {
    case .unrelated:
      add(.notTLSRPT, 0..<octets.count)
      return
    case .nearMiss(let miss): add(.version(miss), tags["v"]?.valueRange ?? 0..<min(1, octets.count))
    case .exact: break
    }
    let destinationFields = tags.tags.filter { $0.name == "rua" }
    let destinationNames = Set(destinationFields.map(\.nameRange))
    // Of all fields, rua may be there several times (RFC 8460 §3).
    for fault in tags.faults where fault.kind != .duplicate || !destinationNames.contains(fault.range) {
      add(.syntax(fault.kind), fault.range)
    }
    if destinationFields.isEmpty { add(.destinationsMissing, octets.count..<octets.count) }
    for tag in destinationFields where !tag.value.isEmpty { readDestinations(tag) }
    for tag in tags.tags where tag.name != "v" && tag.name != "rua" { judge(tag) }
  }

  private mutating func add(_ kind: TLSRPTFault.Kind, _ range: Range<Int>) {
    faults.append(TLSRPTFault(kind: kind, range: range))
  }

  /// tlsrpt-rua = "rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
  private mutating func readDestinations(_ tag: TagSequence.Tag) {
    let elements = octets[tag.valueRange].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    for element in elements {
      let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
      let start = element.firstIndex { !isSpace($0) } ?? element.startIndex
      let end = (element.lastIndex { !isSpace($0) } ?? start - 1) + 1
      readDestination(start..<end)
    }
  }

  private mutating func readDestination(_ range: Range<Int>) {
    guard !octets[range].contains(UInt8(ascii: "!")) else {
      add(.rawExclamationMark, range)
      return
    }
    do throws(URIError) {
      let uri = try URI(Array(octets[range]))
      switch TLSRPTScheme(rawValue: uri.scheme) {
      case .mailto: destinations.append(uri)
      case .https: if uri.hasHost { destinations.append(uri) } else { add(.hostMissing, range) }
      case nil: add(.schemeUnsupported, range)
      }
    } catch {
      add(.destination(error), range)
    }
  }

  /// tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
  private mutating func judge(_ tag: TagSequence.Tag) {
    let name = tag.name.lowercased()
    if name == "rua" || (name == "v" && tag.nameRange.lowerBound > 0) {
      add(.fieldNameNotLowerCase, tag.nameRange)
    }
    if tag.value.contains(where: { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "=") }) {
      add(.fieldValueInvalid, tag.valueRange)
    }
  }
}

extension URI {
  fileprivate var hasHost: Bool {
    switch authority?.host {
    case .name, .address: true
    case .unnamed, nil: false
    }
  }
}
