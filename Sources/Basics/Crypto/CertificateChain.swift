/// The certificates that a server sent, its own first, parsed once for all that is asked about them. Nothing in them is
/// believed here.
import COpenSSL
package import Evidence

/// Owns a STACK_OF(X509), which nothing changes after `init`; an X509 locks what it notes down when it is first read.
package final class CertificateChain: @unchecked Sendable {
  /// In DER, as sent.
  package let octets: [ForeignOctets]
  /// Not to be used beyond the life of the chain, as everything taken out of it.
  let pointer: OpaquePointer

  private init(taking pointer: OpaquePointer, octets: [ForeignOctets]) {
    self.pointer = pointer
    self.octets = octets
  }

  /// Throws if there is none, or if one cannot be read at all.
  package convenience init(_ octets: [ForeignOctets]) throws(CertificateError) {
    guard !octets.isEmpty else { throw .emptyChain }
    guard let pointer = OPENSSL_sk_new_null() else { throw .outOfMemory }
    self.init(taking: pointer, octets: octets)
    for certificate in octets { try push(CertificateHandle(der: certificate.octets)) }
  }

  /// What libssl parsed for a handshake: a STACK_OF(X509) that stays the caller's. nil if it is empty.
  package convenience init?(sharing stack: OpaquePointer) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard OPENSSL_sk_num(stack) > 0, let pointer = X509_chain_up_ref(stack) else { return nil }
    let octets = (0..<OPENSSL_sk_num(pointer)).map { index in
      ForeignOctets(DER.encoded { i2d_X509(OPENSSL_sk_value(pointer, index).map { OpaquePointer($0) }, $0) })
    }
    self.init(taking: pointer, octets: octets)
  }

  deinit {
    while let certificate = OPENSSL_sk_pop(pointer) { X509_free(OpaquePointer(certificate)) }
    OPENSSL_sk_free(pointer)
  }

  private func push(_ certificate: borrowing CertificateHandle) throws(CertificateError) {
    guard X509_up_ref(certificate.pointer) == 1 else { throw .outOfMemory }
    guard OPENSSL_sk_push(pointer, UnsafeRawPointer(certificate.pointer)) > 0 else {
      X509_free(certificate.pointer)
      throw .outOfMemory
    }
  }

  var leaf: OpaquePointer? { OPENSSL_sk_value(pointer, 0).map { OpaquePointer($0) } }

  /// What was sent behind the server's own.
  var issuers: [OpaquePointer] {
    (0..<max(0, OPENSSL_sk_num(pointer))).dropFirst().compactMap { index in
      OPENSSL_sk_value(pointer, index).map { OpaquePointer($0) }
    }
  }
}

/// What the i2d functions write.
enum DER {
  /// Empty if it cannot be written.
  static func encoded(
    _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
  ) -> [UInt8] {
    let length = Int(encode(nil))
    guard length > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      var cursor = buffer.baseAddress
      count = max(0, min(length, Int(encode(&cursor))))
    }
  }
}
