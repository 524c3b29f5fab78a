import DNSData
import Testing

@Suite struct AddressTests {
  @Test(arguments: ["0.0.0.0", "192.0.2.1", "255.255.255.255"])
  func `IPv4 addresses read back`(text: String) { #expect(IPAddress(text)?.description == text) }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "0x1.2.3.4", "1..2.3", "+1.2.3.4",
  ])
  func `what is no dotted quad is refused`(text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("::ffff:192.0.2.1", "::ffff:c000:201"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("0:0:1::", "0:0:1::"),
    ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"),
  ])
  func `IPv6 addresses are printed as RFC 5952 says`(text: String, canonical: String) {
    #expect(IPAddress(text)?.description == canonical)
  }

  @Test(arguments: [
    ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "::1.2.3", "1.2.3.4::",
    "fe80::1%eth0",
    "1:2:3:4:5:6:7::8:9", ":1:2:3:4:5:6:7:8", "+1::", "-0::1", "1:2:3:4:5:6:7:8::",
  ])
  func `what is no IPv6 address is refused`(text: String) { #expect(IPAddress(text) == nil) }

  @Test func `reverse names`() throws {
    #expect(try #require(IPAddress("192.0.2.10")).reverseName.display == "10.2.0.192.in-addr.arpa")
    let v6 = try #require(IPAddress("2001:db8::10"))
    #expect(
      v6.reverseName.display
        == "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
  }

  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
    ("0.0.0.0/0", "8.8.8.8", true),
    ("192.0.2.1", "192.0.2.1", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
    ("::/0", "192.0.2.1", false),
    ("2001:db8::/33", "2001:db8:8000::", false),
  ])
  func `networks contain`(network: String, address: String, expected: Bool) throws {
    #expect(try #require(IPNetwork(network)).contains(#require(IPAddress(address))) == expected)
  }

  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.128/25", true), ("192.0.2.128/25", "192.0.2.0/24", false),
    ("::/0", "0.0.0.0/0", false),
    ("192.0.2.0/24", "192.0.2.0/24", true), ("2001:db8::/32", "2001:db9::/33", false),
  ])
  func `networks contain networks`(outer: String, inner: String, expected: Bool) throws {
    #expect(try #require(IPNetwork(outer)).contains(#require(IPNetwork(inner))) == expected)
  }

  @Test(arguments: ["192.0.2.0/33", "::/129", "192.0.2.0/", "192.0.2.0/-1", "/24", "192.0.2.0/24/1"])
  func `impossible networks are refused`(text: String) { #expect(IPNetwork(text) == nil) }

  @Test(arguments: [
    ("10.1.2.3", true), ("8.8.8.8", false), ("::ffff:8.8.8.8", true), ("2002:0a00:0001::1", true),
    ("64:ff9b::a00:1", true), ("64:ff9b::808:808", false), ("2001:db8::1", true), ("2a00::1", false),
  ])
  func `special-purpose addresses are recognised, embedded ones too`(text: String, expected: Bool) throws {
    #expect((SpecialPurpose.block(of: try #require(IPAddress(text))) != nil) == expected)
  }

  @Test func `a special network that is meant here is not special`() throws {
    let address = try #require(IPAddress("192.0.2.1"))
    #expect(SpecialPurpose.block(of: address, allowed: [try #require(IPNetwork("192.0.2.0/24"))]) == nil)
  }

  @Test(arguments: [
    ("192.0.2.53", "192.0.2.53"), ("192.0.2.53:5353", "192.0.2.53:5353"), ("2001:db8::53", "2001:db8::53"),
    ("[2001:db8::53]:5353", "[2001:db8::53]:5353"), ("[2001:db8::53]", "2001:db8::53"),
  ])
  func `server addresses read back`(text: String, canonical: String) {
    #expect(ServerAddress(text)?.description == canonical)
  }

  @Test(arguments: [
    "", "localhost", "192.0.2.53:", "192.0.2.53:0", "192.0.2.53:65536", "[::1]:", "[192.0.2.1]:53",
  ])
  func `what is no server address is refused`(text: String) { #expect(ServerAddress(text) == nil) }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", Int64(0)), ("2000-02-29T23:59:59Z", 951_868_799),
    ("2026-11-21T04:05:06Z", 1_795_233_906),
    ("1969-12-31T23:59:59Z", -1),
  ])
  func `times are those of the calendar`(text: String, seconds: Int64) {
    #expect(Timestamp(text)?.seconds == seconds)
    #expect(Timestamp(seconds: seconds).description == text)
  }

  @Test(arguments: [
    "2026-02-29T00:00:00Z", "2026-13-01", "2026-11-21T24:00:00Z", "yesterday", "2026-11-21 04:05:06",
  ])
  func `moments that do not exist are refused`(text: String) { #expect(Timestamp(text) == nil) }
}
