/// Data after the handshake, and the ways in which a connection ends.
import CertificateTesting
import DNSData
import Evidence
import Testing

@testable import TLS

@Suite struct ApplicationDataTests {
  private let server: TestServer
  private let engine: TLSEngine

  init() throws {
    let authority = try TestAuthority()
    server = try TestServer(.init(chains: [[authority.server(), authority.intermediate]]))
    engine = try TLSEngine(TLSContext(.modern), serverName: Name("mx.example.com"))
    engine.converse(with: server)
    #expect(engine.state == .established)
  }

  @Test func `octets go both ways, and no more are read than asked for`() {
    engine.write(Array("EHLO [192.0.2.1]\r\n".utf8))
    #expect(server.answer(engine.takeOutput()).isEmpty)
    #expect(server.read() == Array("EHLO [192.0.2.1]\r\n".utf8))
    #expect(engine.read(atMost: 100).isEmpty)
    #expect(engine.state == .established)
    let reply = (0..<40_000).map { UInt8(truncatingIfNeeded: $0) }
    engine.receive(server.write(reply))
    #expect(engine.read(atMost: 7) == Array(reply.prefix(7)))
    var rest: [UInt8] = []
    while case let part = engine.read(atMost: 20_000), !part.isEmpty { rest += part }
    #expect(rest == Array(reply.dropFirst(7)))
  }

  @Test func `data that came with the end of the handshake is there to be read`() throws {
    let authority = try TestAuthority()
    let server = try TestServer(.init(chains: [[authority.server()]]))
    let engine = try TLSEngine(TLSContext(.modern), serverName: nil)
    engine.receive(server.answer(engine.takeOutput()))
    let tickets = server.answer(engine.takeOutput())
    engine.receive(tickets + server.write(Array("220 ready\r\n".utf8)))
    #expect(engine.read(atMost: 100) == Array("220 ready\r\n".utf8))
  }

  @Test func `a server that says goodbye has closed`() {
    engine.receive(server.write([1, 2]) + server.close())
    #expect(engine.read(atMost: 10) == [1, 2])
    #expect(engine.read(atMost: 10) == [])
    #expect(engine.state == .closed(.notified))
    #expect(engine.handshake?.result == engine.parameters.map { .completed($0) })
  }

  @Test func `the end of the stream comes after what was sent before it`() {
    engine.receive(server.write([1, 2]))
    engine.receiveEnd()
    #expect(engine.read(atMost: 10) == [1, 2])
    #expect(engine.read(atMost: 10) == [])
    #expect(engine.state == .closed(.endOfStream))
  }

  @Test func `a record that was changed on the way fails the connection, not the handshake`() {
    var record = server.write([1, 2])
    record[record.count - 1] ^= 1
    engine.receive(record)
    #expect(engine.read(atMost: 10) == [])
    #expect(engine.failure != nil)
    #expect(!engine.takeOutput().isEmpty)
    #expect(engine.handshake?.result == engine.parameters.map { .completed($0) })
  }

  @Test func `goodbye is said once, and nothing after it`() {
    engine.close()
    #expect(engine.state == .closed(.own))
    #expect(!engine.takeOutput().isEmpty)
    engine.write([1])
    engine.close()
    engine.receive(server.write([1]))
    #expect(engine.takeOutput().isEmpty)
    #expect(engine.read(atMost: 10) == [])
  }
}
