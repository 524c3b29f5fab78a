/// What servers answer, sound or not, and that it arrives as it was sent.
import DNSData
import Evidence
import Testing

@testable import HTTPS

private let policy = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n"

@Suite struct ResponseTests {
  @Test func `a policy arrives with its type, and with the address that served it`() async throws {
    let fetch = try await fetch(.sample())
    let response = try #require(fetch.response)
    #expect(response.status == 200)
    #expect(response.contentType?.text == "text/plain")
    #expect(response.body.text == policy)
    #expect(response.ending == .complete)
    #expect(fetch.responder == IPAddress("127.0.0.1"))
    #expect(fetch.withheld.isEmpty)
  }

  @Test(
    "Other answers are answers too",
    arguments: [
      ("/missing", 404, "text/plain", nil, "no such thing"),
      ("/moved", 301, nil, "https://elsewhere.example/policy", ""),
      ("/page", 200, "text/html; charset=utf-8", nil, "<html>"),
      ("/untyped", 200, nil, nil, "ok"),
      ("/chunked", 200, nil, nil, "abcde"),
      ("/interim", 200, "text/plain", nil, policy),
      ("/repeated", 200, "text/plain", nil, ""),
    ] as [(String, Int, String?, String?, String)])
  func answers(path: String, status: Int, type: String?, location: String?, body: String) async throws {
    let response = try #require(try await fetch(.sample(path: path)).response)
    #expect(response.status == status)
    #expect(response.contentType?.text == type)
    #expect(response.location?.text == location)
    #expect(response.body.text == body)
    #expect(response.ending == .complete)
    #expect(response.isRedirect == (status == 301))
  }

  @Test func `a compressed body stays as it was sent`() async throws {
    let response = try #require(try await fetch(.sample(path: "/gzip")).response)
    #expect(response.body.octets.starts(with: [0x1F, 0x8B]))
    #expect(response.body.octets.count < 10_000)
  }

  @Test func `every octet arrives`() async throws {
    let response = try #require(try await fetch(.sample(path: "/octets")).response)
    #expect(response.body.octets == Array(0...255))
  }

  @Test func `the request says who asks, and nothing else about us`() async throws {
    let response = try #require(try await fetch(.sample(path: "/echo?a=b%40c")).response)
    let port = try PolicyServer.shared.get().ports.tls
    #expect(
      response.body.text.split(separator: "\r\n") == [
        "GET /echo?a=b%40c HTTP/1.1", "Host: sound.example.com:\(port)", "User-Agent: mailaudit",
        "Accept: */*",
      ])
  }

  @Test func `the old address of a client configuration is asked without TLS`() async throws {
    let fetch = try await fetch(.sample(scheme: .http))
    #expect(fetch.response?.body.text == policy)
    #expect(fetch.request.url.hasPrefix("http://sound.example.com:"))
  }

  @Test func `where one address refuses, the next one serves`() async throws {
    let fetch = try await fetch(.sample(addresses: ["127.0.0.2", "127.0.0.1"]))
    #expect(fetch.response?.status == 200)
    #expect(fetch.responder == IPAddress("127.0.0.1"))
  }

  @Test func `an IPv6 address serves`() async throws {
    let port = try PolicyServer.shared.get().ports.tls6
    guard port > 0 else { return }
    let fetch = try await fetch(.sample(port: port, addresses: ["::1"]))
    #expect(fetch.response?.status == 200)
    #expect(fetch.responder == IPAddress("::1"))
  }

  @Test(arguments: [
    "sound.example.com", "chained.example.com", "a.wild.example.com", "xn--mnchen-3ya.example.com",
  ])
  func `a certificate that leads to the CA store and has the name is accepted`(host: String) async throws {
    #expect(try await fetch(.sample(host)).response?.status == 200)
  }

  // MARK: - Limits

  @Test func `a body as long as the limit is whole, one octet more is cut and said to be`() async throws {
    let whole = try #require(try await fetch(.sample(path: "/exact", body: 1000)).response)
    #expect(whole.body.octets.count == 1000)
    #expect(whole.ending == .complete)
    let cut = try #require(try await fetch(.sample(path: "/exact", body: 999)).response)
    #expect(cut.body.octets.count == 999)
    #expect(cut.ending == .limitReached)
  }

  @Test func `an endless body ends at the limit, and what came is kept`() async throws {
    let response = try #require(try await fetch(.sample(path: "/endless")).response)
    #expect(response.status == 200)
    #expect(response.body.octets.count == 65_536)
    #expect(response.ending == .limitReached)
  }

  @Test(arguments: ["/endlesshead", "/endlessinterim", "/longline"])
  func `an endless head ends at its limit`(path: String) async throws {
    #expect(try await fetch(.sample(path: path)).failure == .headTooLarge)
  }
}
