/// Digests of octets, on libcrypto.
import COpenSSL

package enum Digest {
  package static let sha256Length = 32  // octets

  package static func sha256(_ octets: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: sha256Length) { buffer, count in
      SHA256(octets, octets.count, buffer.baseAddress)
      count = sha256Length
    }
  }
}
