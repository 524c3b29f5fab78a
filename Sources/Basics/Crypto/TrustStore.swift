/// A CA store, parsed once for a run, and what a chain is worth before it.
///
/// The file is read elsewhere: nothing here does I/O.
import COpenSSL
package import DNSData
package import Evidence

/// X509_STORE locks itself, and nothing is added after `init`.
package final class TrustStore: @unchecked Sendable {
  package let identity: TrustStoreIdentity
  private let pointer: OpaquePointer

  /// Certificates in PEM, one after the other, as in ca-certificates.crt; what is no certificate is skipped.
  package init(pem: [UInt8]) throws(TrustStoreError) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let store = X509_STORE_new() else { throw .outOfMemory }
    do throws(TrustStoreError) {
      identity = TrustStoreIdentity(
        digest: Encoding.hex(Digest.sha256(pem)), certificates: try Self.add(pem, to: store))
    } catch {
      X509_STORE_free(store)
      throw error
    }
    pointer = store
  }

  deinit { X509_STORE_free(pointer) }

  private static func add(_ pem: [UInt8], to store: OpaquePointer) throws(TrustStoreError) -> Int {
    guard pem.count <= Int(Int32.max), let memory = BIO_new(BIO_s_mem()) else { throw .outOfMemory }
    defer { BIO_free(memory) }
    guard pem.isEmpty || BIO_write(memory, pem, Int32(pem.count)) == Int32(pem.count) else {
      throw .outOfMemory
    }
    var count = 0
    while true {
      let before = BIO_ctrl_pending(memory)
      let certificate = PEM_read_bio_X509_AUX(memory, nil, nil, nil)
      if let certificate {
        defer { X509_free(certificate) }
        guard X509_STORE_add_cert(store, certificate) == 1 else { throw .outOfMemory }
        count += 1
      }
      // A certificate that does not decode was read over; the end was reached if nothing was.
      guard BIO_ctrl_pending(memory) < before else { break }
    }
    guard count > 0 else { throw .noCertificate }
    return count
  }

  /// Trust and dates apart from each other, at `time`, of a chain as it was sent.
  package func judge(
    _ chain: CertificateChain, at time: Timestamp
  ) throws(CertificateError) -> (trust: TrustVerdict, dates: DateVerdict) {
    let path = try CertificatePath.validate(chain, store: pointer, dates: .checked(at: time))
    guard let error = path.error else { return (.trusted, .inDate) }
    guard error.kind == .date else {
      return (.untrusted(error), DateVerdict(path.validities.prefix(1), at: time))
    }
    // OpenSSL says no more than that a date is wrong: whether the path is good otherwise is asked again.
    let dates = DateVerdict(path.validities, at: time)
    let timeless = try CertificatePath.validate(chain, store: pointer, dates: .ignored)
    guard let error = timeless.error else { return (.trusted, dates) }
    return (.untrusted(error), dates)
  }

  /// `judge`, the names, and the OCSP response that came with the chain, as the Snapshot keeps them.
  package func verdicts(
    on chain: CertificateChain, stapled response: ForeignOctets? = nil, for names: [ServerIdentity],
    at time: Timestamp
  ) throws(CertificateError) -> CertificateVerdicts {
    let (trust, dates) = try judge(chain, at: time)
    return CertificateVerdicts(
      trust: trust, dates: dates, names: names.map { NameVerdict(of: chain.leaf, for: $0) },
      revocation: try response.map { response throws(CertificateError) in
        try StapledResponse.verdict(response.octets, on: chain, store: pointer, at: time)
      }, time: time, store: identity)
  }

  /// For `DANEAuthentication`, while `self` lives.
  func withPointer<Result>(
    _ body: (OpaquePointer) throws(CertificateError) -> Result
  ) throws(CertificateError) -> Result {
    try body(pointer)
  }
}

package enum TrustStoreError: Error, Hashable {
  /// No certificate in the file.
  case noCertificate
  case outOfMemory
}
