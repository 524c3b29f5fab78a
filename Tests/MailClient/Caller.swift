import CertificateTesting
import Crypto
import DNSData
import Evidence

@testable import MailClient

/// A client that may speak to loopback, and the authority that it trusts.
struct Caller {
  static let time = Timestamp(seconds: 1_795_233_906)

  let authority: TestAuthority
  let client: MailClient
  let tls: TestServer.Settings

  init(_ change: (inout MailClientConfiguration) -> Void = { _ in }) throws {
    authority = try TestAuthority()
    var configuration = MailClientConfiguration(trust: try TrustStore(pem: authority.root.pem)) { Self.time }
    configuration.allowedNetworks = ["127.0.0.0/8", "::1"].compactMap(IPNetwork.init)
    // Only what is meant to run out of time may do so.
    configuration.timeout = .seconds(60)
    change(&configuration)
    client = MailClient(configuration)
    tls = TestServer.Settings(chains: [[try authority.server(), authority.intermediate]])
  }

  /// Where a handshake has to fit in, busy processors need more.
  static func impatient(_ timeout: Duration = .milliseconds(300)) throws -> Caller {
    try Caller { $0.timeout = timeout }
  }

  func probe(
    _ mailProtocol: MailProtocol = .smtp, _ security: MailSession.Security = .startTLS, at port: UInt16,
    address: String = "127.0.0.1", policy: TLSPolicy = .modern
  ) async throws -> ServerProbe {
    await client.probe(
      try Self.request(mailProtocol, security, at: port, address: address, policy: policy))
  }

  static func request(
    _ mailProtocol: MailProtocol = .smtp, _ security: MailSession.Security = .startTLS, at port: UInt16,
    address: String = "127.0.0.1", policy: TLSPolicy = .modern
  ) throws -> ProbeRequest {
    ProbeRequest(
      try Self.address(address), ProbedService(mailProtocol, port: port, security),
      serverName: try Name("mx.example.com"), policy: policy)
  }

  private struct NoAddress: Error {}

  static func address(_ text: String) throws -> IPAddress {
    guard let address = IPAddress(text) else { throw NoAddress() }
    return address
  }

  /// A server that does `acts` with this caller's certificates, and the probe of it.
  func probe(
    _ acts: [Act], _ mailProtocol: MailProtocol = .smtp, _ security: MailSession.Security = .startTLS
  )
    async throws -> (probe: ServerProbe, server: ScriptedServer)
  {
    let server = try await ScriptedServer(acts, tls: tls)
    return (try await probe(mailProtocol, security, at: server.port), server)
  }
}

extension [Act] {
  static let greeting: [Act] = [.send("220 mx.example.com ESMTP\r\n")]
  static let offer: [Act] = greeting + [.receive("EHLO"), .send("250-mx.example.com\r\n250 STARTTLS\r\n")]
  static let accepted: [Act] = offer + [.receive("STARTTLS"), .send("220 go ahead\r\n")]
  static let inTLS: [Act] = accepted + [.tls]
  static let farewell: [Act] = [.receive("QUIT"), .send("221 bye\r\n"), .close]
  static let healthy: [Act] =
    inTLS + [.receive("EHLO"), .send("250-mx.example.com\r\n250 PIPELINING\r\n")] + farewell
}
