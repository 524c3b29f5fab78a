/// What an OCSP response says about the server's own certificate (RFC 6960).
///
/// It counts if it is signed by the authority that issued the certificate, or by a responder whom that authority
/// certified for it (§4.2.2.2), if it is about this certificate, and if it is of its time. The authority speaks of its
/// own certificate, whether or not the CA store knows it. Nothing is fetched.
import COpenSSL
import DNSData
import Evidence

enum StapledResponse {
  /// How far the clocks of responder and auditor may be apart.
  private static let clockSkew: Int64 = 300  // seconds
  /// Certificates that one response speaks of; one is usual.
  private static let maximumStatements: Int32 = 32

  /// `store` must outlive the call.
  static func verdict(
    _ octets: [UInt8], on chain: CertificateChain, store: OpaquePointer, at time: Timestamp
  ) throws(CertificateError) -> RevocationVerdict {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let response = parse(octets) else { return .unusable }
    defer { OCSP_BASICRESP_free(response) }
    guard let issuer = try issuer(of: chain, store) else { return .unusable }
    defer { X509_free(issuer) }
    guard try isSigned(response, for: issuer, at: time),
      let statement = statement(in: response, on: chain.leaf, issuer)
    else { return .unusable }
    return verdict(statement, at: time)
  }

  /// A successful response that fills the octets exactly (§4.2.1).
  private static func parse(_ octets: [UInt8]) -> OpaquePointer? {
    octets.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      var cursor = buffer.baseAddress
      guard let response = d2i_OCSP_RESPONSE(nil, &cursor, buffer.count) else { return nil }
      defer { OCSP_RESPONSE_free(response) }
      guard let start = buffer.baseAddress, let cursor, cursor - start == buffer.count,
        OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL
      else { return nil }
      return OCSP_response_get1_basic(response)
    }
  }

  /// Who signed the server's own certificate: sent behind it, or in the store where an authority issues by its root.
  /// The caller's to free.
  private static func issuer(
    of chain: CertificateChain, _ store: OpaquePointer
  ) throws(CertificateError) -> OpaquePointer? {
    guard let leaf = chain.leaf else { return nil }
    for candidate in chain.issuers.prefix(Int(CertificatePath.maximumDepth))
    where isIssued(leaf, by: candidate) {
      return X509_up_ref(candidate) == 1 ? candidate : nil
    }
    guard let context = X509_STORE_CTX_new() else { throw .outOfMemory }
    defer { X509_STORE_CTX_free(context) }
    guard X509_STORE_CTX_init(context, store, leaf, nil) == 1 else { throw .outOfMemory }
    var known: OpaquePointer?
    guard X509_STORE_CTX_get1_issuer(&known, context, leaf) == 1, let known else { return nil }
    guard isIssued(leaf, by: known) else {
      X509_free(known)
      return nil
    }
    return known
  }

  private static func isIssued(_ leaf: OpaquePointer, by issuer: OpaquePointer) -> Bool {
    X509_check_issued(issuer, leaf) == X509_V_OK && X509_verify(leaf, X509_get0_pubkey(issuer)) == 1
  }

  /// By the issuer or a delegate of its own, whose certificates are good at that time.
  private static func isSigned(
    _ response: OpaquePointer, for issuer: OpaquePointer, at time: Timestamp
  ) throws(CertificateError) -> Bool {
    guard let signers = OPENSSL_sk_new_null() else { throw .outOfMemory }
    defer { OPENSSL_sk_free(signers) }
    guard let anchor = X509_STORE_new() else { throw .outOfMemory }
    defer { X509_STORE_free(anchor) }
    guard OPENSSL_sk_push(signers, UnsafeRawPointer(issuer)) > 0, X509_STORE_add_cert(anchor, issuer) == 1,
      // The issuer need not be a root.
      X509_STORE_set_flags(anchor, UInt(X509_V_FLAG_PARTIAL_CHAIN)) == 1,
      let parameters = X509_STORE_get0_param(anchor)
    else { throw .outOfMemory }
    X509_VERIFY_PARAM_set_time(parameters, time_t(time.seconds))
    X509_VERIFY_PARAM_set_depth(parameters, CertificatePath.maximumDepth)
    return OCSP_basic_verify(response, signers, anchor, UInt(OCSP_NOEXPLICIT)) == 1
  }

  /// Belongs to the response.
  private static func statement(
    in response: OpaquePointer, on leaf: OpaquePointer?, _ issuer: OpaquePointer
  ) -> OpaquePointer? {
    for index in 0..<max(0, min(OCSP_resp_count(response), maximumStatements)) {
      guard let statement = OCSP_resp_get0(response, index), let about = OCSP_SINGLERESP_get0_id(statement),
        let digest = digest(of: about), let own = OCSP_cert_to_id(digest, leaf, issuer)
      else { continue }
      defer { OCSP_CERTID_free(own) }
      if OCSP_id_cmp(own, about) == 0 { return statement }
    }
    return nil
  }

  /// With which the certificate is named (§4.1.1).
  private static func digest(of identifier: OpaquePointer) -> OpaquePointer? {
    var algorithm: OpaquePointer?
    guard OCSP_id_get0_info(nil, &algorithm, nil, nil, identifier) == 1, let algorithm,
      let name = OBJ_nid2sn(OBJ_obj2nid(algorithm))
    else { return nil }
    return EVP_get_digestbyname(name)
  }

  private static func verdict(_ statement: OpaquePointer, at time: Timestamp) -> RevocationVerdict {
    var reason: Int32 = -1
    var revoked: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
    var thisUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
    var nextUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
    let status = OCSP_single_get0_status(statement, &reason, &revoked, &thisUpdate, &nextUpdate)
    // §4.2.2.1: without nextUpdate there is no end.
    guard let begin = CertificateHandle.timestamp(thisUpdate), begin.seconds - clockSkew <= time.seconds
    else {
      return .unusable
    }
    if let nextUpdate {
      guard let end = CertificateHandle.timestamp(nextUpdate), time.seconds <= end.seconds + clockSkew else {
        return .unusable
      }
    }
    switch status {
    case V_OCSP_CERTSTATUS_GOOD: return .notRevoked
    case V_OCSP_CERTSTATUS_REVOKED:
      return .revoked(CertificateHandle.timestamp(revoked), RevocationReason(rawValue: Int(reason)))
    default: return .unusable
    }
  }
}
