import Crypto
import Testing

@testable import TLS

@Suite struct SystemTrustTests {
  @Test func `a system without a store is told`() {
    #expect(throws: TrustStoreError.noCertificate) { try TrustStore.system(paths: ["/nonexistent/ca.pem"]) }
    #expect(throws: TrustStoreError.noCertificate) { try TrustStore.system(paths: ["/dev/null"]) }
  }
}
