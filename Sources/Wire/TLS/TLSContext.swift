/// What a ClientHello offers: one SSL_CTX for each policy, made once for a process.
///
/// Everything that the system's openssl.cnf may set is set again here, so that an audit says the same on every
/// machine: Debian's file would raise the lowest version and the security level. Certificates are taken and never
/// judged: whether they are good is asked of a `TrustStore` afterwards.
import COpenSSL
package import Evidence
import Synchronization

/// Only read after `init`; OpenSSL counts the references of its own.
package final class TLSContext: @unchecked Sendable {
  package let policy: TLSPolicy
  let pointer: OpaquePointer

  /// Octets of one Certificate message; OpenSSL's own default.
  package static let maximumChain = 102_400

  package init(_ policy: TLSPolicy) throws(TLSSetupError) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let context = SSL_CTX_new(TLS_client_method()) else { throw .outOfMemory }
    guard Self.configure(context, for: policy) else {
      SSL_CTX_free(context)
      throw .notAvailable(policy)
    }
    self.policy = policy
    pointer = context
  }

  deinit { SSL_CTX_free(pointer) }

  private static let made = Mutex<[TLSPolicy: TLSContext]>([:])

  /// The one that all connections share: making one takes as long as a good part of a handshake.
  package static func shared(_ policy: TLSPolicy) throws(TLSSetupError) -> TLSContext {
    try made.withLock { made throws(TLSSetupError) in
      if let context = made[policy] { return context }
      let context = try TLSContext(policy)
      made[policy] = context
      return context
    }
  }

  private static func configure(_ context: OpaquePointer, for policy: TLSPolicy) -> Bool {
    let settings = TLSSettings(policy)
    SSL_CTX_set_security_level(context, settings.securityLevel)
    SSL_CTX_clear_options(context, SSL_CTX_get_options(context))
    // Whether the server knows RFC 5746 is no reason to fail.
    SSL_CTX_set_options(
      context,
      shim_SSL_OP_NO_COMPRESSION() | shim_SSL_OP_NO_RENEGOTIATION() | shim_SSL_OP_LEGACY_SERVER_CONNECT()
        | shim_SSL_OP_ENABLE_MIDDLEBOX_COMPAT())
    _ = shim_SSL_CTX_set_mode(context, Int(SSL_MODE_AUTO_RETRY))
    _ = shim_SSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
    _ = shim_SSL_CTX_set_max_cert_list(context, maximumChain)
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
    SSL_CTX_set_cert_verify_callback(context, { _, _ in 1 }, nil)
    return shim_SSL_CTX_set_min_proto_version(context, settings.versions.lowerBound) == 1
      && shim_SSL_CTX_set_max_proto_version(context, settings.versions.upperBound) == 1
      && SSL_CTX_set_cipher_list(context, settings.cipherList) == 1
      && SSL_CTX_set_ciphersuites(context, settings.cipherSuites) == 1
      && setGroups(settings, of: context)
      && shim_SSL_CTX_set1_sigalgs_list(context, settings.signatureAlgorithms) == 1
  }
}

extension TLSContext {
  /// Some builds of OpenSSL lack some of the outdated ones.
  private static func setGroups(_ settings: TLSSettings, of context: OpaquePointer) -> Bool {
    let all = ([settings.groups] + settings.outdatedGroups).joined(separator: ":")
    return shim_SSL_CTX_set1_groups_list(context, all) == 1
      || shim_SSL_CTX_set1_groups_list(context, settings.groups) == 1
  }
}

package enum TLSSetupError: Error, Hashable {
  case outOfMemory
  /// This OpenSSL was built without what the policy needs.
  case notAvailable(TLSPolicy)
}

/// In the words of OpenSSL's configuration.
private struct TLSSettings {
  let versions: ClosedRange<Int32>
  let securityLevel: Int32
  /// Up to TLS 1.2.
  let cipherList: String
  let signatureAlgorithms: String
  /// TLS 1.3, all of OpenSSL's default.
  let cipherSuites = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
  /// OpenSSL's default.
  let groups = "X25519:P-256:X448:P-521:P-384"
  /// Behind the others, so that a server that heeds the client's order picks one of them for want of better alone.
  let outdatedGroups: [String]

  /// What RFC 8422 dropped from RFC 4492.
  private static let droppedGroups = [
    "secp256k1", "secp224r1", "secp224k1", "secp192r1", "secp192k1", "secp160r2", "secp160r1", "secp160k1",
    "sect571r1", "sect571k1", "sect409r1", "sect409k1", "sect283r1", "sect283k1", "sect239k1", "sect233r1",
    "sect233k1", "sect193r2", "sect193r1", "sect163r2", "sect163r1", "sect163k1",
  ]

  /// OpenSSL's default at level 1, which is without SHA-1.
  private static let defaultSignatureAlgorithms =
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:"
    + "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:"
    + "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:"
    + "RSA+SHA256:RSA+SHA384:RSA+SHA512:ECDSA+SHA224:RSA+SHA224"

  init(_ policy: TLSPolicy) {
    let modern = Int32(TLS1_2_VERSION)...Int32(TLS1_3_VERSION)
    outdatedGroups = policy == .legacy ? Self.droppedGroups : []
    switch policy {
    case .modern:
      // Level 1 is what OpenSSL 3.0 has without Debian's file; level 2 would hide servers that others reach.
      versions = modern
      securityLevel = 1
      cipherList = "DEFAULT"
      signatureAlgorithms = Self.defaultSignatureAlgorithms
    case .legacy:
      // OpenSSL 3 has TLS 1.0 and 1.1 at level 0 alone, since their signatures use SHA-1.
      versions = Int32(TLS1_VERSION)...Int32(TLS1_1_VERSION)
      securityLevel = 0
      cipherList = "DEFAULT"
      signatureAlgorithms = Self.defaultSignatureAlgorithms + ":ECDSA+SHA1:RSA+SHA1"
    case .rsaOnly:
      versions = modern
      securityLevel = 1
      cipherList = "aRSA:!eNULL"
      signatureAlgorithms =
        "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:"
        + "rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512"
    case .ecdsaOnly:
      versions = modern
      securityLevel = 1
      cipherList = "aECDSA:!eNULL"
      signatureAlgorithms = "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512"
    case .sha1Only:
      // Suites in which the server signs; TLS 1.3 has no SHA-1 (RFC 8446 §4.2.3).
      versions = Int32(TLS1_2_VERSION)...Int32(TLS1_2_VERSION)
      securityLevel = 0
      cipherList = "ECDHE:DHE:!aNULL:!eNULL"
      signatureAlgorithms = "ECDSA+SHA1:RSA+SHA1"
    }
  }
}
