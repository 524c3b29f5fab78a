// What is to be said of algorithms and keys beside whether they validate.
package import DNSData

/// What validators make of an algorithm.
package enum AlgorithmStanding: Hashable, Sendable {
  case validated
  /// RFC 9905 §2: as if it were not supported.
  case sha1
  /// RFC 9904, RFC 9906: not to be implemented any more.
  case retired
  /// Private, reserved or not assigned.
  case unknown

  package init(_ number: UInt8) {
    switch number {
    case 5, 7: self = .sha1
    case 1, 3, 6, 12: self = .retired
    default: self = SecurityAlgorithm(rawValue: number) == nil ? .unknown : .validated
    }
  }
}

extension DNSKEY {
  /// The SEP flag (RFC 4034 §2.1.1).
  package var isEntryPoint: Bool { flags & 0x0001 != 0 }

  /// Of an RSA key, in bits (RFC 3110 §2); nil for others.
  package var modulusLength: Int? {
    guard [5, 7, 8, 10].contains(algorithm), let first = publicKey.first else { return nil }
    let isLong = first == 0
    guard publicKey.count >= 3 else { return nil }
    let length = isLong ? Int(publicKey[1]) << 8 | Int(publicKey[2]) : Int(first)
    let modulus = publicKey.dropFirst(length + (isLong ? 3 : 1)).drop { $0 == 0 }
    guard let highest = modulus.first else { return nil }
    return modulus.count * 8 - highest.leadingZeroBitCount
  }
}
