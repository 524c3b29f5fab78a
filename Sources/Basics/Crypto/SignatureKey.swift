/// Public keys that verify signatures over octets, on libcrypto: parsed once, used often.
///
/// The numbers come bare, as DNSKEY records hold them. Keys that cost a verifier more than they should are refused.
import COpenSSL

package enum SignatureKeyMaterial: Hashable, Sendable {
  package enum RSADigest: Hashable, Sendable { case sha256, sha512 }

  /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2); numbers big endian.
  case rsa(exponent: [UInt8], modulus: [UInt8], RSADigest)
  /// ECDSA with SHA-256; both coordinates, 64 octets.
  case p256([UInt8])
  /// ECDSA with SHA-384; both coordinates, 96 octets.
  case p384([UInt8])
  /// 32 octets.
  case ed25519([UInt8])
  /// 57 octets.
  case ed448([UInt8])
}

/// The key is not changed after `init`, and verifying with it does not change it.
package final class SignatureKey: @unchecked Sendable {
  package static let maximumModulusLength = 512  // octets, RFC 3110 §2
  package static let maximumExponentLength = 8  // octets; longer ones only cost time

  private let material: SignatureKeyMaterial
  private let pointer: OpaquePointer

  /// nil unless `material` is a key of its algorithm.
  package init?(_ material: SignatureKeyMaterial) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let pointer = Self.parse(material) else { return nil }
    self.material = material
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  /// ECDSA signatures are both numbers side by side (RFC 6605 §4).
  package func verifies(_ signature: [UInt8], of octets: [UInt8]) -> Bool {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let encoded = encode(signature), let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, digest, nil, pointer) == 1
      && EVP_DigestVerify(context, encoded, encoded.count, octets, octets.count) == 1
  }

  private static func parse(_ material: SignatureKeyMaterial) -> OpaquePointer? {
    switch material {
    case .rsa(let exponent, let modulus, _):
      let exponent = Array(exponent.drop { $0 == 0 })
      let modulus = Array(modulus.drop { $0 == 0 })
      guard (1...maximumExponentLength).contains(exponent.count),
        (1...maximumModulusLength).contains(modulus.count)
      else { return nil }
      let der = DERWriter.sequence(DERWriter.unsignedInteger(modulus) + DERWriter.unsignedInteger(exponent))
      return der.withUnsafeBufferPointer { buffer in
        var cursor = buffer.baseAddress
        return d2i_PublicKey(EVP_PKEY_RSA, nil, &cursor, buffer.count)
      }
    case .p256(let point): return parse(point, length: 64, after: p256Prefix)
    case .p384(let point): return parse(point, length: 96, after: p384Prefix)
    case .ed25519(let key): return EVP_PKEY_new_raw_public_key(NID_ED25519, nil, key, key.count)
    case .ed448(let key): return EVP_PKEY_new_raw_public_key(NID_ED448, nil, key, key.count)
    }
  }

  /// libcrypto refuses points that are not on the curve.
  private static func parse(_ point: [UInt8], length: Int, after prefix: [UInt8]) -> OpaquePointer? {
    guard point.count == length else { return nil }
    return (prefix + point).withUnsafeBufferPointer { buffer in
      var cursor = buffer.baseAddress
      return d2i_PUBKEY(nil, &cursor, buffer.count)
    }
  }

  // SubjectPublicKeyInfo (RFC 5480 §2) up to the coordinates of an uncompressed point.
  private static let p256Prefix: [UInt8] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
    0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
  ]
  private static let p384Prefix: [UInt8] = [
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81,
    0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04,
  ]

  private var digest: OpaquePointer? {
    switch material {
    case .rsa(_, _, .sha256), .p256: EVP_sha256()
    case .rsa(_, _, .sha512): EVP_sha512()
    case .p384: EVP_sha384()
    case .ed25519, .ed448: nil
    }
  }

  /// As libcrypto takes it; nil for a length that the algorithm does not have.
  private func encode(_ signature: [UInt8]) -> [UInt8]? {
    let length: Int
    switch material {
    case .rsa, .ed25519, .ed448: return signature
    case .p256: length = 64
    case .p384: length = 96
    }
    guard signature.count == length else { return nil }
    return DERWriter.sequence(
      DERWriter.unsignedInteger(signature.prefix(length / 2))
        + DERWriter.unsignedInteger(signature.suffix(length / 2)))
  }
}

/// The two kinds of elements that are written here (X.690 §8.3, §8.9).
private enum DERWriter {
  static func sequence(_ content: [UInt8]) -> [UInt8] { element(0x30, content) }

  static func unsignedInteger(_ octets: some Collection<UInt8>) -> [UInt8] {
    let significant = Array(octets.drop { $0 == 0 })
    return element(0x02, significant.first.map { $0 < 0x80 } ?? false ? significant : [0] + significant)
  }

  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    switch content.count {
    case ..<0x80: [tag, UInt8(content.count)] + content
    case ..<0x100: [tag, 0x81, UInt8(content.count)] + content
    default:
      [tag, 0x82, UInt8(truncatingIfNeeded: content.count >> 8), UInt8(content.count & 0xFF)] + content
    }
  }
}
