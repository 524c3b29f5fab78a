/// Where systems keep the certification authorities that they trust.
import COpenSSL
package import Crypto

extension TrustStore {
  /// Debian, Fedora, openSUSE, Alpine. The environment is not asked: it must not turn an audit.
  package static let systemPaths = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]

  private static let maximumFile = 8 << 20  // octets; Debian's has 200 KB
  private static let chunk = 65_536  // octets

  /// From the first of `paths` that is there. Blocks: some 20 ms, once in a run.
  package static func system(paths: [String] = systemPaths) throws(TrustStoreError) -> TrustStore {
    for path in paths {
      if let pem = read(path) { return try TrustStore(pem: pem) }
    }
    throw .noCertificate
  }

  private static func read(_ path: String) -> [UInt8]? {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let file = BIO_new_file(path, "r") else { return nil }
    defer { BIO_free(file) }
    var octets: [UInt8] = []
    while octets.count < maximumFile {
      let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        count = Int(max(0, BIO_read(file, buffer.baseAddress, Int32(chunk))))
      }
      guard !part.isEmpty else { break }
      octets += part
    }
    return octets
  }
}
