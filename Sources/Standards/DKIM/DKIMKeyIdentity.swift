// What makes two keys the same, however they are written: SubjectPublicKeyInfo or RSAPublicKey, with or without notes.

import Crypto

package enum DKIMKeyIdentity: Hashable, Sendable {
  case rsa(modulus: [UInt8], exponent: [UInt8])
  case ed25519([UInt8])
}

extension DKIMKey {
  /// nil where there is no key that could be read.
  package var identity: DKIMKeyIdentity? {
    switch self {
    case .rsa(let key, _): .rsa(modulus: key.modulus, exponent: key.exponent)
    case .ed25519(let octets): .ed25519(octets)
    case .missing, .revoked, .unreadable, .unexamined: nil
    }
  }
}

extension DKIMKeyPublication {
  /// nil for a revoked key.
  package var identity: DKIMKeyIdentity? {
    switch key {
    case .rsa: rsa.map { .rsa(modulus: $0.modulus, exponent: $0.exponent) }
    case .ed25519(let octets): .ed25519(octets)
    case .revoked: nil
    }
  }

  /// The length of an RSA modulus; nil for other keys.
  package var rsaBits: Int? { rsa?.bits }

  private var rsa: RSAPublicKey? {
    guard case .rsa(let der) = key, case .rsa(let rsa)? = try? PublicKey(der: der).material else {
      return nil
    }
    return rsa
  }
}
