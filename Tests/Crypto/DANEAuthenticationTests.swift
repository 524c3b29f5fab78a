/// DANE: OpenSSL's own cases, and what they leave out.
import CertificateTesting
import DNSData
import Evidence
import Foundation
import Testing

@testable import Crypto

@Suite struct DANEAuthenticationTests {
  /// See OpenSSL/README.md.
  private struct Fixture: Decodable {
    struct Case: Decodable {
      let number: Int
      let records: [String]
      let chain: [Int]
      let checksNames: Bool
      let code: Int
      let depth: Int
    }
    let name: String
    let root: ForeignOctets
    let certificates: [ForeignOctets]
    let cases: [Case]
  }

  private static func fixture() throws -> Fixture {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "OpenSSL/danetest.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private static func record(_ text: String) throws -> TLSA {
    let fields = text.split(separator: " ")
    let numbers = fields.prefix(3).compactMap { UInt8($0) }
    try #require(numbers.count == 3 && fields.count == 4)
    return TLSA(
      usage: numbers[0], selector: numbers[1], matchingType: numbers[2],
      association: try #require(Encoding.decodeHex(Array(fields[3].utf8))))
  }

  @Test func `OpenSSL's 54 cases agree, by the rules of RFC 7671`() throws {
    let fixture = try Self.fixture()
    #expect(fixture.cases.count == 54)
    let store = try TrustStore(pem: PEM.certificate(fixture.root.octets))
    for testCase in fixture.cases {
      let verdict = try DANEAuthentication.judge(
        testCase.chain.map { fixture.certificates[$0] }, against: testCase.records.map(Self.record),
        names: [Name(fixture.name)], at: Timestamp(seconds: 1_800_000_000), usages: .all(store))
      // RFC 7671 §5.1: no name is checked where DANE-EE matches; OpenSSL's test does so where it is asked to.
      let isNameOfDANEEE = testCase.checksNames && testCase.code == 62 && testCase.depth == 0
      let code = isNameOfDANEEE ? 0 : testCase.code
      #expect(verdict.code == code, "case \(testCase.number)")
      #expect((verdict.match?.depth ?? -1) == testCase.depth, "case \(testCase.number)")
      #expect(isNameOfDANEEE == (testCase.number == 54))
    }
  }

  private let authority: TestAuthority
  private let time = Timestamp(seconds: 1_800_000_000)

  init() throws { authority = try TestAuthority() }

  private func judge(
    _ chain: [TestCertificate], _ records: TLSA..., names: [String] = ["mx.example.com"]
  ) throws -> DANEVerdict {
    try DANEAuthentication.judge(
      chain.map { ForeignOctets($0.der) }, against: records, names: names.map { try Name($0) }, at: time)
  }

  private func digest(_ usage: UInt8, _ certificate: TestCertificate) -> TLSA {
    TLSA(usage: usage, selector: 0, matchingType: 1, association: Digest.sha256(certificate.der))
  }

  private func keyDigest(_ usage: UInt8, _ certificate: TestCertificate) throws -> TLSA {
    let key = try Certificate(der: certificate.der).subjectPublicKeyInfo
    return TLSA(usage: usage, selector: 1, matchingType: 1, association: Digest.sha256(key))
  }

  @Test func `DANE-EE looks at neither dates nor names nor the path`() throws {
    let server = try TestCertificate(.server("DNS:other.example").with { $0.notAfter = "20210101000000Z" })
    let record = try keyDigest(3, server)
    #expect(try judge([server], record) == .authenticated(DANEMatch(record: record, depth: 0)))
  }

  @Test func `DANE-TA wants a path to its anchor, which must be in the chain`() throws {
    let server = try authority.server()
    let record = digest(2, authority.root)
    let whole = [server, authority.intermediate, authority.root]
    #expect(try judge(whole, record) == .authenticated(DANEMatch(record: record, depth: 2)))
    // RFC 7671 §5.2.2: the server must send it.
    #expect(try judge(Array(whole.prefix(2)), record).code == 65)
    let intermediate = try keyDigest(2, authority.intermediate)
    #expect(
      try judge([server, authority.intermediate], intermediate)
        == .authenticated(DANEMatch(record: intermediate, depth: 1)))
  }

  @Test func `DANE-TA wants the dates`() throws {
    let expired = try authority.server { $0.notAfter = "20250101000000Z" }
    let record = digest(2, authority.intermediate)
    let verdict = try judge([expired, authority.intermediate], record)
    #expect(verdict.code == 10)
    #expect(verdict.match == DANEMatch(record: record, depth: 1))
  }

  @Test func `DANE-TA wants one of the names`() throws {
    let chain = [try authority.server(), authority.intermediate]
    let record = digest(2, authority.intermediate)
    #expect(try judge(chain, record, names: ["example.com", "mx.example.com"]).code == 0)
    #expect(try judge(chain, record, names: ["example.com", "mail.example.com"]).code == 62)
    #expect(throws: CertificateError.unusableName) { try judge(chain, record, names: ["."]) }
    #expect(throws: CertificateError.unusableName) { try judge(chain, record, names: []) }
  }

  @Test func `DANE-TA takes the common name where there is no other, as senders do`() throws {
    let record = digest(2, authority.intermediate)
    #expect(try judge([try authority.server(nil), authority.intermediate], record).code == 0)
    #expect(try judge([try authority.server("DNS:a.example"), authority.intermediate], record).code == 62)
  }

  @Test func `usages 0 and 1 authenticate nobody in mail`() throws {
    let server = try authority.server()
    let chain = [server, authority.intermediate, authority.root]
    #expect(try judge(chain, digest(0, authority.root), digest(1, server)) == .noUsableRecord)
    #expect(try judge(chain) == .noUsableRecord)
    #expect(try judge(chain, digest(1, server), digest(3, server)).code == 0)
  }

  @Test(arguments: [
    TLSA(usage: 3, selector: 2, matchingType: 1, association: Array(repeating: 0, count: 32)),
    TLSA(usage: 3, selector: 1, matchingType: 3, association: Array(repeating: 0, count: 32)),
    TLSA(usage: 3, selector: 1, matchingType: 1, association: Array(repeating: 0, count: 31)),
    TLSA(usage: 3, selector: 1, matchingType: 1, association: []),
    TLSA(usage: 2, selector: 0, matchingType: 0, association: [0x30, 0x00]),
    TLSA(usage: 255, selector: 1, matchingType: 1, association: Array(repeating: 0, count: 32)),
  ])
  func `a record without a meaning is unusable`(record: TLSA) throws {
    #expect(try judge([try authority.server()], record) == .noUsableRecord)
  }

  @Test func `of a rollover pair the one that matches is told`() throws {
    let old = try authority.server()
    let new = try authority.server()
    let record = try keyDigest(3, new)
    #expect(
      try judge([new], try keyDigest(3, old), record) == .authenticated(DANEMatch(record: record, depth: 0)))
    #expect(try judge([try authority.server()], try keyDigest(3, old), record).code == 65)
  }

  @Test func `the stronger digest decides where a record set has both`() throws {
    // RFC 7671 §9: digest agility; OpenSSL and Postfix prefer SHA2-512.
    let server = try authority.server()
    let wrong = TLSA(usage: 3, selector: 0, matchingType: 2, association: Array(repeating: 0, count: 64))
    #expect(try judge([server], digest(3, server), wrong).code == 65)
  }
}

extension DANEVerdict {
  fileprivate var code: Int? {
    switch self {
    case .noUsableRecord: nil
    case .authenticated: 0
    case .failed(let error, _): error.code
    }
  }

  fileprivate var match: DANEMatch? {
    switch self {
    case .noUsableRecord: nil
    case .authenticated(let match): match
    case .failed(_, let match): match
    }
  }
}
