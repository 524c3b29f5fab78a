import DNSData
import SeededRandom
import Testing

private func read(_ text: String, origin: String? = "example.com") throws -> ZoneFile {
  try ZoneFile(name: "test.zone", octets: Array(text.utf8), origin: origin.map { try Name($0) })
}

private func fault(_ text: String, origin: String? = "example.com") -> String? {
  do {
    _ = try read(text, origin: origin)
    return nil
  } catch {
    return (error as? ZoneFileError)?.description
  }
}

@Suite struct ZoneFileTests {
  @Test func `a zone as an operator writes it`() throws {
    let zone = try read(
      #"""
      $ORIGIN example.com.
      $TTL 1h
      @   IN SOA ns1 hostmaster (
              2026112101 ; serial
              4h 1h 2w
              300 )
          IN NS ns1
      ns1 600 A 192.0.2.1
          IN 600 AAAA 2001:db8::1
      @   MX 10 mail
      @   TXT "v=spf1 mx " "-all" ; joined without a blank
      k1._domainkey TXT ( "v=DKIM1; "
                          "p=abc" )
      a\.b TXT plain\;text "q\"uo\\te\100"
      """#, origin: nil)
    #expect(
      zone.records.map(\.description) == [
        "example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 2026112101 14400 3600 1209600 300",
        "example.com. 3600 IN NS ns1.example.com.",
        "ns1.example.com. 600 IN A 192.0.2.1",
        "ns1.example.com. 600 IN AAAA 2001:db8::1",
        "example.com. 3600 IN MX 10 mail.example.com.",
        #"example.com. 3600 IN TXT "v=spf1 mx " "-all""#,
        #"k1._domainkey.example.com. 3600 IN TXT "v=DKIM1; " "p=abc""#,
        #"a\046b.example.com. 3600 IN TXT "plain;text" "q\034uo\092ted""#,
      ])
    #expect(zone.origins == [try Name("example.com")])
    #expect(zone.entries.map(\.line) == [3, 7, 8, 9, 10, 11, 12, 14])
  }

  @Test(arguments: [
    ("a A 192.0.2.256", "test.zone:1: \"192.0.2.256\" is not an IPv4 address"),
    ("a A", "test.zone:1: the A record lacks an IPv4 address"),
    ("\na MX ten b", "test.zone:2: \"ten\" is not a number from 0 to 65535"),
    ("a A 192.0.2.1 x", "test.zone:1: there is text after the last field of the A record"),
    ("a TXT \"open", "test.zone:1: a quoted string is not closed on its line"),
    ("a TXT ( \"x\"\n", "test.zone:1: \"(\" is never closed"),
    ("a TXT )", "test.zone:1: \")\" without \"(\""),
    ("$INCLUDE /etc/passwd", "test.zone:1: $INCLUDE is refused: give the other file by name as well"),
    ("$GENERATE 1-9 a A 192.0.2.$", "test.zone:1: $GENERATE is refused: write the records out"),
    ("$TTL soon", "test.zone:1: $TTL takes one time in seconds"),
    ("a CH TXT x", "test.zone:1: the class CH is not IN"),
    ("a WHAT x", "test.zone:1: \"WHAT\" is neither a TTL nor a record type"),
    ("  A 192.0.2.1", "test.zone:1: the first record names no owner"),
    (
      "a..b A 192.0.2.1",
      "test.zone:1: \"a..b\" is not a name: a label is empty (two dots in a row, or a dot in front)"
    ),
    ("a TYPE65280 \\# 3 0102", "test.zone:1: after \\# 3 there must be 3 octets in hexadecimal"),
    ("a SRV 1 2 70000 b", "test.zone:1: \"70000\" is not a number from 0 to 65535"),
  ])
  func `faults are told with file and line`(text: String, expected: String) {
    #expect(fault(text) == expected)
  }

  @Test func `types that no audit reads are passed over, and their names exist`() throws {
    let zone = try read(
      "@ SOA . . 1 2 3 4 5\nsvc HTTPS 1 . alpn=h2\nssh 60 IN SSHFP 4 2 (\n abcd )\nweb A 192.0.2.1")
    #expect(zone.records.map(\.type) == [.soa, .a])
    #expect(zone.unread.map(\.mnemonic) == ["HTTPS", "SSHFP"])
    let lookup = ZoneSet([zone]).lookUp(Question(try Name("svc.example.com"), .a))
    #expect(lookup == .outcome(.noData(aliases: []), file: "test.zone"))
  }

  @Test func `a relative name without an origin is refused`() {
    #expect(
      fault("mail A 192.0.2.1", origin: nil)
        == "test.zone:1: the name \"mail\" is relative, but no $ORIGIN stands above it (--origin names one)")
  }

  @Test func `a character-string of 256 octets is refused with advice`() {
    #expect(
      fault("a TXT \(String(repeating: "x", count: 256))")?.contains("split it into several quoted strings")
        == true)
  }

  @Test func `hostile octets never trap`() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("a.@$();\"\\0 \n\t-ATXTMXORIGIN".utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<3000 {
      let octets = (0..<Int.random(in: 0..<60, using: &generator)).compactMap { _ in
        alphabet.randomElement(using: &generator)
      }
      _ = try? ZoneFile(name: "x", octets: octets, origin: .root)
    }
  }
}

@Suite struct RecordTextTests {
  @Test func `what is printed reads back to the same record, for every type`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let record = Record.random(using: &generator)
      #expect(try Record(record.description) == record, "\(record)")
      #expect(try RecordData(type: record.type, rdata: record.data.rdata) == record.data, "\(record)")
    }
  }

  @Test func `cut or changed RDATA is refused or decoded, never trapped on`() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<2000 {
      let record = Record.random(using: &generator)
      var rdata = record.data.rdata
      for length in 0..<min(rdata.count, 40) {
        _ = try? RecordData(type: record.type, rdata: Array(rdata.prefix(length)))
      }
      guard let index = rdata.indices.randomElement(using: &generator) else { continue }
      rdata[index] = UInt8.random(in: .min ... .max, using: &generator)
      _ = try? RecordData(type: record.type, rdata: rdata)
    }
  }

  @Test func `an empty TXT record is printed in the form of RFC 3597`() throws {
    let record = Record(.root, ttl: 1, .txt(TXT(strings: [])))
    #expect(record.description == ". 1 IN TXT \\# 0")
    #expect(try Record(record.description) == record)
  }
}

@Suite struct ZoneLinesTests {
  @Test(arguments: [
    ("example.com", RecordType.soa, 2), ("example.com", .mx, 4), ("example.com", .txt, 2),
    ("mail.example.com", .a, 6),
    ("mail.example.com", .aaaa, 6), ("_dmarc.example.com", .txt, 2), ("deep.mail.example.com", .a, 6),
  ])
  func `a record is found at its line, and what is missing where it belongs`(
    name: String, type: RecordType, line: Int
  ) throws {
    let text = """
      $ORIGIN example.com.
      @ SOA ns hostmaster (
          1 2 3 4 5 )
      @ MX 10 mail
      @ MX 20 mail
      mail A 192.0.2.1
      """
    let lines = ZoneLines(try ZoneFile(name: "x", octets: Array(text.utf8)))
    #expect(lines.line(of: try Name(name), type) == line)
    #expect(lines.line(of: try Name("example.net"), type) == nil)
  }
}
