/// OCSP responses as authorities and their responders make them, on libcrypto.
import COpenSSL
package import DNSData

package struct TestResponse: Sendable {
  package var status = V_OCSP_CERTSTATUS_GOOD
  /// Of the revocation; -1 for none.
  package var reason: Int32 = -1
  package var revoked = Timestamp(seconds: 1_799_000_000)
  package var thisUpdate = Timestamp(seconds: 1_799_900_000)
  package var nextUpdate: Timestamp? = Timestamp(seconds: 1_800_500_000)
  /// With which the certificate is named.
  package var identifierDigest = "SHA1"

  package init(_ change: (inout TestResponse) -> Void = { _ in }) { change(&self) }

  /// In DER; about `certificate`, which `issuer` is said to have issued, and signed by `signer`.
  package func signed(
    by signer: TestCertificate, about certificate: TestCertificate, of issuer: TestCertificate
  ) throws -> [UInt8] {
    guard let basic = OCSP_BASICRESP_new() else { throw Failure(step: "response") }
    defer { OCSP_BASICRESP_free(basic) }
    guard
      let identifier = OCSP_cert_to_id(
        EVP_get_digestbyname(identifierDigest), certificate.certificate, issuer.certificate)
    else { throw Failure(step: "identifier") }
    defer { OCSP_CERTID_free(identifier) }
    let times = [revoked, thisUpdate, nextUpdate].map { time in
      time.flatMap { ASN1_GENERALIZEDTIME_set(nil, time_t($0.seconds)) }
    }
    defer { for time in times { ASN1_GENERALIZEDTIME_free(time) } }
    let isRevoked = status == V_OCSP_CERTSTATUS_REVOKED
    guard
      OCSP_basic_add1_status(
        basic, identifier, status, reason, isRevoked ? times[0] : nil, times[1], times[2]) != nil
    else { throw Failure(step: "status") }
    guard
      OCSP_basic_sign(basic, signer.certificate, signer.key, EVP_get_digestbyname("SHA256"), nil, 0) == 1
    else { throw Failure(step: "sign") }
    return try Self.encoded(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic)
  }

  /// One without an answer: "try later", say (RFC 6960 §2.3).
  package static func refusal() throws -> [UInt8] { try encoded(OCSP_RESPONSE_STATUS_TRYLATER, nil) }

  package struct Failure: Error {
    package let step: String
  }

  private static func encoded(_ status: Int32, _ basic: OpaquePointer?) throws -> [UInt8] {
    guard let response = OCSP_response_create(status, basic) else { throw Failure(step: "wrap") }
    defer { OCSP_RESPONSE_free(response) }
    var octets: UnsafeMutablePointer<UInt8>?
    let length = i2d_OCSP_RESPONSE(response, &octets)
    guard let octets, length > 0 else { throw Failure(step: "encode") }
    defer { CRYPTO_free(octets, #file, #line) }
    return Array(UnsafeBufferPointer(start: octets, count: Int(length)))
  }
}
