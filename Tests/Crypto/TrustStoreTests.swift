/// Trust, dates and names are judged apart from each other.
import COpenSSL
import CertificateTesting
import DNSData
import Evidence
import Testing

@testable import Crypto

@Suite struct TrustStoreTests {
  private let authority: TestAuthority
  private let store: TrustStore
  private let time = Timestamp(seconds: 1_800_000_000)  // 2027

  init() throws {
    authority = try TestAuthority()
    store = try TrustStore(pem: authority.root.pem)
  }

  private func judge(_ chain: TestCertificate...) throws -> (trust: TrustVerdict, dates: DateVerdict) {
    try store.judge(CertificateChain(chain.map { ForeignOctets($0.der) }), at: time)
  }

  @Test func `a good chain is trusted and in date, with or without its root`() throws {
    let server = try authority.server()
    #expect(try judge(server, authority.intermediate) == (.trusted, .inDate))
    #expect(try judge(server, authority.intermediate, authority.root) == (.trusted, .inDate))
  }

  @Test func `an expired certificate is trusted all the same`() throws {
    let server = try authority.server { $0.notAfter = "20250101000000Z" }
    let expiry = try #require(Timestamp("2025-01-01"))
    #expect(try judge(server, authority.intermediate) == (.trusted, .expired(expiry, depth: 0)))
  }

  @Test func `a certificate of tomorrow is not yet valid`() throws {
    let server = try authority.server { $0.notBefore = "20300101000000Z" }
    let start = try #require(Timestamp("2030-01-01"))
    #expect(try judge(server, authority.intermediate) == (.trusted, .notYetValid(start, depth: 0)))
  }

  @Test func `an expired intermediate certificate is told by its depth, and after the server's own`() throws {
    let expired = try TestCertificate(
      .authority("Old Intermediate").with { $0.notAfter = "20240101000000Z" }, issuer: authority.root)
    let expiry = try #require(Timestamp("2024-01-01"))
    let server = try TestCertificate(.server("DNS:mx.example.com"), issuer: expired)
    #expect(try judge(server, expired) == (.trusted, .expired(expiry, depth: 1)))
    let both = try TestCertificate(
      .server("DNS:mx.example.com").with { $0.notAfter = "20230101000000Z" }, issuer: expired)
    let earlier = try #require(Timestamp("2023-01-01"))
    #expect(try judge(both, expired) == (.trusted, .expired(earlier, depth: 0)))
  }

  @Test func `an expired cross-certificate does no harm where the root itself is known`() throws {
    let old = try TestAuthority("Old")
    let cross = try TestCertificate(
      .authority("Test Root").with { $0.notAfter = "20210930000000Z" }, issuer: old.root, twin: authority.root
    )
    let chain = [try authority.server(), authority.intermediate, cross].map { ForeignOctets($0.der) }
    #expect(try store.judge(CertificateChain(chain), at: time) == (.trusted, .inDate))
    let both = try TrustStore(pem: old.root.pem + authority.root.pem)
    #expect(try both.judge(CertificateChain(chain), at: time) == (.trusted, .inDate))
    let behind = try TrustStore(pem: old.root.pem)
    let expiry = try #require(Timestamp("2021-09-30"))
    #expect(try behind.judge(CertificateChain(chain), at: time) == (.trusted, .expired(expiry, depth: 2)))
  }

  @Test func `a date that is none is unreadable`() throws {
    let server = try authority.server { $0.notAfter = "tomorrow" }
    #expect(try judge(server, authority.intermediate).dates == .unreadable(depth: 0))
  }

  @Test func `a self-signed certificate is untrusted for that reason, and its dates are still judged`() throws
  {
    let server = try TestCertificate(.server("DNS:mx.example.com").with { $0.notAfter = "20250101000000Z" })
    let verdict = try judge(server)
    #expect(verdict.trust.error?.kind == .selfSigned)
    #expect(verdict.trust.error?.depth == 0)
    #expect(verdict.dates == .expired(try #require(Timestamp("2025-01-01")), depth: 0))
  }

  @Test func `a missing intermediate certificate is told from a root that nobody knows`() throws {
    let missing = try judge(try authority.server())
    #expect(missing.trust.error?.kind == .issuerMissing)
    #expect(missing.trust.error?.depth == 0)
    #expect(missing.dates == .inDate)
    let stranger = try TestAuthority("Strange")
    let unknown = try judge(try stranger.server(), stranger.intermediate, stranger.root)
    #expect(unknown.trust.error?.kind == .unknownRoot)
    let rootless = try judge(try stranger.server(), stranger.intermediate)
    #expect(rootless.trust.error?.kind == .issuerMissing)
    #expect(rootless.trust.error?.depth == 1)
  }

  @Test func `what is no certificate for servers is refused for its purpose`() throws {
    let client = try authority.server { $0.extendedKeyUsage = "clientAuth" }
    #expect(try judge(client, authority.intermediate).trust.error?.kind == .purpose)
    let notAnAuthority = try authority.server { $0.commonName = "www.example.com" }
    let below = try TestCertificate(.server("DNS:mx.example.com"), issuer: notAnAuthority)
    #expect(try judge(below, notAnAuthority, authority.intermediate).trust.error?.kind == .purpose)
  }

  @Test func `a signature of another key is told`() throws {
    let impostor = try TestAuthority()
    let server = try impostor.server()
    #expect(try judge(server, authority.intermediate).trust.error?.kind == .signature)
  }

  @Test func `an intermediate certificate in the store is no anchor`() throws {
    let partial = try TrustStore(pem: authority.intermediate.pem)
    let verdict = try partial.judge(CertificateChain([ForeignOctets(try authority.server().der)]), at: time)
    #expect(verdict.trust.error?.kind == .issuerMissing)
  }

  @Test func `weak keys and digests are no matter of trust`() throws {
    let weak = try TestCertificate(
      .authority("Weak Root").with {
        $0.key = .rsa(bits: 1024)
        $0.digest = "SHA1"
      })
    let server = try TestCertificate(
      .server("DNS:mx.example.com").with {
        $0.key = .rsa(bits: 1024)
        $0.digest = "SHA1"
      }, issuer: weak)
    let weakStore = try TrustStore(pem: weak.pem)
    let chain = try CertificateChain([ForeignOctets(server.der)])
    #expect(try weakStore.judge(chain, at: time) == (.trusted, .inDate))
  }

  @Test(arguments: [
    ("DNS:mx.example.com", "mx.example.com", true), ("DNS:MX.Example.COM", "mx.example.com", true),
    ("DNS:*.example.com", "mx.example.com", true), ("DNS:*.example.com", "a.mx.example.com", false),
    ("DNS:*.example.com", "example.com", false), ("DNS:m*.example.com", "mx.example.com", false),
    ("DNS:mx.example.com", "mx.example.org", false), ("DNS:*.com", "example.com", false),
    ("IP:192.0.2.1", "mx.example.com", false), (nil, "mx.example.com", false),
    ("DER:3011820f6d782e6578616d706c652e636f6d00", "mx.example.com", false),
    ("DNS:.", ".", false), ("DNS:mx.example.com", ".", false),
  ])
  func `a name matches by the alternative names alone`(names: String?, asked: String, matches: Bool) throws {
    let certificate = try Certificate(der: try TestCertificate(.server(names)).der)
    let identity = ServerIdentity.name(try Name(asked))
    #expect(try certificate.nameVerdict(for: identity) == NameVerdict(asked: identity, matches: matches))
  }

  @Test func `an address matches an address and no name`() throws {
    let certificate = try Certificate(
      der: try TestCertificate(.server("IP:192.0.2.1,IP:2001:db8::1,DNS:192.0.2.2")).der)
    for (text, matches) in [("192.0.2.1", true), ("2001:db8::1", true), ("192.0.2.2", false)] {
      let address = try #require(IPAddress(text))
      #expect(try certificate.nameVerdict(for: .address(address)).matches == matches)
    }
  }

  @Test func `all verdicts stand beside each other and survive storage`() throws {
    let chain = [ForeignOctets(try authority.server().der), ForeignOctets(authority.intermediate.der)]
    let names = [ServerIdentity.name(try Name("mx.example.com")), .name(try Name("mail.example.com"))]
    let verdicts = try store.verdicts(on: CertificateChain(chain), for: names, at: time)
    #expect(verdicts.trust == .trusted)
    #expect(verdicts.names.map(\.matches) == [true, false])
    #expect(verdicts.store == store.identity)
    #expect(try JSONText.roundTrip(verdicts) == verdicts)
  }

  @Test func `a store is what decodes in its file, and never nothing`() throws {
    let broken = Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n# text\n".utf8)
    let other = try TestAuthority("Other")
    let store = try TrustStore(pem: authority.root.pem + broken + other.root.pem + Array("tail".utf8))
    #expect(store.identity.certificates == 2)
    #expect(throws: TrustStoreError.noCertificate) { try TrustStore(pem: broken) }
    #expect(throws: TrustStoreError.noCertificate) { try TrustStore(pem: []) }
  }

  @Test(arguments: [
    (X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, PathError.Kind.selfSigned),
    (X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, .unknownRoot),
    (X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, .issuerMissing),
    (X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, .issuerMissing),
    (X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, .issuerMissing),
    (X509_V_ERR_CERT_NOT_YET_VALID, .date), (X509_V_ERR_CERT_HAS_EXPIRED, .date),
    (X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD, .date), (X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD, .date),
    (X509_V_ERR_HOSTNAME_MISMATCH, .name), (X509_V_ERR_IP_ADDRESS_MISMATCH, .name),
    (X509_V_ERR_NO_ISSUER_PUBLIC_KEY, .signature), (X509_V_ERR_INVALID_CA, .purpose),
    (X509_V_ERR_PATH_LENGTH_EXCEEDED, .purpose), (X509_V_ERR_INVALID_PURPOSE, .purpose),
    (X509_V_ERR_CERT_UNTRUSTED, .purpose), (X509_V_ERR_CERT_REJECTED, .purpose),
    (X509_V_ERR_KEYUSAGE_NO_CERTSIGN, .purpose), (X509_V_ERR_INVALID_NON_CA, .purpose),
    (X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE, .signature),
    (X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, .signature),
    (X509_V_ERR_CERT_SIGNATURE_FAILURE, .signature), (X509_V_ERR_DANE_NO_MATCH, .noTLSAMatch),
    (X509_V_ERR_CRL_HAS_EXPIRED, .other),
  ])
  func `OpenSSL's reasons are sorted by its own numbers`(code: Int32, kind: PathError.Kind) {
    #expect(PathError(code: Int(code), reason: "", depth: 0).kind == kind)
  }

  @Test func `a chain that is none is refused`() {
    #expect(throws: CertificateError.emptyChain) { try CertificateChain([]) }
    #expect(throws: CertificateError.notACertificate) {
      try CertificateChain([ForeignOctets([1, 2, 3])])
    }
  }
}

extension TrustVerdict {
  var error: PathError? {
    switch self {
    case .trusted: nil
    case .untrusted(let error): error
    }
  }
}
