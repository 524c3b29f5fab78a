import Crypto
import Evidence
import Foundation
import Testing

@testable import TLS

@Suite struct SystemTrustTests {
  @Test func `a system without a store is told`() {
    #expect(throws: TrustStoreError.noCertificate) { try TrustStore.system(paths: ["/nonexistent/ca.pem"]) }
    #expect(throws: TrustStoreError.noCertificate) { try TrustStore.system(paths: ["/dev/null"]) }
  }

  private static let isInstalled = SystemCAFiles.paths.contains {
    FileManager.default.fileExists(atPath: $0)
  }

  @Test(.enabled(if: isInstalled)) func `the store of this system is read whole`() throws {
    let store = try TrustStore.system()
    #expect(store.identity.certificates > 50)
    #expect(store.identity.digest.count == 64)
  }
}
