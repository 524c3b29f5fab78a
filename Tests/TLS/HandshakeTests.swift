/// What is learnt from servers that are right, old, or show the wrong certificate.
import COpenSSL
import CertificateTesting
import Crypto
import DNSData
import Evidence
import Foundation
import Testing

@testable import TLS

@Suite struct HandshakeTests {
  private let authority: TestAuthority
  private let store: TrustStore
  private let name: Name
  private let time = Timestamp(seconds: 1_800_000_000)

  init() throws {
    authority = try TestAuthority()
    store = try TrustStore(pem: authority.root.pem)
    name = try Name("mx.example.com")
  }

  private func settings(
    _ server: TestCertificate? = nil, _ change: (inout TestServer.Settings) -> Void = { _ in }
  ) throws -> TestServer.Settings {
    var settings = TestServer.Settings(chains: [[try server ?? authority.server(), authority.intermediate]])
    change(&settings)
    return settings
  }

  private func engine(_ policy: TLSPolicy = .modern, protocols: [String] = []) throws -> TLSEngine {
    try TLSEngine(TLSContext(policy), serverName: name, applicationProtocols: protocols)
  }

  private func handshake(
    _ settings: TestServer.Settings, _ policy: TLSPolicy = .modern, pieces: Int = .max
  ) throws -> TLSHandshake {
    let engine = try engine(policy)
    engine.converse(with: try TestServer(settings), pieces: pieces)
    return try #require(engine.handshake)
  }

  @Test(arguments: [Int.max, 1])
  func `TLS 1.3 tells all that was agreed on, however its octets arrive`(pieces: Int) throws {
    let server = try authority.server()
    let handshake = try handshake(settings(server), pieces: pieces)
    #expect(
      handshake.result
        == .completed(
          TLSParameters(
            version: .tls13, cipherSuite: CipherSuite(code: 0x1301, name: "TLS_AES_128_GCM_SHA256"),
            group: "x25519", ephemeralBits: 253, peerSignature: "ECDSA+SHA256", applicationProtocol: nil)))
    #expect(handshake.chain == [ForeignOctets(server.der), ForeignOctets(authority.intermediate.der)])
    #expect(handshake.policy == .modern)
    #expect(handshake.serverName == name)
  }

  @Test func `TLS 1.2 tells all that was agreed on`() throws {
    let handshake = try handshake(
      settings(authority.server { $0.key = .rsa(bits: 2048) }) {
        $0.versions = TLS1_2_VERSION...TLS1_2_VERSION
        $0.cipherList = "ECDHE-RSA-AES256-GCM-SHA384"
        $0.groups = "P-256"
      })
    #expect(
      handshake.result
        == .completed(
          TLSParameters(
            version: .tls12,
            cipherSuite: CipherSuite(code: 0xC030, name: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            group: "secp256r1", ephemeralBits: 256, peerSignature: "RSA-PSS+SHA256", applicationProtocol: nil,
            protections: TLSProtections(extendedMasterSecret: true, secureRenegotiation: true))
        ))
  }

  @Test(arguments: ["secp192r1", "sect163k1", "secp160r1"])
  func `a server of old that knows weak curves alone is followed with old versions, and with them alone`(
    group: String
  ) throws {
    let server = try authority.server { $0.key = .rsa(bits: 2048) }
    let old = try settings(server) {
      $0.versions = TLS1_VERSION...TLS1_2_VERSION
      $0.groups = group
      $0.cipherList = "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0"
    }
    #expect(try handshake(old, .legacy).parameters?.group == group)
    #expect(try handshake(old, .modern).parameters == nil)
  }

  @Test func `a server that wants another group is followed`() throws {
    let parameters = try handshake(settings { $0.groups = "P-384" }).parameters
    #expect(parameters?.version == .tls13)
    #expect(parameters?.group == "secp384r1")
    #expect(parameters?.ephemeralBits == 384)
  }

  @Test(arguments: [(TestCertificate.KeyKind.ed25519, "ED25519"), (.rsa(bits: 2048), "RSA-PSS+SHA256")])
  func `the server's signature is told by its key and digest`(
    key: TestCertificate.KeyKind, signature: String
  ) throws {
    let handshake = try handshake(settings(authority.server { $0.key = key }))
    #expect(handshake.parameters?.peerSignature == signature)
  }

  @Test func `static RSA has no group, no ephemeral key and no signature`() throws {
    let handshake = try handshake(
      settings(authority.server { $0.key = .rsa(bits: 2048) }) {
        $0.versions = TLS1_2_VERSION...TLS1_2_VERSION
        $0.cipherList = "AES128-SHA"
      })
    let parameters = try #require(handshake.parameters)
    #expect(parameters.cipherSuite.name == "TLS_RSA_WITH_AES_128_CBC_SHA")
    #expect(parameters.group == nil)
    #expect(parameters.ephemeralBits == nil)
    #expect(parameters.peerSignature == nil)
  }

  @Test func `the name is sent as it is, and an odd one is not`() throws {
    let server = try TestServer(settings())
    try engine().converse(with: server)
    #expect(server.serverName == "mx.example.com")
    let odd = try Name(labels: [Array("a b".utf8), Array("example".utf8)])
    for serverName in [nil, Name.root, odd] {
      let nameless = try TestServer(settings())
      let engine = try TLSEngine(TLSContext(.modern), serverName: serverName)
      engine.converse(with: nameless)
      #expect(nameless.serverName == nil)
      #expect(engine.handshake?.serverName == nil)
      #expect(engine.state == .established)
    }
  }

  @Test func `an application protocol is agreed on`() throws {
    let engine = try engine(protocols: ["imap", "http/1.1"])
    engine.converse(with: try TestServer(settings { $0.applicationProtocol = "imap" }))
    #expect(engine.parameters?.applicationProtocol == "imap")
    #expect(engine.handshake?.applicationProtocols == ["imap", "http/1.1"])
  }

  @Test(arguments: [(TLS1_VERSION, TLSVersion.tls10), (TLS1_1_VERSION, .tls11)])
  func `an old server is seen by the legacy context alone`(number: Int32, version: TLSVersion) throws {
    let settings = try settings { $0.versions = number...number }
    #expect(try handshake(settings, .legacy).parameters?.version == version)
    #expect(try handshake(settings, .modern).result == .failed(.alert(70)))
  }

  @Test func `a modern server refuses the legacy context`() throws {
    #expect(try handshake(settings(), .legacy).result == .failed(.alert(70)))
  }

  @Test func `both certificates of a dual server are seen`() throws {
    let rsa = try authority.server { $0.key = .rsa(bits: 2048) }
    let ecdsa = try authority.server()
    for version in [TLS1_2_VERSION, TLS1_3_VERSION] {
      let dual = TestServer.Settings(
        versions: version...version,
        chains: [[rsa, authority.intermediate], [ecdsa, authority.intermediate]])
      #expect(try handshake(dual, .rsaOnly).chain.first?.octets == rsa.der)
      #expect(try handshake(dual, .ecdsaOnly).chain.first?.octets == ecdsa.der)
    }
  }

  @Test func `a server without a certificate of the kind refuses`() throws {
    let rsa = try settings(authority.server { $0.key = .rsa(bits: 2048) })
    #expect(try handshake(rsa, .ecdsaOnly).result == .failed(.alert(40)))
    #expect(try handshake(settings(), .rsaOnly).result == .failed(.alert(40)))
  }

  @Test func `no certificate fails a handshake, and each shows its own fault only`() throws {
    let stranger = try TestAuthority("Strange")
    let good = try authority.server()
    let verdicts = try [
      verdicts(good, authority.intermediate),
      verdicts(authority.server("DNS:other.example.com"), authority.intermediate),
      verdicts(authority.server { $0.notAfter = "20250101000000Z" }, authority.intermediate),
      verdicts(TestCertificate(.server("DNS:mx.example.com"))),
      verdicts(good),
      verdicts(stranger.server(), stranger.intermediate, stranger.root),
    ]
    #expect(verdicts.map(\.isTrusted) == [true, true, true, false, false, false])
    #expect(verdicts.map(\.isNamed) == [true, false, true, true, true, true])
    #expect(verdicts.map { $0.dates == .inDate } == [true, true, false, true, true, true])
    #expect(verdicts.map(\.trustFault) == [nil, nil, nil, .selfSigned, .issuerMissing, .unknownRoot])
  }

  @Test func `a weak certificate fails no handshake either`() throws {
    let weak = try authority.server {
      $0.key = .rsa(bits: 1024)
      $0.digest = "SHA1"
    }
    #expect(try handshake(settings(weak)).parameters?.version == .tls13)
  }

  private func verdicts(_ chain: TestCertificate...) throws -> CertificateVerdicts {
    let handshake = try handshake(TestServer.Settings(chains: [chain]))
    #expect(handshake.parameters != nil)
    #expect(handshake.chain == chain.map { ForeignOctets($0.der) })
    return try store.verdicts(on: CertificateChain(handshake.chain), for: [.name(name)], at: time)
  }

  @Test func `a handshake survives storage`() throws {
    let handshakes = [
      try handshake(settings()), try handshake(settings(), .legacy),
    ]
    let text = try JSONEncoder().encode(handshakes)
    #expect(try JSONDecoder().decode([TLSHandshake].self, from: text) == handshakes)
  }
}

extension TLSHandshake {
  fileprivate var parameters: TLSParameters? {
    switch result {
    case .completed(let parameters): parameters
    case .failed: nil
    }
  }
}

extension CertificateVerdicts {
  fileprivate var isTrusted: Bool { trust == .trusted }
  fileprivate var isNamed: Bool { names.allSatisfy(\.matches) }
  fileprivate var trustFault: PathError.Kind? {
    switch trust {
    case .trusted: nil
    case .untrusted(let error): error.kind
    }
  }
}
