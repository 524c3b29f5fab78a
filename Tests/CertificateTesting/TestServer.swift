/// A TLS server over memory.
import COpenSSL

/// The owner of an SSL in its server's role.
package final class TestServer {
  package struct Settings: Sendable {
    package var versions: ClosedRange<Int32>
    package var cipherList: String
    package var cipherSuites: String
    package var groups: String
    package var signatureAlgorithms: String
    package var applicationProtocol: String?
    /// Servers' certificates with what is sent after each; several where keys are of several kinds.
    package var chains: [[TestCertificate]]

    package init(
      versions: ClosedRange<Int32> = TLS1_2_VERSION...TLS1_3_VERSION, cipherList: String = "DEFAULT",
      cipherSuites: String = "TLS_AES_128_GCM_SHA256", groups: String = "X25519:P-256",
      signatureAlgorithms: String =
        "ECDSA+SHA256:ed25519:rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:RSA+SHA256:ECDSA+SHA1:RSA+SHA1",
      applicationProtocol: String? = nil, chains: [[TestCertificate]]
    ) {
      self.versions = versions
      self.cipherList = cipherList
      self.cipherSuites = cipherSuites
      self.groups = groups
      self.signatureAlgorithms = signatureAlgorithms
      self.applicationProtocol = applicationProtocol
      self.chains = chains
    }
  }

  private let context: OpaquePointer
  private let pointer: OpaquePointer
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer
  /// SSL_CTX_set_alpn_select_cb keeps a pointer to it.
  private let choice: UnsafeMutablePointer<UInt8>
  package private(set) var serverName: String?
  package private(set) var isEstablished = false

  package struct Failure: Error {
    package let step: String
  }

  package init(_ settings: Settings) throws {
    guard let context = SSL_CTX_new(TLS_server_method()) else { throw Failure(step: "context") }
    self.context = context
    SSL_CTX_set_security_level(context, 0)
    try require(shim_SSL_CTX_set1_sigalgs_list(context, settings.signatureAlgorithms), "signature algorithms")
    try require(shim_SSL_CTX_set_min_proto_version(context, settings.versions.lowerBound), "lowest version")
    try require(shim_SSL_CTX_set_max_proto_version(context, settings.versions.upperBound), "highest version")
    try require(SSL_CTX_set_cipher_list(context, settings.cipherList), "ciphers")
    try require(SSL_CTX_set_ciphersuites(context, settings.cipherSuites), "suites")
    try require(shim_SSL_CTX_set1_groups_list(context, settings.groups), "groups")
    for chain in settings.chains {
      guard let leaf = chain.first else { throw Failure(step: "empty chain") }
      guard let others = OPENSSL_sk_new_null() else { throw Failure(step: "stack") }
      defer { OPENSSL_sk_free(others) }
      for other in chain.dropFirst() { OPENSSL_sk_push(others, UnsafeRawPointer(other.certificate)) }
      try require(SSL_CTX_use_cert_and_key(context, leaf.certificate, leaf.key, others, 0), "certificate")
    }
    let name = Array((settings.applicationProtocol ?? "").utf8)
    choice = .allocate(capacity: 256)
    choice[0] = UInt8(name.count)
    for (index, octet) in name.enumerated() { choice[index + 1] = octet }
    if !name.isEmpty {
      SSL_CTX_set_alpn_select_cb(
        context,
        { _, selected, length, _, _, argument in
          guard let choice = argument?.assumingMemoryBound(to: UInt8.self) else {
            return SSL_TLSEXT_ERR_NOACK
          }
          selected?.pointee = UnsafePointer(choice + 1)
          length?.pointee = choice[0]
          return SSL_TLSEXT_ERR_OK
        }, choice)
    }
    guard let pointer = SSL_new(context), let incoming = BIO_new(BIO_s_mem()),
      let outgoing = BIO_new(BIO_s_mem())
    else { throw Failure(step: "connection") }
    self.pointer = pointer
    self.incoming = incoming
    self.outgoing = outgoing
    SSL_set_bio(pointer, incoming, outgoing)
    SSL_set_accept_state(pointer)
  }

  deinit {
    SSL_free(pointer)
    SSL_CTX_free(context)
    choice.deallocate()
  }

  /// Takes octets of the client, gives those for it.
  package func answer(_ octets: [UInt8]) -> [UInt8] {
    ERR_clear_error()
    defer { ERR_clear_error() }
    if !octets.isEmpty { BIO_write(incoming, octets, Int32(octets.count)) }
    if !isEstablished {
      isEstablished = SSL_do_handshake(pointer) == 1
      if let name = SSL_get_servername(pointer, TLSEXT_NAMETYPE_host_name) {
        serverName = String(cString: name)
      }
    }
    return takeOutput()
  }

  package func write(_ octets: [UInt8]) -> [UInt8] {
    SSL_write(pointer, octets, Int32(octets.count))
    return takeOutput()
  }

  package func read() -> [UInt8] {
    ERR_clear_error()
    defer { ERR_clear_error() }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = SSL_read(pointer, &buffer, Int32(buffer.count))
    return Array(buffer.prefix(Int(max(0, count))))
  }

  /// close_notify.
  package func close() -> [UInt8] {
    SSL_shutdown(pointer)
    return takeOutput()
  }

  private func takeOutput() -> [UInt8] {
    var data: UnsafeMutablePointer<CChar>?
    let count = shim_BIO_get_mem_data(outgoing, &data)
    guard let data, count > 0 else { return [] }
    let octets = Array(UnsafeRawBufferPointer(start: data, count: count))
    BIO_ctrl(outgoing, BIO_CTRL_RESET, 0, nil)
    return octets
  }
}

private func require(_ result: Int32, _ step: String) throws {
  guard result == 1 else { throw TestServer.Failure(step: step) }
}
