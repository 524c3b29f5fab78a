/// Servers that are sick or hostile: each conversation ends, with what was seen.
import DNSData
import Evidence
import Foundation
import NIOCore
import Testing

@testable import MailClient

@Suite struct TroubleTests {
  private func session(_ acts: [Act], _ caller: Caller? = nil) async throws -> (MailSession, ScriptedServer) {
    let (probe, server) = try await (caller ?? Caller()).probe(acts)
    return (try #require(probe.conversation?.session), server)
  }

  // MARK: - Silence

  @Test func `a silent server is sent nothing, and left at the deadline`() async throws {
    let (session, server) = try await session([], .impatient())
    #expect(session.ending == .interrupted(.timedOut))
    #expect(session.stage == .greeting)
    #expect(await server.lines().isEmpty)
  }

  @Test(arguments: [
    ([Act].greeting, MailSession.Stage.capabilities), (.offer, .startTLS), (.inTLS, .capabilitiesInTLS),
  ])
  func `a server that falls silent is told goodbye, inside TLS where it is`(
    acts: [Act], stage: MailSession.Stage
  )
    async throws
  {
    let (session, server) = try await session(acts, .impatient(.seconds(4)))
    #expect(session.ending == .interrupted(.timedOut))
    #expect(session.stage == stage)
    #expect(await server.lines().last == "QUIT")
  }

  @Test func `a handshake that is not over in time has timed out, which is not its failing`() async throws {
    let (probe, _) = try await Caller.impatient(.seconds(4)).probe(.accepted)
    #expect(probe.conversation?.session.ending == .interrupted(.timedOut))
    #expect(probe.conversation?.session.stage == .handshake)
    #expect(probe.conversation?.handshake?.result == .failed(.timedOut))
  }

  @Test func `the deadline is one for the whole conversation, however busy the server is`() async throws {
    let (session, _) = try await session([.drip("220-slow and slower\r\n")], .impatient())
    #expect(session.ending == .interrupted(.timedOut))
    #expect(session.greeting == nil)
  }

  @Test func `a server that never answers QUIT is left all the same`() async throws {
    let (session, server) = try await session(Array([Act].healthy.dropLast(2)))
    #expect(session.ending == .completed)
    #expect(await server.lines().last == "QUIT")
  }

  // MARK: - Too much

  @Test(arguments: [
    ("220-more\r\n", MailSession.Limit.replyLines), ("220 more", .lineOctets),
  ])
  func `an endless greeting is cut`(text: String, limit: MailSession.Limit) async throws {
    let (session, _) = try await session([.flood(text)])
    #expect(session.ending == .exceeded(limit))
    #expect(session.unfinished.count <= 2048)
  }

  @Test func `an endless reply inside TLS is cut, and its server told goodbye`() async throws {
    let (session, _) = try await session(.inTLS + [.receive("EHLO"), .flood("250-more\r\n")])
    #expect(session.ending == .exceeded(.replyLines))
    #expect(session.stage == .capabilitiesInTLS)
  }

  @Test func `endless plaintext in place of a handshake is no TLS`() async throws {
    let (probe, _) = try await Caller().probe(.accepted + [.receive(""), .flood("220 more\r\n")])
    #expect(probe.conversation?.session.ending == .interrupted(.tlsFailed))
    #expect(probe.conversation?.handshake?.result == .failed(.notTLS))
  }

  // MARK: - Refusals

  @Test func `421 is the server's own end, and is answered with QUIT`() async throws {
    let (session, server) = try await session([.send("421 too many connections\r\n")] + .farewell)
    guard case .shutDown(let reply) = session.ending else {
      Issue.record("\(session.ending)")
      return
    }
    #expect(reply.meaning == .temporary)
    #expect(session.startTLS == .unseen)
    #expect(await server.lines() == ["QUIT"])
  }

  @Test func `a port where nothing listens is refused`() async throws {
    // A port is free again as soon as its server is gone.
    let port = try await closedPort()
    #expect(try await Caller().probe(at: port).outcome == .refused)
    let request = HandshakeRequest(try Caller.address("127.0.0.1"), port: port, serverName: nil)
    #expect(try await Caller().client.shakeHands(request) == .refused)
  }

  private func closedPort() async throws -> UInt16 {
    let server = try await ScriptedServer([])
    try await server.stop()
    return server.port
  }

  // MARK: - Injection

  @Test func `octets behind the reply to STARTTLS are noted, and not listened to`() async throws {
    let injected = "250-mx.example.com\r\n250 AUTH PLAIN\r\n"
    let (session, _) = try await session(
      .offer + [
        .receive("STARTTLS"), .send("220 go ahead\r\n\(injected)"), .tls, .receive("EHLO"),
        .send("250 mx.example.com\r\n"),
      ] + .farewell)
    #expect(session.ending == .completed)
    #expect(session.plaintextBeforeHandshake == Array(injected.utf8))
    #expect(session.inTLS.list?.mechanisms == [])
  }

  @Test func `plaintext in place of the handshake is kept`() async throws {
    let (probe, _) = try await Caller().probe(
      .accepted + [.receive(""), .send("454 TLS not available\r\n"), .close])
    let conversation = try #require(probe.conversation)
    #expect(conversation.session.startTLS == .accepted)
    #expect(conversation.session.ending == .interrupted(.tlsFailed))
    #expect(conversation.handshake?.result == .failed(.notTLS))
    #expect(conversation.session.plaintextBeforeHandshake == Array("454 TLS not available\r\n".utf8))
  }

  @Test func `a greeting in plaintext on a port for TLS is kept`() async throws {
    let (probe, _) = try await Caller().probe(.greeting, .smtp, .implicitTLS)
    let conversation = try #require(probe.conversation)
    #expect(conversation.handshake?.result == .failed(.notTLS))
    #expect(conversation.session.plaintextBeforeHandshake == Array("220 mx.example.com ESMTP\r\n".utf8))
    #expect(conversation.session.greeting == nil)
  }

  // MARK: - Ends

  @Test(arguments: [
    ([Act](), MailSession.Stage.greeting), ([.send("220-m")], .greeting),
    ([Act].greeting + [.receive("EHLO")], .capabilities), (.offer + [.receive("STARTTLS")], .startTLS),
    (.inTLS + [.receive("EHLO")], .capabilitiesInTLS),
    (.inTLS + [.receive("EHLO"), .send("250-mx")], .capabilitiesInTLS),
  ])
  func `a server that hangs up is told apart by stage`(acts: [Act], stage: MailSession.Stage) async throws {
    let (session, _) = try await session(acts + [.close])
    #expect(session.ending == .interrupted(.closed))
    #expect(session.stage == stage)
  }

  @Test func `a server that hangs up instead of a handshake has failed it`() async throws {
    let (probe, _) = try await Caller().probe(.accepted + [.receive(""), .close])
    #expect(probe.conversation?.session.ending == .interrupted(.tlsFailed))
    #expect(probe.conversation?.session.stage == .handshake)
    #expect(probe.conversation?.handshake?.result == .failed(.endOfStream(received: 0)))
  }

  @Test func `a reset is told apart from a close`() async throws {
    let (session, _) = try await session(.greeting + [.receive("EHLO"), .reset])
    #expect(session.ending == .interrupted(.reset))
    #expect(session.stage == .capabilities)
  }

  @Test func `a server that hangs up after QUIT without a word has lost nothing`() async throws {
    let (session, _) = try await session(Array([Act].healthy.dropLast(2)) + [.close])
    #expect(session.ending == .completed)
  }
}

/// What an error of the system says about the server, and what about this machine.
@Suite struct UnreachableTests {
  private func outcome(_ errno: CInt, hasRoute: Bool) -> ServerProbe.Outcome {
    ConnectionFailure(IOError(errnoCode: errno, reason: "connect"), hasRoute: hasRoute).probeOutcome
  }

  @Test func `a router that knows no way is told apart from a machine without one`() {
    #expect(outcome(ENETUNREACH, hasRoute: true) == .unreachable)
    #expect(outcome(ENETUNREACH, hasRoute: false) == .notTried(.familyMissing))
    #expect(outcome(EHOSTUNREACH, hasRoute: false) == .unreachable)
    #expect(outcome(EAFNOSUPPORT, hasRoute: true) == .notTried(.familyMissing))
  }

  @Test func `this machine has a way to itself`() throws {
    #expect(OwnRoutes.lead(to: try #require(IPAddress("127.0.0.1"))))
  }
}
