import DNSClient
import DNSData
import Testing

@Suite struct `The system's resolver configuration` {
  private func read(_ text: String) throws -> ResolvConf { try ResolvConf(Array(text.utf8)) }

  @Test func `servers, timeout and attempts`() throws {
    let conf = try read(
      """
      # made by hand
      ; nameserver 192.0.2.99
      search example.com
      nameserver 192.0.2.1
      \tnameserver\t2001:db8::53   \r
      options edns0 timeout:3 attempts:4 ndots:2
      options rotate
      """)
    #expect(conf.servers.map(\.description) == ["192.0.2.1", "2001:db8::53"])
    #expect(conf.timeout == 3)
    #expect(conf.attempts == 4)
    #expect(conf.skipped.isEmpty)
    let configuration = conf.configuration { Timestamp(seconds: 0) }
    #expect(configuration.timeout == .seconds(12))
    #expect(configuration.tries == 4)
  }

  @Test func `what is skipped has a reason`() throws {
    let conf = try read(
      """
      nameserver fe80::1%eth0
      nameserver localhost
      nameserver
      nameserver 192.0.2.1
      nameserver 192.0.2.2
      nameserver 192.0.2.3
      nameserver 192.0.2.4
      """)
    #expect(conf.servers.count == 3)
    #expect(conf.skipped.map(\.line) == [1, 2, 3, 7])
  }

  @Test func `numbers stay in the C library's limits`() throws {
    let conf = try read(
      "nameserver ::1\noptions timeout:0 attempts:99999999999999999999 attempts:77 timeout:")
    #expect(conf.timeout == 1)
    #expect(conf.attempts == 5)
  }

  @Test func `no server is an error with a sentence`() throws {
    #expect(throws: ResolvConfError.noServer([])) { try read("search example.com\n") }
    let error = #expect(throws: ResolvConfError.self) { try read("nameserver fe80::1%eth0") }
    #expect(
      error?.description
        == "no name server that can be asked is configured; line 1: addresses with a scope are not supported")
    #expect(throws: ResolvConfError.self) { try ResolvConf([0xFF, 0, 0x0A, 0x0A, 0xFE]) }
  }

  @Test func `a file that is not there is an error with a sentence`() {
    let error = #expect(throws: ResolvConfError.self) {
      try ResolvConf.load(path: "/nonexistent/resolv.conf")
    }
    #expect(error?.description == "/nonexistent/resolv.conf cannot be read: No such file or directory")
  }
}
