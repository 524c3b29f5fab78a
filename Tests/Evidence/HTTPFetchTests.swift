/// Requests that can be made, and fetches as they are saved.
import DNSData
import Foundation
import Testing

@testable import Evidence

@Suite struct HTTPFetchTests {
  private func request(
    _ host: String = "mta-sts.example.com", path: String = "/.well-known/mta-sts.txt", port: UInt16? = nil,
    addresses: [String] = ["192.0.2.1", "2001:db8::1"]
  ) throws -> FetchRequest {
    try FetchRequest(
      host: Name(host), port: port, path: path, addresses: addresses.compactMap { IPAddress($0) },
      limits: .policy)
  }

  @Test func `the URL is made of its parts`() throws {
    #expect(try request().url == "https://mta-sts.example.com/.well-known/mta-sts.txt")
    #expect(try request(path: "/?a=b%40c", port: 8443).url == "https://mta-sts.example.com:8443/?a=b%40c")
    let http = try FetchRequest(
      .http, host: Name("autoconfig.example.com"), path: "/", addresses: request().addresses, limits: .policy)
    #expect(http.url == "http://autoconfig.example.com/")
  }

  @Test(arguments: [
    ".", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "example.0x7f", "a b.example", "a\\.b.example",
    "a/b.example",
    "user@example.com", "[::1].example", "*.example.com",
  ])
  func `what is no host name makes no URL`(host: String) throws {
    #expect(throws: FetchRequestError.host) { try request(host) }
  }

  @Test(arguments: [
    "", "a", "/a b", "/a\r\nHost: b", "/a#b", "/\u{E9}", "/\\", "/" + String(repeating: "a", count: 2048),
  ])
  func `what would end a path or split a request makes none`(path: String) throws {
    #expect(throws: FetchRequestError.path) { try request(path: path) }
  }

  @Test func `without addresses or with port 0 nothing can be asked`() throws {
    #expect(throws: FetchRequestError.noAddress) { try request(addresses: []) }
    #expect(throws: FetchRequestError.port) { try request(port: 0) }
  }

  @Test func `addresses and limits stay within bounds`() throws {
    let many = (0..<100).map { "192.0.2.\($0)" }
    #expect(try request(addresses: many).addresses.count == FetchRequest.maximumAddresses)
    let limits = FetchLimits(milliseconds: -1, body: .max)
    #expect(limits.milliseconds == 1)
    #expect(limits.body == FetchLimits.maximumBody)
    let saved = try JSONDecoder().decode(FetchLimits.self, from: Data(#"{"milliseconds":-1,"body":-1}"#.utf8))
    #expect(saved == FetchLimits(milliseconds: 1, body: 1))
  }

  @Test func `what is saved comes back`() throws {
    let response = HTTPResponse(
      status: 200, contentType: ForeignOctets(Array("text/plain".utf8)), location: nil,
      body: ForeignOctets(Array(0...255)),
      ending: .interrupted(.timedOut(.exchange)))
    let outcomes: [FetchOutcome] = [
      .response(response), .failure(.certificate(.other(26))), .failure(.certificate(.expired)),
      .failure(.refused),
      .failure(.ownFailure("reason")),
    ]
    for outcome in outcomes {
      let fetch = try HTTPFetch(
        request(), outcome, from: IPAddress("192.0.2.1"), withheld: request().addresses,
        at: Timestamp(seconds: 1_700_000_000))
      let data = try JSONEncoder().encode(fetch)
      #expect(try JSONDecoder().decode(HTTPFetch.self, from: data) == fetch)
    }
  }

  @Test func `a saved request that could not be made is none`() throws {
    let data = try JSONEncoder().encode(try request())
    let forged = String(decoding: data, as: UTF8.self).replacingOccurrences(
      of: "mta-sts.example.com", with: "127.1")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FetchRequest.self, from: Data(forged.utf8))
    }
  }

  @Test func `a failure is never a response`() throws {
    let fetch = HTTPFetch(try request(), .failure(.timedOut(.connecting)), at: Timestamp(seconds: 0))
    #expect(fetch.response == nil)
    #expect(fetch.failure == .timedOut(.connecting))
  }
}
