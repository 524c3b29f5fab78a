/// The CA store of this system, read from its file.
import COpenSSL
package import Crypto
import Evidence

extension TrustStore {
  private static let maximumFile = 8 << 20  // octets; Debian's has 200 KB
  private static let chunk = 65_536  // octets

  /// From the first of `paths` that is there. Blocks: some 20 ms, once in a run.
  package static func system(paths: [String] = SystemCAFiles.paths) throws(TrustStoreError) -> TrustStore {
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
