/// Conversations that go well, and what is said in them.
import CertificateTesting
import DNSData
import Evidence
import Testing

@testable import MailClient

@Suite struct ConversationTests {
  @Test func `SMTP with STARTTLS is asked for everything, inside TLS again, and taken leave of`() async throws
  {
    let (probe, server) = try await Caller().probe(.healthy)
    let conversation = try #require(probe.conversation)
    #expect(conversation.session.ending == .completed)
    #expect(conversation.session.startTLS == .accepted)
    #expect(conversation.session.inTLS.list?["PIPELINING"] != nil)
    #expect(conversation.session.plaintextBeforeHandshake.isEmpty)
    #expect(conversation.greetingDelay != nil)
    guard case .completed(let parameters) = conversation.handshake?.result else {
      Issue.record("\(probe)")
      return
    }
    #expect(parameters.version == .tls13)
    #expect(conversation.certificate?.trust == .trusted)
    #expect(conversation.certificate?.dates == .inDate)
    #expect(conversation.certificate?.names.map(\.matches) == [true])
    #expect(await server.lines() == ["EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]", "QUIT"])
    #expect(probe.time == Caller.time)
  }

  @Test func `without a name EHLO says the connection's own address, of either family`() async throws {
    let server = try await ScriptedServer(
      .greeting + [.receive("EHLO"), .send("550 no\r\n")] + .farewell, host: "::1")
    let probe = try await Caller().probe(at: server.port, address: "::1")
    #expect(probe.conversation?.session.introducedAs == "[IPv6:::1]")
    #expect(await server.lines().first == "EHLO [IPv6:::1]")
  }

  @Test func `a name for EHLO is used`() async throws {
    let name = try Name("probe.example.net")
    let caller = try Caller { $0.clientName = name }
    let (_, server) = try await caller.probe(.healthy)
    #expect(await server.lines().first == "EHLO probe.example.net")
  }

  @Test func `IMAP with TLS from the first octet`() async throws {
    let (probe, server) = try await Caller().probe(
      [
        .tls, .send("* OK ready\r\n"), .receive("a1 CAPABILITY"),
        .send("* CAPABILITY IMAP4rev1\r\na1 OK done\r\n"), .receive("a2 LOGOUT"), .close,
      ], .imap, .implicitTLS)
    let session = try #require(probe.conversation?.session)
    #expect(session.ending == .completed)
    #expect(session.inTLS.list?["IMAP4rev1"] != nil)
    #expect(await server.lines().count == 2)
  }

  @Test func `an untrusted certificate for another name is shown, and ends nothing`() async throws {
    let stranger = try TestAuthority("Stranger")
    let settings = TestServer.Settings(chains: [[try stranger.server("DNS:other.example.com")]])
    let server = try await ScriptedServer(.healthy, tls: settings)
    let conversation = try #require(try await Caller().probe(at: server.port).conversation)
    #expect(conversation.session.ending == .completed)
    #expect(conversation.certificate?.trust != .trusted)
    #expect(conversation.certificate?.names.map(\.matches) == [false])
  }

  @Test func `certificates are judged as of the moment that is wanted, and the conversation keeps its own`()
    async throws
  {
    let caller = try Caller { $0.judgedAt = Timestamp(seconds: 4_765_132_800) }  // the year 2121
    let (probe, _) = try await caller.probe(.healthy)
    let conversation = try #require(probe.conversation)
    #expect(conversation.session.ending == .completed)
    guard case .expired = conversation.certificate?.dates else {
      Issue.record("\(conversation.certificate.debugDescription)")
      return
    }
    #expect(conversation.certificate?.names.map(\.matches) == [true])
    #expect(probe.time == Caller.time)
  }

  @Test func `old versions are asked for by a policy of their own`() async throws {
    let caller = try Caller()
    let server = try await ScriptedServer(.healthy, tls: caller.tls)
    let conversation = try #require(try await caller.probe(at: server.port, policy: .legacy).conversation)
    #expect(conversation.session.ending == .interrupted(.tlsFailed))
    #expect(conversation.handshake?.policy == .legacy)
    #expect(conversation.handshake?.result == .failed(.alert(70)))
  }

  @Test func `a handshake alone says nothing inside TLS`() async throws {
    let caller = try Caller()
    let server = try await ScriptedServer([.tls], tls: caller.tls)
    let request = HandshakeRequest(
      try Caller.address("127.0.0.1"), port: server.port, serverName: try Name("mx.example.com"))
    guard case .answered(let handshake, let verdicts) = await caller.client.shakeHands(request) else {
      Issue.record("no answer")
      return
    }
    #expect(handshake.chain == caller.tls.chains[0].map { ForeignOctets($0.der) })
    #expect(verdicts?.trust == .trusted)
    #expect(await server.lines().isEmpty)
  }

  @Test(arguments: [[Act.send("220 mx ESMTP\r\n")], [.close], [.reset]])
  func `a handshake alone with what speaks no TLS is a failed one`(acts: [Act]) async throws {
    let caller = try Caller()
    let server = try await ScriptedServer(acts)
    let request = HandshakeRequest(try Caller.address("127.0.0.1"), port: server.port, serverName: nil)
    guard case .answered(let handshake, nil) = await caller.client.shakeHands(request) else {
      Issue.record("no answer, or a verdict")
      return
    }
    guard case .failed = handshake.result else {
      Issue.record("\(handshake.result)")
      return
    }
  }

  @Test func `a handshake with a silent server ends with the deadline`() async throws {
    let server = try await ScriptedServer([])
    let request = HandshakeRequest(try Caller.address("127.0.0.1"), port: server.port, serverName: nil)
    guard case .answered(let handshake, nil) = await (try Caller.impatient()).client.shakeHands(request)
    else {
      Issue.record("no answer, or a verdict")
      return
    }
    #expect(handshake.result == .failed(.timedOut))
  }
}
