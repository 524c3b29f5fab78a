/// The value of a record, by type; types not listed are kept as octets (RFC 3597).
package enum RecordData: Hashable, Sendable {
  case a(IPv4Address)
  case aaaa(IPv6Address)
  case ns(Name)
  case cname(Name)
  case ptr(Name)
  case mx(MX)
  case txt(TXT)
  case soa(SOA)
  case srv(SRV)
  case tlsa(TLSA)
  case caa(CAA)
  case ds(DS)
  case dnskey(DNSKEY)
  case rrsig(RRSIG)
  case nsec(NSEC)
  case nsec3(NSEC3)
  case unknown(RecordType, [UInt8])

  package var type: RecordType {
    switch self {
    case .a: .a
    case .aaaa: .aaaa
    case .ns: .ns
    case .cname: .cname
    case .ptr: .ptr
    case .mx: .mx
    case .txt: .txt
    case .soa: .soa
    case .srv: .srv
    case .tlsa: .tlsa
    case .caa: .caa
    case .ds: .ds
    case .dnskey: .dnskey
    case .rrsig: .rrsig
    case .nsec: .nsec
    case .nsec3: .nsec3
    case .unknown(let type, _): type
    }
  }
}

/// RFC 1035 §3.3.9, RFC 7505 (null MX).
package struct MX: Hashable, Sendable {
  package let preference: UInt16
  package let exchange: Name

  package init(preference: UInt16, exchange: Name) {
    self.preference = preference
    self.exchange = exchange
  }

  package var isNull: Bool { exchange.isRoot }
}

/// RFC 1035 §3.3.14. Octets, not text: the grammar of each use judges what they mean.
package struct TXT: Hashable, Sendable {
  package static let maximumStringLength = 255

  /// The character-strings as they stand in the record, each of at most 255 octets.
  package let strings: [[UInt8]]

  package init(strings: [[UInt8]]) { self.strings = strings }

  /// Splits at 255 octets.
  package init(joined octets: [UInt8]) {
    var strings: [[UInt8]] = []
    var rest = octets[...]
    repeat {
      strings.append(Array(rest.prefix(Self.maximumStringLength)))
      rest = rest.dropFirst(Self.maximumStringLength)
    } while !rest.isEmpty
    self.strings = strings
  }

  package init(_ text: String) { self.init(joined: Array(text.utf8)) }

  /// The strings joined without anything between them (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
  package var joined: [UInt8] { Array(strings.joined()) }
}

/// RFC 1035 §3.3.13; times in seconds.
package struct SOA: Hashable, Sendable {
  package let primary: Name
  package let mailbox: Name
  package let serial, refresh, retry, expire, minimum: UInt32

  package init(
    primary: Name, mailbox: Name, serial: UInt32, refresh: UInt32, retry: UInt32, expire: UInt32,
    minimum: UInt32
  ) {
    self.primary = primary
    self.mailbox = mailbox
    self.serial = serial
    self.refresh = refresh
    self.retry = retry
    self.expire = expire
    self.minimum = minimum
  }
}

/// RFC 2782.
package struct SRV: Hashable, Sendable {
  package let priority, weight, port: UInt16
  package let target: Name

  package init(priority: UInt16, weight: UInt16, port: UInt16, target: Name) {
    self.priority = priority
    self.weight = weight
    self.port = port
    self.target = target
  }
}

/// RFC 6698 §2.1.
package struct TLSA: Hashable, Sendable {
  package let usage, selector, matchingType: UInt8
  package let association: [UInt8]

  package init(usage: UInt8, selector: UInt8, matchingType: UInt8, association: [UInt8]) {
    self.usage = usage
    self.selector = selector
    self.matchingType = matchingType
    self.association = association
  }
}

/// RFC 8659 §4.1.
package struct CAA: Hashable, Sendable {
  package let flags: UInt8
  package let tag: [UInt8]
  package let value: [UInt8]

  package init(flags: UInt8, tag: [UInt8], value: [UInt8]) {
    self.flags = flags
    self.tag = tag
    self.value = value
  }
}

/// RFC 4034 §5.1.
package struct DS: Hashable, Sendable {
  package let keyTag: UInt16
  package let algorithm, digestType: UInt8
  package let digest: [UInt8]

  package init(keyTag: UInt16, algorithm: UInt8, digestType: UInt8, digest: [UInt8]) {
    self.keyTag = keyTag
    self.algorithm = algorithm
    self.digestType = digestType
    self.digest = digest
  }
}

/// RFC 4034 §2.1.
package struct DNSKEY: Hashable, Sendable {
  package let flags: UInt16
  package let `protocol`, algorithm: UInt8
  package let publicKey: [UInt8]

  package init(flags: UInt16, protocol: UInt8, algorithm: UInt8, publicKey: [UInt8]) {
    self.flags = flags
    self.protocol = `protocol`
    self.algorithm = algorithm
    self.publicKey = publicKey
  }
}

/// RFC 4034 §3.1; times in seconds since 1970 modulo 2^32.
package struct RRSIG: Hashable, Sendable {
  package let covered: RecordType
  package let algorithm, labels: UInt8
  package let originalTTL, expiration, inception: UInt32
  package let keyTag: UInt16
  package let signer: Name
  package let signature: [UInt8]

  package init(
    covered: RecordType, algorithm: UInt8, labels: UInt8, originalTTL: UInt32, expiration: UInt32,
    inception: UInt32, keyTag: UInt16, signer: Name, signature: [UInt8]
  ) {
    self.covered = covered
    self.algorithm = algorithm
    self.labels = labels
    self.originalTTL = originalTTL
    self.expiration = expiration
    self.inception = inception
    self.keyTag = keyTag
    self.signer = signer
    self.signature = signature
  }
}

/// RFC 4034 §4.1.
package struct NSEC: Hashable, Sendable {
  package let next: Name
  package let types: [RecordType]

  package init(next: Name, types: [RecordType]) {
    self.next = next
    self.types = types.sorted()
  }
}

/// RFC 5155 §3.1.
package struct NSEC3: Hashable, Sendable {
  package let algorithm, flags: UInt8
  package let iterations: UInt16
  package let salt, nextHash: [UInt8]
  package let types: [RecordType]

  package init(
    algorithm: UInt8, flags: UInt8, iterations: UInt16, salt: [UInt8], nextHash: [UInt8], types: [RecordType]
  ) {
    self.algorithm = algorithm
    self.flags = flags
    self.iterations = iterations
    self.salt = salt
    self.nextHash = nextHash
    self.types = types.sorted()
  }
}
