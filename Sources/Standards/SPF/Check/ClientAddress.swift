// Addresses as SPF sees them (RFC 7208 §5): an IPv4-mapped client counts as IPv4,
// and only the record type of the client's own family is asked for. Arithmetic on
// networks is that of DNSData.

import DNSData

extension IPv6Address {
  /// The IPv4 address inside ::ffff:0:0/96 (RFC 4291 §2.5.5.2).
  var mappedIPv4: IPv4Address? {
    rawValue >> 32 == 0xFFFF ? IPv4Address(rawValue: UInt32(truncatingIfNeeded: rawValue)) : nil
  }
}

extension IPAddress {
  /// A client with an IPv4-mapped address counts as IPv4, whatever the connection used (RFC 7208 §5).
  var unmapped: IPAddress {
    switch self {
    case .v4: self
    case .v6(let address): address.mappedIPv4.map { .v4($0) } ?? self
    }
  }
}

extension AddressFamily {
  var addressType: RecordType {
    switch self {
    case .v4: .a
    case .v6: .aaaa
    }
  }
}

extension RecordData {
  /// The address of an A or AAAA record.
  var address: IPAddress? {
    switch self {
    case .a(let address): .v4(address)
    case .aaaa(let address): .v6(address)
    case .ns, .cname, .ptr, .mx, .txt, .soa, .srv, .tlsa, .caa, .ds, .dnskey, .rrsig, .nsec, .nsec3, .unknown:
      nil
    }
  }
}
