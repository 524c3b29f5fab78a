/// Digests of octets, on libcrypto.
import COpenSSL

package enum Digest {
  package static let sha1Length = 20  // octets
  package static let sha256Length = 32  // octets
  package static let sha384Length = 48  // octets

  /// For NSEC3 alone, which needs no resistance to collisions (RFC 5155 §12.1).
  package static func sha1(_ octets: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: sha1Length) { buffer, count in
      SHA1(octets, octets.count, buffer.baseAddress)
      count = sha1Length
    }
  }

  package static func sha256(_ octets: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: sha256Length) { buffer, count in
      SHA256(octets, octets.count, buffer.baseAddress)
      count = sha256Length
    }
  }

  package static func sha384(_ octets: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: sha384Length) { buffer, count in
      SHA384(octets, octets.count, buffer.baseAddress)
      count = sha384Length
    }
  }
}
