/// Servers that close, speak something else, send too much, or lie.
import COpenSSL
import CertificateTesting
import Crypto
import DNSData
import Evidence
import SeededRandom
import Testing

@testable import TLS

@Suite struct HostileServerTests {
  private let authority: TestAuthority
  private let context: TLSContext

  init() throws {
    authority = try TestAuthority()
    context = try TLSContext(.modern)
  }

  private func engine() throws -> TLSEngine { try TLSEngine(context, serverName: Name("mx.example.com")) }

  private func server() throws -> TestServer {
    try TestServer(.init(chains: [[authority.server(), authority.intermediate]]))
  }

  private func failure(after octets: [UInt8]) throws -> TLSFailure? {
    let engine = try engine()
    engine.receive(octets)
    return engine.failure
  }

  @Test func `the ClientHello is there at once`() throws {
    let engine = try engine()
    #expect(engine.state == .handshaking)
    #expect(engine.handshake == nil)
    #expect(engine.takeOutput().starts(with: [22, 3, 1]))
    #expect(engine.takeOutput().isEmpty)
  }

  @Test(arguments: [0, 1, 5, 90, 500])
  func `the end of the stream is told with what came before it`(count: Int) throws {
    let engine = try engine()
    let flight = try server().answer(engine.takeOutput())
    engine.receive(Array(flight.prefix(count)))
    #expect(engine.state == .handshaking)
    engine.receiveEnd()
    #expect(engine.state == .failed(.endOfStream(received: count)))
    #expect(engine.handshake?.result == .failed(.endOfStream(received: count)))
  }

  @Test func `a chain that was sent is kept when the handshake fails after it`() throws {
    let engine = try engine()
    let chain = [try authority.server(), authority.intermediate]
    let server = try TestServer(.init(versions: TLS1_2_VERSION...TLS1_2_VERSION, chains: [chain]))
    engine.receive(server.answer(engine.takeOutput()))
    engine.receiveEnd()
    #expect(engine.handshake?.chain == chain.map { ForeignOctets($0.der) })
    #expect(engine.handshake?.result == engine.failure.map { .failed($0) })
  }

  @Test func `a reset and a deadline are the owner's to tell`() throws {
    let engine = try engine()
    engine.abandon(.timedOut)
    engine.abandon(.reset)
    #expect(engine.handshake?.result == .failed(.timedOut))
    engine.receive([22, 3, 3, 0, 1, 0])
    #expect(engine.state == .failed(.timedOut))
  }

  @Test(arguments: [
    "220 mx.example.com ESMTP\r\n", "-ERR\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u{1B}[2J123",
  ])
  func `plain text is no TLS`(text: String) throws {
    #expect(try failure(after: Array(text.utf8)) == .notTLS)
  }

  @Test func `plain text too short for a record is no TLS either`() throws {
    let engine = try engine()
    engine.receive(Array("502".utf8))
    engine.receiveEnd()
    #expect(engine.state == .failed(.notTLS))
  }

  @Test(arguments: [UInt8(40), 70, 80, 112, 255])
  func `an alert is told by its number`(alert: UInt8) throws {
    #expect(try failure(after: [21, 3, 3, 0, 2, 2, alert]) == .alert(alert))
  }

  @Test func `goodbye in place of a handshake is an end`() throws {
    #expect(try failure(after: [21, 3, 3, 0, 2, 1, 0]) == .endOfStream(received: 7))
  }

  @Test func `a version that was not offered is told, and answered with an alert`() throws {
    // ServerHello of TLS 1.0 with TLS_RSA_WITH_AES_128_CBC_SHA.
    let body: [UInt8] = [3, 1] + Array(repeating: 7, count: 32) + [0, 0, 0x2F, 0]
    let hello: [UInt8] = [2, 0, 0, UInt8(body.count)] + body
    let engine = try engine()
    _ = engine.takeOutput()
    engine.receive([22, 3, 1, 0, UInt8(hello.count)] + hello)
    #expect(engine.failure == .versionNotOffered)
    #expect(engine.takeOutput().suffix(4) == [0, 2, 2, 70])
  }

  @Test func `a ServerHello that lies about its length is a fault of the protocol`() throws {
    let hello: [UInt8] = [2, 0, 0, 40, 3, 3] + Array(repeating: 7, count: 32) + [255, 0, 0, 0, 0, 0]
    guard case .protocolError = try failure(after: [22, 3, 3, 0, UInt8(hello.count)] + hello) else {
      Issue.record("no protocol error")
      return
    }
  }

  @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
  func `a chain beyond the limit is not taken`(version: Int32) throws {
    let filler = try (0..<8).map { number in
      try TestCertificate(
        .authority("Filler \(number)").with { $0.subjectAltName = Self.names(octets: 15_000) },
        issuer: authority.root)
    }
    let fits = try engine()
    let server = try authority.server()
    fits.converse(
      with: try TestServer(.init(versions: version...version, chains: [[server] + filler.prefix(6)])))
    #expect(fits.state == .established)
    #expect(fits.handshake?.chain.count == 7)
    let engine = try engine()
    engine.converse(with: try TestServer(.init(versions: version...version, chains: [[server] + filler])))
    #expect(engine.failure == .limit(.message))
    #expect(engine.handshake?.chain == [])
  }

  private static func names(octets: Int) -> String {
    (0..<octets / 32).map { "DNS:a\(10_000 + $0).filler.mx.example.com" }.joined(separator: ",")
  }

  @Test func `a handshake without an end is not taken`() throws {
    let engine = try engine()
    // Warning alerts and empty records are bounded by OpenSSL; here a message is announced and drips.
    let record: [UInt8] = [22, 3, 3, 0, 1, 2]
    var count = 0
    while engine.state == .handshaking, count < TLSEngine.maximumHandshake {
      engine.receive(record)
      count += record.count
    }
    #expect(engine.failure != nil)
    let flood = try self.engine()
    flood.receive([22, 3, 3, 0x40, 0] + Array(repeating: 0, count: TLSEngine.maximumHandshake))
    #expect(flood.failure == .limit(.handshake))
  }

  @Test func `garbage never does harm`() throws {
    var generator = SeededGenerator()
    for round in 0..<500 {
      let engine = try engine()
      let flight = try round % 2 == 0 ? [] : server().answer(engine.takeOutput())
      var octets = flight
      if octets.isEmpty {
        let count = Int(generator.next() % 600)
        octets = [22, 3, 3, 1, 0] + (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      }
      for _ in 0...(generator.next() % 4) {
        octets[Int(generator.next() % UInt64(octets.count))] = UInt8(truncatingIfNeeded: generator.next())
      }
      engine.receive(octets)
      _ = engine.takeOutput()
      engine.receiveEnd()
      #expect(engine.state != .handshaking)
      _ = engine.handshake
      _ = engine.read(atMost: 1000)
    }
  }

  @Test func `failed engines leave nothing in the error queue`() throws {
    _ = try failure(after: Array("220 hello\r\n".utf8))
    #expect(ERR_peek_error() == 0)
    _ = try? TrustStore(pem: [1, 2, 3])
    _ = try? Certificate(der: [0x30, 1, 2])
    #expect(ERR_peek_error() == 0)
  }
}
