import DNSData
import Testing

private let zones = """
  $ORIGIN example.com.
  @ SOA ns hostmaster 1 2 3 4 5
  @ NS ns
  ns A 192.0.2.1
  www CNAME web
  web A 192.0.2.2
  away CNAME host.example.net.
  loop CNAME pool
  pool CNAME loop
  *.wild TXT "any"
  sel._domainkey TXT "key"
  child NS ns.child
  ns.child A 192.0.2.3
  mine SOA ns hostmaster 1 2 3 4 5
  mine MX 10 mail
  10.2.0.192.in-addr.arpa. PTR mail.example.com.
  """

@Suite struct ZoneSetTests {
  let set: ZoneSet

  init() throws { set = ZoneSet([try ZoneFile(name: "z", octets: Array(zones.utf8))]) }

  private func look(_ name: String, _ type: RecordType) throws -> ZoneSet.Lookup {
    set.lookUp(Question(try Name(name), type))
  }

  private func outcome(_ name: String, _ type: RecordType) throws -> Outcome? {
    if case .outcome(let outcome, "z") = try look(name, type) { outcome } else { nil }
  }

  private func record(_ line: String) throws -> Record { try Record(line) }

  @Test func `a record, no data, and no such name`() throws {
    #expect(
      try outcome("web.example.com", .a)
        == .records([record("web.example.com. 3600 A 192.0.2.2")], aliases: []))
    #expect(try outcome("web.example.com", .mx) == .noData(aliases: []))
    #expect(try outcome("nobody.example.com", .a) == .noSuchName(aliases: []))
  }

  @Test func `an empty non-terminal exists`() throws {
    #expect(try outcome("_domainkey.example.com", .txt) == .noData(aliases: []))
  }

  @Test func `aliases are followed and shown`() throws {
    let alias = try record("www.example.com. 3600 CNAME web.example.com.")
    #expect(
      try outcome("www.example.com", .a)
        == .records([record("web.example.com. 3600 A 192.0.2.2")], aliases: [alias]))
    #expect(try outcome("www.example.com", .mx) == .noData(aliases: [alias]))
    #expect(try outcome("www.example.com", .cname) == .records([alias], aliases: []))
  }

  @Test func `an alias that leaves the files says where to`() throws {
    #expect(
      try look("away.example.com", .a)
        == .leaves(
          aliases: [record("away.example.com. 3600 CNAME host.example.net.")], to: Name("host.example.net"),
          file: "z"))
  }

  @Test func `an alias loop is a failure, not an absence`() throws {
    #expect(try outcome("loop.example.com", .a) == .failure(.aliasLoop))
  }

  @Test func `wildcards answer below them and not at existing names`() throws {
    #expect(
      try outcome("a.b.wild.example.com", .txt)
        == .records([record("a.b.wild.example.com. 3600 TXT any")], aliases: []))
    #expect(try outcome("a.wild.example.com", .a) == .noData(aliases: []))
    #expect(try outcome("wild.example.com", .txt) == .noData(aliases: []))
  }

  @Test func `what is delegated is not here, unless its zone is here too`() throws {
    #expect(try look("child.example.com", .mx) == .notHere)
    #expect(try look("ns.child.example.com", .a) == .notHere)
    #expect(
      try outcome("mine.example.com", .mx)
        == .records([record("mine.example.com. 3600 MX 10 mail.example.com.")], aliases: []))
  }

  @Test func `records for names outside the origins are answered, their other types are not`() throws {
    #expect(
      try outcome("10.2.0.192.in-addr.arpa", .ptr)
        == .records([record("10.2.0.192.in-addr.arpa. 3600 PTR mail.example.com.")], aliases: []))
    #expect(try look("10.2.0.192.in-addr.arpa", .txt) == .notHere)
    #expect(try look("example.net", .a) == .notHere)
  }
}
