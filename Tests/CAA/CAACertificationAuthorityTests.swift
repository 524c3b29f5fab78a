import DNSData
import Testing

@testable import CAA

@Suite struct CAACertificationAuthorityTests {
  private func permission(_ organization: String, _ values: String...) throws -> CAAPermission {
    let records = values.map { CAA(flags: 0, tag: Array("issue".utf8), value: Array($0.utf8)) }
    return try #require(CAACertificationAuthority(organization: organization))
      .permission(under: CAARecordSet(records), to: .host)
  }

  @Test func `every authority has names, and no organisation stands twice`() {
    let organizations = CAACertificationAuthority.known.flatMap(\.organizations).map { $0.lowercased() }
    #expect(Set(organizations).count == organizations.count)
    #expect(CAACertificationAuthority.known.allSatisfy { !$0.domains.isEmpty })
  }

  @Test func `of an unknown organisation nothing is known`() {
    #expect(CAACertificationAuthority(organization: "Example CA") == nil)
  }

  @Test func `an authority may issue under any of its names, and under those below them`() throws {
    #expect(try !permission("Let's Encrypt", "letsencrypt.org").isForbidden)
    #expect(try !permission("Sectigo Limited", "comodoca.com").isForbidden)
    #expect(try !permission("DigiCert Inc", "www.digicert.com").isForbidden)
    #expect(try !permission("Let's Encrypt").isForbidden)
  }

  @Test func `an authority that issues for another goes by the names of both`() throws {
    for name in ["sectigo.com", "ssl.com", "affirmtrust.com"] {
      #expect(try !permission("Entrust Limited", name).isForbidden)
    }
    #expect(try !permission("SSL Corporation", "entrust.net").isForbidden)
    #expect(try !permission("ZeroSSL", "sectigo.com").isForbidden)
    #expect(try permission("ZeroSSL", "zerossl.com").isForbidden)
    #expect(try permission("QuoVadis Limited", "volusion.com").isForbidden)
  }

  @Test func `it may not where others are named, or nobody`() throws {
    #expect(try permission("Let's Encrypt", "ca.example") == .forbidden(.otherAuthorities))
    #expect(try permission("Let's Encrypt", ";") == .forbidden(.nobody))
    #expect(try permission("Let's Encrypt", "letsencrypt.org; accounturi=").isForbidden)
  }
}
