/// What is read from certificates, good and hostile.
import CertificateTesting
import DNSData
import Evidence
import SeededRandom
import Testing

@testable import Crypto

@Suite struct CertificateTests {
  private let authority: TestAuthority

  init() throws { authority = try TestAuthority() }

  @Test func `a server's certificate tells all that it says`() throws {
    let made = try authority.server(
      "DNS:mx.example.com,DNS:*.example.net,IP:192.0.2.1,IP:2001:db8::1,email:a@b")
    let certificate = try Certificate(der: made.der)
    #expect(certificate.subject == "CN=mx.example.com")
    #expect(certificate.issuer == "CN=Test Intermediate")
    let names = certificate.subjectAltName
    #expect(names.dnsNames == ["mx.example.com", "*.example.net"].map { Array($0.utf8) })
    #expect(names.addresses == ["192.0.2.1", "2001:db8::1"].compactMap { IPAddress($0) })
    #expect(names.others == 1)
    #expect(names.standing == .present)
    #expect(certificate.notBefore == Timestamp("2020-01-01T00:00:00Z"))
    #expect(certificate.notAfter == Timestamp("2120-01-01T00:00:00Z"))
    #expect(certificate.key == CertificateKey(kind: .ec(curve: "prime256v1"), bits: 256))
    #expect(certificate.signatureAlgorithm == "ecdsa-with-SHA256")
    #expect(certificate.signatureDigest == "SHA256")
    #expect(!certificate.isSelfSigned)
    #expect(certificate.serial == [3])
    #expect(certificate.sha256 == Digest.sha256(made.der))
    #expect(try PublicKey(der: certificate.subjectPublicKeyInfo).material == .other(name: "id-ecPublicKey"))
  }

  @Test(arguments: [
    (
      TestCertificate.KeyKind.rsa(bits: 1024), String?("SHA1"), CertificateKey.Kind.rsa, 1024,
      "sha1WithRSAEncryption",
      String?("SHA1")
    ),
    (.rsa(bits: 2048), "SHA256", .rsa, 2048, "sha256WithRSAEncryption", "SHA256"),
    (.ed25519, nil, .ed25519, 256, "ED25519", nil),
  ])
  func `keys and signatures are told by kind and size`(
    key: TestCertificate.KeyKind, digest: String?, kind: CertificateKey.Kind, bits: Int, algorithm: String,
    signatureDigest: String?
  ) throws {
    let made = try TestCertificate(
      .server(nil).with {
        $0.key = key
        $0.digest = digest
      })
    let certificate = try Certificate(der: made.der)
    #expect(certificate.key.kind == kind)
    #expect(certificate.key.bits == bits)
    #expect(certificate.signatureAlgorithm == algorithm)
    #expect(certificate.signatureDigest == signatureDigest)
    #expect(certificate.isSelfSigned)
    #expect(certificate.subjectAltName.standing == .absent)
  }

  @Test(arguments: [
    ("19500101000000Z", "99991231235959Z", "1950-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    ("00000101000000Z", "19691231235959Z", "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z"),
    ("20000229000000Z", "20381231235959Z", "2000-02-29T00:00:00Z", "2038-12-31T23:59:59Z"),
    ("20010229000000Z", "tomorrow", nil, nil), ("", "2025", nil, nil),
  ])
  func `dates of every century are read, and what is none is not`(
    from: String, to: String, notBefore: String?, notAfter: String?
  ) throws {
    let made = try TestCertificate(
      .server(nil).with {
        $0.notBefore = from
        $0.notAfter = to
      })
    let certificate = try Certificate(der: made.der)
    #expect(certificate.notBefore == notBefore.flatMap { Timestamp($0) })
    #expect(certificate.notAfter == notAfter.flatMap { Timestamp($0) })
  }

  @Test func `names may hold anything, and nothing of it reaches text unescaped`() throws {
    let made = try TestCertificate(
      .server("DER:300f820d6d782e6578616d706c6500d0a2").with { $0.commonName = "a\u{1B}[31mü,b\u{9B}\n" })
    let certificate = try Certificate(der: made.der)
    #expect(certificate.subject.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(certificate.subject == #"CN=a\1B[31m\C3\BC\,b\C2\9B\0A"#)
    #expect(certificate.subjectAltName.dnsNames == [Array("mx.example".utf8) + [0, 0xD0, 0xA2]])
  }

  @Test func `alternative names that are none are malformed and not absent`() throws {
    let made = try TestCertificate(.server("DER:0403010203"))
    #expect(try Certificate(der: made.der).subjectAltName.standing == .malformed)
  }

  @Test func `octets that are no certificate are refused`() throws {
    let der = try authority.server().der
    #expect(throws: CertificateError.notACertificate) { try Certificate(der: []) }
    #expect(throws: CertificateError.notACertificate) { try Certificate(der: Array(der.dropLast())) }
    #expect(throws: CertificateError.trailingOctets(2)) { try Certificate(der: der + [0, 0]) }
    #expect(throws: CertificateError.tooLarge) {
      try Certificate(der: der + Array(repeating: 0, count: Certificate.maximumOctets))
    }
  }

  @Test func `mutated certificates are read or refused, and judged, without harm`() throws {
    var generator = SeededGenerator()
    let leaf = try authority.server("DNS:mx.example.com,IP:192.0.2.1").der
    let issuer = authority.intermediate.der
    let store = try TrustStore(pem: authority.root.pem)
    let name = try Name("mx.example.com")
    let time = Timestamp(seconds: 1_800_000_000)
    var readable = 0
    for _ in 0..<3000 {
      let mutant = generator.mutated(leaf)
      guard let certificate = try? Certificate(der: mutant) else { continue }
      readable += 1
      let chain = [
        ForeignOctets(mutant), ForeignOctets(generator.next() % 2 == 0 ? issuer : generator.mutated(issuer)),
      ]
      _ = try? certificate.nameVerdict(for: .name(name))
      let verdict = try? store.judge(CertificateChain(chain), at: time)
      // Any change of what is signed, or of the signature, breaks it.
      if mutant != leaf { #expect(verdict?.trust != .trusted) }
      let record = TLSA(
        usage: UInt8(generator.next() % 4), selector: UInt8(generator.next() % 2), matchingType: 0,
        association: generator.mutated(leaf))
      _ = try? DANEAuthentication.judge(
        chain, against: [record], names: [name], at: time, usages: .all(store))
    }
    #expect(readable > 100)
  }
}

extension SeededGenerator {
  /// One to four octets changed, removed or doubled.
  mutating func mutated(_ octets: [UInt8]) -> [UInt8] {
    var mutant = octets
    for _ in 0...(next() % 4) where !mutant.isEmpty {
      let index = Int(next() % UInt64(mutant.count))
      switch next() % 8 {
      case 0: mutant.remove(at: index)
      case 1: mutant.insert(mutant[index], at: index)
      case 2: mutant[index] ^= 1 << UInt8(next() % 8)
      default: mutant[index] = UInt8(truncatingIfNeeded: next())
      }
    }
    return mutant
  }
}
