/// Digests of octets, on libcrypto.
import COpenSSL

package enum Digest {
  package static let sha1Length = 20  // octets
  package static let sha256Length = 32  // octets
  package static let sha384Length = 48  // octets

  /// For NSEC3 alone, which needs no resistance to collisions (RFC 5155 §12.1).
  package static func sha1(_ octets: [UInt8]) -> [UInt8] { digest(octets, length: sha1Length, by: SHA1) }

  package static func sha256(_ octets: [UInt8]) -> [UInt8] {
    digest(octets, length: sha256Length, by: SHA256)
  }

  package static func sha384(_ octets: [UInt8]) -> [UInt8] {
    digest(octets, length: sha384Length, by: SHA384)
  }

  private static func digest(
    _ octets: [UInt8], length: Int,
    by function: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UInt8>?) -> UnsafeMutablePointer<UInt8>?
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      _ = function(octets, octets.count, buffer.baseAddress)
      count = length
    }
  }
}
