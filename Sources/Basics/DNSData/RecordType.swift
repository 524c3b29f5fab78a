/// A record type by its number (IANA "Resource Record (RR) TYPEs").
package struct RecordType: Hashable, Sendable, RawRepresentable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let a = RecordType(rawValue: 1)
  package static let ns = RecordType(rawValue: 2)
  package static let cname = RecordType(rawValue: 5)
  package static let soa = RecordType(rawValue: 6)
  package static let ptr = RecordType(rawValue: 12)
  package static let mx = RecordType(rawValue: 15)
  package static let txt = RecordType(rawValue: 16)
  package static let aaaa = RecordType(rawValue: 28)
  package static let srv = RecordType(rawValue: 33)
  package static let ds = RecordType(rawValue: 43)
  package static let rrsig = RecordType(rawValue: 46)
  package static let nsec = RecordType(rawValue: 47)
  package static let dnskey = RecordType(rawValue: 48)
  package static let nsec3 = RecordType(rawValue: 50)
  package static let tlsa = RecordType(rawValue: 52)
  /// Of these only the octets are looked at (RFC 7344, RFC 5155 §4).
  package static let nsec3param = RecordType(rawValue: 51)
  package static let cds = RecordType(rawValue: 59)
  package static let cdnskey = RecordType(rawValue: 60)
  /// Obsolete (RFC 7208 §3.1); its values are kept as octets, and its mnemonic is not read.
  package static let spf = RecordType(rawValue: 99)
  package static let caa = RecordType(rawValue: 257)
  /// A whole zone (RFC 5936); asked for, never a record's, and without a mnemonic here so that no zone file holds one.
  package static let axfr = RecordType(rawValue: 252)

  private static let mnemonics: [(RecordType, String)] = [
    (.a, "A"), (.ns, "NS"), (.cname, "CNAME"), (.soa, "SOA"), (.ptr, "PTR"), (.mx, "MX"), (.txt, "TXT"),
    (.aaaa, "AAAA"), (.srv, "SRV"), (.ds, "DS"), (.rrsig, "RRSIG"), (.nsec, "NSEC"), (.dnskey, "DNSKEY"),
    (.nsec3, "NSEC3"), (.tlsa, "TLSA"), (.caa, "CAA"),
  ]
  private static let byMnemonic = Dictionary(uniqueKeysWithValues: mnemonics.map { ($1, $0) })
  private static let byType = Dictionary(uniqueKeysWithValues: mnemonics)

  /// Registered types that zone files hold and no audit reads; their fields stay unread. `ALIAS` and `ANAME` are those
  /// of providers.
  static let unreadMnemonics: Set<String> = [
    "AFSDB", "ALIAS", "AMTRELAY", "ANAME", "APL", "CDNSKEY", "CDS", "CERT", "CSYNC", "DHCID", "DNAME",
    "EUI48", "EUI64",
    "HINFO", "HIP", "HTTPS", "IPSECKEY", "KEY", "KX", "LOC", "NAPTR", "NSEC3PARAM", "OPENPGPKEY", "PX", "RP",
    "SIG",
    "SMIMEA", "SPF", "SSHFP", "SVCB", "URI", "WKS", "ZONEMD",
  ]

  /// A mnemonic in any case, or `TYPE65280` (RFC 3597 §5).
  package init?(_ text: String) {
    let text = text.uppercased()
    if let known = Self.byMnemonic[text] {
      self = known
    } else if text.hasPrefix("TYPE"), text.dropFirst(4).utf8.allSatisfy(\.isASCIIDigit),
      let number = UInt16(text.dropFirst(4))
    {
      self.init(rawValue: number)
    } else {
      return nil
    }
  }
}

extension RecordType: CustomStringConvertible, Codable, Comparable {
  package var description: String { Self.byType[self] ?? "TYPE\(rawValue)" }

  package static func < (left: RecordType, right: RecordType) -> Bool { left.rawValue < right.rawValue }

  package init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let type = RecordType(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a record type: \(text)"))
    }
    self = type
  }

  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
