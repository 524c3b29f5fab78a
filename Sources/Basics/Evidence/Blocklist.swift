package import DNSData

/// A list of addresses or names that is asked through the DNS, as it is described: what its answers mean stands
/// nowhere in the DNS. Part of the request, because judgement depends on it; it holds no key of the user.
package struct Blocklist: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case ipv4, ipv6
    /// Both families.
    case addresses
    case names
  }

  /// What being on the list means for mail.
  package enum Weight: String, Hashable, Sendable, Codable, CaseIterable {
    /// Most receivers refuse.
    case major
    /// No misbehaviour: the network's owner or the list says that no mail leaves from there.
    case policy
    /// Some receivers refuse, or score it.
    case minor
    /// Of no consequence alone.
    case info
    /// A recommendation.
    case allow
  }

  /// Return codes, and what they say.
  package struct Code: Hashable, Sendable, Codable {
    package let values: ReturnValues
    package let weight: Weight
    package let meaning: String

    package init(_ values: ReturnValues, _ weight: Weight, _ meaning: String) {
      self.values = values
      self.weight = weight
      self.meaning = meaning
    }
  }

  /// Entries that tell a list in working order from one that lists everything, or nothing.
  package struct TestPoints: Hashable, Sendable, Codable {
    package let listed: BlocklistEntry
    package let unlisted: BlocklistEntry

    package init(listed: BlocklistEntry, unlisted: BlocklistEntry) {
      self.listed = listed
      self.unlisted = unlisted
    }
  }

  package let zone: Name
  package let kind: Kind
  package let codes: [Code]
  /// Return codes that are never a listing: the list refuses to answer.
  package let errors: [ReturnValues]
  /// nil where the operator offers none.
  package let testPoints: TestPoints?
  /// Where a listing is explained and removed.
  package let removal: String?
  /// Unregistered resolvers get no answer.
  package let registration: Registration
  /// Below it, behind a label that is the user's key, the list answers the operator's customers.
  package let keyedZone: Name?

  package enum Registration: String, Hashable, Sendable, Codable, CaseIterable { case none, required }

  package init(
    zone: Name, kind: Kind, codes: [Code], errors: [ReturnValues] = [], testPoints: TestPoints?,
    removal: String? = nil, registration: Registration = .none, keyedZone: Name? = nil
  ) {
    self.zone = zone
    self.kind = kind
    self.codes = codes
    self.errors = errors
    self.testPoints = testPoints
    self.removal = removal
    self.registration = registration
    self.keyedZone = keyedZone
  }
}

/// What is looked up in a list.
package enum BlocklistEntry: Hashable, Sendable, Codable {
  case address(IPAddress)
  case name(Name)
}

/// Some of the addresses with which a list answers.
package enum ReturnValues: Hashable, Sendable, Codable {
  case range(ClosedRange<UInt32>)
  /// Every 127.0.0.x with this bit in its last octet.
  case bit(UInt8)

  /// `127.0.0.2`, `127.0.0.4-127.0.0.7`, `bit 64`; nil for anything else, and for what lies outside 127.0.0.0/8.
  package init?(_ text: String) {
    if text.hasPrefix("bit ") {
      guard let bit = UInt8(text.dropFirst("bit ".count)), bit.nonzeroBitCount == 1 else { return nil }
      self = .bit(bit)
      return
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { IPv4Address(String($0)) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
      first.isReturnCode, last.isReturnCode, first.rawValue <= last.rawValue
    else { return nil }
    self = .range(first.rawValue...last.rawValue)
  }

  package func contains(_ address: IPv4Address) -> Bool {
    switch self {
    case .range(let range): range.contains(address.rawValue)
    case .bit(let bit): address.rawValue >> 8 == 0x7F_0000 && address.rawValue & UInt32(bit) != 0
    }
  }
}

extension IPv4Address {
  /// In 127.0.0.0/8 (RFC 5782 §2.1).
  package var isReturnCode: Bool { rawValue >> 24 == 127 }
}
