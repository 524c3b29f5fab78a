/// The ways in which no answer comes, told apart.
import DNSData
import Evidence
import Testing

@testable import HTTPS

@Suite struct FailureTests {
  @Test(
    "A refused certificate has its reason",
    arguments: [
      ("expired", .expired), ("wrongname", .nameMismatch), ("commonname", .nameMismatch),
      ("partial", .nameMismatch), ("a.b.wild", .nameMismatch), ("selfsigned", .selfSigned),
      ("unknownroot", .unknownRoot), ("noissuer", .issuerMissing),
    ] as [(String, CertificateRefusal)])
  func certificates(label: String, reason: CertificateRefusal) async throws {
    let fetch = try await fetch(.sample("\(label).example.com"))
    #expect(fetch.failure == .certificate(reason))
    #expect(fetch.responder == IPAddress("127.0.0.1"))
  }

  @Test func `the CA file alone says whom to trust`() async throws {
    let system = try HTTPSClient(allowed: PolicyServer.loopback)
    let fetch = try await system.fetch(.sample())
    #expect(fetch.failure == .certificate(.issuerMissing) || fetch.failure == .certificate(.unknownRoot))
    await system.shutDown()
  }

  @Test func `a CA file that is none is our own failure`() async throws {
    let client = try HTTPSClient(caFile: #filePath, allowed: PolicyServer.loopback)
    let fetch = try await client.fetch(.sample())
    guard case .ownFailure = fetch.failure else {
      Issue.record("\(fetch.outcome)")
      return
    }
    await client.shutDown()
    #expect(throws: HTTPSClientError.noCAFile) { try HTTPSClient(caFile: "/nonexistent") }
  }

  @Test func `a closed port refuses`() async throws {
    let fetch = try await fetch(.sample(port: PolicyServer.shared.get().ports.closed))
    #expect(fetch.failure == .refused)
    #expect(fetch.responder == nil)
  }

  @Test func `what does not speak TLS, or only an old one, fails the handshake`() async throws {
    let ports = try PolicyServer.shared.get().ports
    for port in [ports.garbage, ports.old] {
      #expect(try await fetch(.sample(port: port)).failure == .handshake)
    }
    #expect(try await fetch(.sample(port: ports.reset)).failure == .connectionLost(.handshake))
  }

  @Test(
    "The deadline is for the whole, and says how far it came",
    arguments: [("full", FetchPhase.connecting), ("mute", .handshake), ("silent", .exchange)])
  func deadline(server: String, phase: FetchPhase) async throws {
    let ports = try PolicyServer.shared.get().ports
    let request: FetchRequest =
      switch server {
      case "full": try .sample(port: ports.full, milliseconds: 300)
      case "mute": try .sample(port: ports.mute, milliseconds: 300)
      default: try .sample(path: "/silent", milliseconds: 3000)
      }
    let start = ContinuousClock.now
    #expect(try await fetch(request).failure == .timedOut(phase))
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `octets that drip in do not prolong the deadline, and what came is kept`() async throws {
    let start = ContinuousClock.now
    let response = try #require(try await fetch(.sample(path: "/drip", milliseconds: 3000)).response)
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(response.ending == .interrupted(.timedOut(.exchange)))
    #expect(response.status == 200)
    #expect((1..<1000).contains(response.body.octets.count))
  }

  @Test(arguments: ["/interrupted", "/badchunk"])
  func `a connection that ends within the body leaves what came, and says so`(path: String) async throws {
    let response = try #require(try await fetch(.sample(path: path)).response)
    #expect(response.ending == .interrupted(.connectionLost(.exchange)))
    #expect(["half", "abc"].contains(response.body.text))
  }

  @Test(
    "What is no response is none",
    arguments: [
      ("/nothing", .connectionLost(.exchange)), ("/garbage", .notHTTP), ("/nostatus", .notHTTP),
      ("/cuthead", .connectionLost(.exchange)),
    ] as [(String, FetchFailure)])
  func noResponse(path: String, failure: FetchFailure) async throws {
    #expect(try await fetch(.sample(path: path)).failure == failure)
  }

  // MARK: - Addresses

  @Test func `special-purpose addresses are connected to only where they are allowed`() async throws {
    let client = try HTTPSClient(caFile: PolicyServer.shared.get().caFile)
    let fetch = try await client.fetch(.sample(addresses: ["127.0.0.1", "::1", "10.0.0.1"]))
    #expect(fetch.failure == .addressesWithheld)
    #expect(Set(fetch.withheld) == Set(["127.0.0.1", "::1", "10.0.0.1"].compactMap { IPAddress($0) }))
    #expect(fetch.failure?.isNotTested == true)
    await client.shutDown()
  }

  @Test func `a withheld address does not keep the others from being asked`() async throws {
    let fetch = try await fetch(.sample(addresses: ["10.0.0.1", "127.0.0.1"]))
    #expect(fetch.response?.status == 200)
    #expect(fetch.withheld == [IPAddress("10.0.0.1")].compactMap(\.self))
  }

  @Test func `the pins of one fetch do not serve another`() async throws {
    #expect(try await fetch(.sample()).response != nil)
    #expect(try await fetch(.sample(addresses: ["127.0.0.2"])).failure == .refused)
    #expect(try await fetch(.sample()).response != nil)
  }
}
