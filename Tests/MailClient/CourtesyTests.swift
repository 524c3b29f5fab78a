/// How gently servers are asked, and which are not asked at all.
import DNSData
import Evidence
import Testing

@testable import MailClient

@Suite struct CourtesyTests {
  @Test func `an address has one connection at a time`() async throws {
    let log = Log()
    let caller = try Caller()
    var servers: [ScriptedServer] = []
    for _ in 0..<4 { servers.append(try await ScriptedServer(.healthy, tls: caller.tls, log: log)) }
    let requests = try servers.map { try Caller.request(at: $0.port) }
    await withTaskGroup(of: ServerProbe.self) { group in
      for request in requests { group.addTask { await caller.client.probe(request) } }
      for await probe in group { #expect(probe.conversation?.session.ending == .completed) }
    }
    #expect(log.connections == 4)
    #expect(log.mostAtOnce == 1)
  }

  @Test func `a slow server does not keep another address waiting`() async throws {
    let caller = try Caller { $0.connectionsAtOnce = 2 }
    let silent = try await ScriptedServer([])
    let healthy = try await ScriptedServer(.healthy, tls: caller.tls, host: "127.0.0.2")
    let slow = try [MailProtocol.smtp, .imap].map { try Caller.request($0, at: silent.port) }
    let waiting = slow.map { request in Task { await caller.client.probe(request) } }
    let probe = try await caller.probe(at: healthy.port, address: "127.0.0.2")
    #expect(probe.conversation?.session.ending == .completed)
    try await silent.hangUp()
    for task in waiting { _ = await task.value }
  }

  @Test func `there is a limit to connections at once, and every one gets its turn`() async throws {
    let log = Log()
    let caller = try Caller { $0.connectionsAtOnce = 1 }
    var requests: [ProbeRequest] = []
    var servers: [ScriptedServer] = []
    for number in 1...4 {
      let server = try await ScriptedServer(.healthy, tls: caller.tls, host: "127.0.0.\(number)", log: log)
      requests.append(try Caller.request(at: server.port, address: "127.0.0.\(number)"))
      servers.append(server)
    }
    await withTaskGroup(of: ServerProbe.self) { group in
      for request in requests { group.addTask { await caller.client.probe(request) } }
      for await probe in group { #expect(probe.conversation?.session.ending == .completed) }
    }
    #expect(log.connections == 4)
    #expect(log.mostAtOnce == 1)
    _ = servers
  }

  @Test func `shutting down ends what is under way and what waits for it, and calls nobody any more`()
    async throws
  {
    let caller = try Caller { $0.connectionsAtOnce = 1 }
    let silent = try await ScriptedServer([])
    let requests = try [MailProtocol.smtp, .imap, .pop3].map { try Caller.request($0, at: silent.port) }
    let waiting = requests.map { request in Task { await caller.client.probe(request) } }
    while silent.log.connections == 0 { await Task.yield() }
    await caller.client.shutDown()
    #expect(await silent.lines() == [])
    for task in waiting { #expect(await task.value.outcome == .notTried(.limitReached)) }
    let late = await caller.client.probe(try Caller.request(.manageSieve, at: silent.port))
    #expect(late.outcome == .notTried(.limitReached))
  }

  @Test func `what was asked already is not asked again`() async throws {
    let caller = try Caller()
    let server = try await ScriptedServer(.healthy, tls: caller.tls)
    let request = try Caller.request(at: server.port)
    async let first = caller.client.probe(request)
    async let second = caller.client.probe(request)
    #expect(await first == second)
    #expect(await first == caller.client.probe(request))
    #expect(server.log.connections == 1)
  }

  @Test(arguments: ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:127.0.0.1"])
  func `a special address is not connected to unless it is allowed`(address: String) async throws {
    let server = try await ScriptedServer(.healthy)
    let caller = try Caller { $0.allowedNetworks = [] }
    #expect(
      try await caller.probe(at: server.port, address: address).outcome == .notTried(.addressNotAllowed))
    let request = HandshakeRequest(try Caller.address(address), port: server.port, serverName: nil)
    #expect(await caller.client.shakeHands(request) == .notTried(.addressNotAllowed))
    #expect(server.log.connections == 0)
  }

  @Test func `a run has so many connections and no more`() async throws {
    let caller = try Caller { $0.connectionBudget = 1 }
    let server = try await ScriptedServer(.healthy, tls: caller.tls)
    #expect(try await caller.probe(at: server.port).conversation != nil)
    #expect(try await caller.probe(.imap, at: server.port).outcome == .notTried(.limitReached))
    #expect(server.log.connections == 1)
  }
}
