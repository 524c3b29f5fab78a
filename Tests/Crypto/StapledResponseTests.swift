/// What a server staples is believed only where its certificate's authority said it, of this certificate, and now.
import COpenSSL
import CertificateTesting
import DNSData
import Evidence
import SeededRandom
import Testing

@testable import Crypto

@Suite struct StapledResponseTests {
  private let authority: TestAuthority
  private let server: TestCertificate
  private let store: TrustStore
  private let time = Timestamp(seconds: 1_800_000_000)

  init() throws {
    authority = try TestAuthority()
    server = try authority.server()
    store = try TrustStore(pem: authority.root.pem)
  }

  private func verdict(
    _ octets: [UInt8], behind issuers: [TestCertificate]? = nil, store: TrustStore? = nil,
    at moment: Timestamp? = nil
  ) throws -> RevocationVerdict? {
    let chain = ([server] + (issuers ?? [authority.intermediate])).map { ForeignOctets($0.der) }
    return try (store ?? self.store).verdicts(
      on: CertificateChain(chain), stapled: ForeignOctets(octets), for: [], at: moment ?? time
    ).revocation
  }

  private func response(_ change: (inout TestResponse) -> Void = { _ in }) throws -> [UInt8] {
    try TestResponse(change).signed(
      by: authority.intermediate, about: server, of: authority.intermediate)
  }

  private func revoked() throws -> [UInt8] { try response(Self.revoke) }

  /// Another server's, of the same authority.
  private func neighbour() throws -> TestCertificate {
    try TestCertificate(
      .server("DNS:www.example.com").with { $0.serial = 10 }, issuer: authority.intermediate)
  }

  private static func revoke(_ response: inout TestResponse) {
    response.status = V_OCSP_CERTSTATUS_REVOKED
    response.reason = OCSP_REVOKED_STATUS_KEYCOMPROMISE
  }

  @Test func `the authority's word counts, whichever digest it names the certificate by`() throws {
    #expect(try verdict(response()) == .notRevoked)
    #expect(try verdict(response { $0.identifierDigest = "SHA256" }) == .notRevoked)
    let verdict = try verdict(revoked())
    #expect(verdict == .revoked(Timestamp(seconds: 1_799_000_000), .keyCompromise))
    #expect(try JSONText.roundTrip(verdict) == verdict)
  }

  @Test func `without a reason, and without an end, it counts too`() throws {
    let bare = try response {
      $0.status = V_OCSP_CERTSTATUS_REVOKED
      $0.nextUpdate = nil
    }
    #expect(try verdict(bare) == .revoked(Timestamp(seconds: 1_799_000_000), nil))
  }

  @Test func `no response is no verdict`() throws {
    let chain = try CertificateChain([ForeignOctets(server.der), ForeignOctets(authority.intermediate.der)])
    #expect(try store.verdicts(on: chain, for: [], at: time).revocation == nil)
  }

  @Test func `a responder whom the authority certified for it speaks for the authority`() throws {
    let responder = try TestCertificate(
      .server(nil).with {
        $0.extendedKeyUsage = "OCSPSigning"
        $0.serial = 9
      }, issuer: authority.intermediate)
    let delegated = try TestResponse(Self.revoke).signed(
      by: responder, about: server, of: authority.intermediate)
    #expect(try verdict(delegated) == .revoked(Timestamp(seconds: 1_799_000_000), .keyCompromise))
  }

  @Test func `nobody else does: the server itself, another server, another authority, an expired delegate`()
    throws
  {
    let stranger = try TestAuthority()
    let late = try TestCertificate(
      .server(nil).with {
        $0.extendedKeyUsage = "OCSPSigning"
        $0.notAfter = "20250101000000Z"
      }, issuer: authority.intermediate)
    for signer in [server, try neighbour(), stranger.intermediate, stranger.root, late] {
      let forged = try TestResponse(Self.revoke).signed(
        by: signer, about: server, of: authority.intermediate)
      #expect(try verdict(forged) == .unusable)
    }
  }

  @Test func `a response about another certificate says nothing`() throws {
    let response = try TestResponse(Self.revoke).signed(
      by: authority.intermediate, about: neighbour(), of: authority.intermediate)
    #expect(try verdict(response) == .unusable)
  }

  @Test func `a response of another time says nothing, but clocks may differ a little`() throws {
    let octets = try revoked()
    for seconds in [1_799_899_800, 1_799_900_000, 1_800_500_000, 1_800_500_200] as [Int64] {
      #expect(try verdict(octets, at: Timestamp(seconds: seconds)) != .unusable, "\(seconds)")
    }
    for seconds in [1_799_899_000, 1_800_501_000] as [Int64] {
      #expect(try verdict(octets, at: Timestamp(seconds: seconds)) == .unusable, "\(seconds)")
    }
  }

  @Test func `an authority that does not know, or answers later, says nothing`() throws {
    #expect(try verdict(response { $0.status = V_OCSP_CERTSTATUS_UNKNOWN }) == .unusable)
    #expect(try verdict(TestResponse.refusal()) == .unusable)
  }

  @Test func `the issuer is found behind the server's certificate or in the store, and nowhere else`() throws
  {
    let octets = try revoked()
    #expect(try verdict(octets, behind: []) == .unusable)
    let known = try TrustStore(pem: authority.intermediate.pem)
    #expect(try verdict(octets, behind: [], store: known) != .unusable)
    let stranger = try TestAuthority()
    let behind = [stranger.intermediate, authority.root, authority.intermediate]
    #expect(try verdict(octets, behind: behind) != .unusable)
    // Whether anybody trusts the authority is another question.
    let foreign = try TrustStore(pem: stranger.root.pem)
    #expect(try verdict(octets, store: foreign) != .unusable)
  }

  @Test func `octets that are none, cut, or too many are no response`() throws {
    let octets = try revoked()
    for broken in [[], [0x30, 0x00], Array(octets.dropLast()), octets + [0], server.der] {
      #expect(try verdict(broken) == .unusable)
    }
  }

  @Test func `a mutated response is never taken for another one`() throws {
    var generator = SeededGenerator()
    let octets = try revoked()
    var refused = 0
    for _ in 0..<1500 {
      // What the signature does not cover may change: the certificates that come with it, say.
      switch try verdict(generator.mutated(octets)) {
      case .unusable: refused += 1
      case let verdict: #expect(verdict == .revoked(Timestamp(seconds: 1_799_000_000), .keyCompromise))
      }
    }
    #expect(refused > 1000)
  }
}
