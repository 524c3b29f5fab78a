/// The counting of what comes, without a network.
import DNSData
import Evidence
import Testing

@testable import HTTPS

@Suite struct ResponseReaderTests {
  private func reader(_ lines: [String], body: [String] = [], limit: Int = 10) -> ResponseReader {
    var reader = ResponseReader(bodyLimit: limit)
    for line in lines { Array((line + "\r\n").utf8).withUnsafeBytes { _ = reader.takeHead($0) } }
    for part in body { Array(part.utf8).withUnsafeBytes { _ = reader.takeBody($0) } }
    return reader
  }

  @Test func `there is no response before the empty line`() {
    #expect(reader(["HTTP/1.1 200 OK", "Content-Type: text/plain"]).response(.complete) == nil)
    #expect(reader(["HTTP/1.1 200 OK", ""]).response(.complete)?.status == 200)
    #expect(reader(["HTTP/1.1 103 Early Hints", ""]).response(.complete) == nil)
  }

  @Test(arguments: ["HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 2000 OK", "HTTP/1.1 abc", "HTTP/1.1  200"])
  func `a status that is none makes no response`(line: String) {
    #expect(reader([line, ""]).response(.complete) == nil)
  }

  @Test func `fields of interim responses and trailers are not those of the response`() {
    let read = reader([
      "HTTP/1.1 103 Early Hints", "Location: a", "", "HTTP/1.1 200 OK", "Content-Type:text/plain", "",
      "Location: b",
      "Content-Type: c",
    ])
    #expect(read.location == nil)
    #expect(read.contentType == Array("text/plain".utf8))
  }

  @Test func `the parts of a body are counted together`() {
    let whole = reader(["HTTP/1.1 200 OK", ""], body: ["12345", "67890"])
    #expect(whole.body.count == 10)
    #expect(!whole.isBodyCut)
    let cut = reader(["HTTP/1.1 200 OK", ""], body: ["12345", "678901", "2"])
    #expect(cut.body == Array("1234567890".utf8))
    #expect(cut.isBodyCut)
  }

  @Test func `lines of the head are counted together`() {
    let line = "X: " + String(repeating: "a", count: 1000)
    let read = reader(["HTTP/1.1 200 OK"] + Array(repeating: line, count: 100))
    #expect(read.isHeadTooLarge)
    #expect(read.headLength <= ResponseReader.headLimit)
  }
}

@Suite struct AddressGateTests {
  @Test(arguments: [
    "127.0.0.1", "10.1.2.3", "100.64.0.1", "169.254.169.254", "192.168.0.1", "0.0.0.0", "224.0.0.1", "::1",
    "fe80::1",
    "fd00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
  ])
  func `special-purpose addresses do not pass`(text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(!AddressGate(pinned: [address], allowed: []).permits(address))
    #expect(AddressGate(pinned: [address], allowed: [try #require(IPNetwork(text))]).permits(address))
  }

  @Test func `an address that the request does not name does not pass`() throws {
    let pinned = try #require(IPAddress("9.9.9.9"))
    let other = try #require(IPAddress("9.9.9.10"))
    let gate = AddressGate(pinned: [pinned], allowed: [])
    #expect(gate.permits(pinned))
    #expect(!gate.permits(other))
  }
}
