/// The owner of an SSL and of the memory BIOs that it reads from and writes to.
import COpenSSL
import Crypto
import Evidence

final class TLSConnection {
  enum Step {
    case completed
    case wantsMore
    /// close_notify.
    case closed
    case failed(TLSFailure)
  }

  enum Reading {
    case octets([UInt8])
    case wantsMore
    case closed
    case failed(TLSFailure)
  }

  private let pointer: OpaquePointer
  // Both belong to `pointer`.
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer

  init(
    _ context: TLSContext, serverName: String?, applicationProtocols: [String]
  ) throws(TLSSetupError) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let connection = SSL_new(context.pointer) else { throw .outOfMemory }
    let input = BIO_new(BIO_s_mem())
    let output = BIO_new(BIO_s_mem())
    guard let input, let output else {
      BIO_free(input)
      BIO_free(output)
      SSL_free(connection)
      throw .outOfMemory
    }
    SSL_set_bio(connection, input, output)
    SSL_set_connect_state(connection)
    pointer = connection
    incoming = input
    outgoing = output
    if let serverName, shim_SSL_set_tlsext_host_name(connection, serverName) != 1 { throw .outOfMemory }
    // A server that has no answer says nothing: see `stapledResponse`.
    guard shim_SSL_request_ocsp_response(connection) == 1 else { throw .outOfMemory }
    // RFC 7301 §3.1: names with their lengths before them.
    let names = applicationProtocols.map { Array($0.utf8) }.filter { (1...255).contains($0.count) }
    let list = names.flatMap { [UInt8($0.count)] + $0 }
    // 0 means success here.
    if !list.isEmpty, SSL_set_alpn_protos(connection, list, UInt32(list.count)) != 0 { throw .outOfMemory }
  }

  deinit { SSL_free(pointer) }

  /// false without memory.
  func feed(_ octets: UnsafeRawBufferPointer) -> Bool {
    guard let base = octets.baseAddress, !octets.isEmpty else { return true }
    guard octets.count <= Int(Int32.max) else { return false }
    ERR_clear_error()
    defer { ERR_clear_error() }
    return BIO_write(incoming, base, Int32(octets.count)) == Int32(octets.count)
  }

  func takeOutput() -> [UInt8] {
    var data: UnsafeMutablePointer<CChar>?
    let count = shim_BIO_get_mem_data(outgoing, &data)
    guard let data, count > 0 else { return [] }
    let octets = Array(UnsafeRawBufferPointer(start: data, count: count))
    BIO_ctrl(outgoing, BIO_CTRL_RESET, 0, nil)
    return octets
  }

  func shakeHands() -> Step {
    ERR_clear_error()
    defer { ERR_clear_error() }
    let result = SSL_do_handshake(pointer)
    guard result != 1 else { return .completed }
    switch SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ: return .wantsMore
    case SSL_ERROR_ZERO_RETURN: return .closed
    default: return .failed(ErrorQueue.failure())
    }
  }

  func read(atMost limit: Int) -> Reading {
    guard limit > 0 else { return .octets([]) }
    ERR_clear_error()
    defer { ERR_clear_error() }
    var result: Int32 = 0
    var octets: [UInt8] = []
    // A record at a time, so that the array is no larger than what there is.
    while octets.count < limit {
      let room = min(limit - octets.count, Int(SSL3_RT_MAX_PLAIN_LENGTH))
      let record = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        result = SSL_read(pointer, buffer.baseAddress, Int32(room))
        count = Int(max(0, result))
      }
      guard result > 0 else { break }
      octets += record
    }
    // A fault behind good octets is found again by the next call.
    guard octets.isEmpty else { return .octets(octets) }
    switch SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ: return .wantsMore
    case SSL_ERROR_ZERO_RETURN: return .closed
    default: return .failed(ErrorQueue.failure())
    }
  }

  /// nil on success: memory takes everything at once.
  func write(_ octets: [UInt8]) -> TLSFailure? {
    ERR_clear_error()
    defer { ERR_clear_error() }
    var written = 0
    let result = SSL_write_ex(pointer, octets, octets.count, &written)
    guard result == 1, written == octets.count else { return ErrorQueue.failure() }
    return nil
  }

  func close() {
    ERR_clear_error()
    defer { ERR_clear_error() }
    SSL_shutdown(pointer)
  }
}

// What the handshake showed.
extension TLSConnection {
  var chain: CertificateChain? { SSL_get_peer_cert_chain(pointer).flatMap { CertificateChain(sharing: $0) } }

  /// Longer ones are cut; those of public authorities have some hundred octets.
  private static let maximumResponse = 16_384  // octets

  var stapledResponse: ForeignOctets? {
    var octets: UnsafePointer<UInt8>?
    let count = shim_SSL_get_ocsp_response(pointer, &octets)
    guard let octets, count > 0 else { return nil }
    return ForeignOctets(
      Array(UnsafeBufferPointer(start: octets, count: min(count, Self.maximumResponse))))
  }

  /// Of a completed handshake.
  var parameters: TLSParameters {
    ERR_clear_error()
    defer { ERR_clear_error() }
    return TLSParameters(
      version: TLSVersion(rawValue: UInt16(truncatingIfNeeded: SSL_version(pointer))),
      cipherSuite: cipherSuite,
      group: group, ephemeralBits: ephemeralBits, peerSignature: peerSignature,
      applicationProtocol: applicationProtocol, protections: protections)
  }

  private var protections: TLSProtections? {
    guard SSL_version(pointer) < TLS1_3_VERSION else { return nil }
    return TLSProtections(
      extendedMasterSecret: shim_SSL_get_extms_support(pointer) == 1,
      secureRenegotiation: shim_SSL_get_secure_renegotiation_support(pointer) == 1)
  }

  private var cipherSuite: CipherSuite {
    let cipher = SSL_get_current_cipher(pointer)
    return CipherSuite(
      code: SSL_CIPHER_get_protocol_id(cipher),
      name: SSL_CIPHER_standard_name(cipher).map { String(cString: $0) } ?? "")
  }

  private var group: String? {
    let number = shim_SSL_get_negotiated_group(pointer)
    guard number != NID_undef, let name = SSL_group_to_name(pointer, number) else { return nil }
    return String(cString: name)
  }

  private var ephemeralBits: Int? {
    var key: OpaquePointer?
    guard shim_SSL_get_peer_tmp_key(pointer, &key) == 1, let key else { return nil }
    defer { EVP_PKEY_free(key) }
    let bits = EVP_PKEY_get_bits(key)
    return bits > 0 ? Int(bits) : nil
  }

  private var peerSignature: String? {
    var algorithm = NID_undef
    guard SSL_get_peer_signature_type_nid(pointer, &algorithm) == 1 else { return nil }
    let name =
      switch algorithm {
      case EVP_PKEY_RSA: "RSA"
      case EVP_PKEY_RSA_PSS: "RSA-PSS"
      case EVP_PKEY_EC: "ECDSA"
      case EVP_PKEY_DSA: "DSA"
      default: OBJ_nid2sn(algorithm).map { String(cString: $0) } ?? ""
      }
    // Edwards curves come without a digest.
    var digest = NID_undef
    guard shim_SSL_get_peer_signature_nid(pointer, &digest) == 1, digest != NID_undef,
      let text = OBJ_nid2sn(digest)
    else { return name }
    return name + "+" + String(cString: text)
  }

  private var applicationProtocol: String? {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(pointer, &name, &length)
    guard let name, length > 0 else { return nil }
    return String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self)
  }
}
