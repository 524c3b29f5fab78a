import ChangePlan
import DNSData
import Reports
import Testing
import ZoneTesting

@Suite struct ZoneDialectTests {
  private static let all = (0..<60).map { HostileChanges(seed: $0).changes }

  private func lines(_ changes: ZoneChanges, _ dialect: ZoneDialect) -> [String] {
    ZoneReport(changes, dialect: dialect).text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  @Test(arguments: ZoneDialect.allCases)
  func `no line begins with what a stranger wrote, and none holds a control octet`(_ dialect: ZoneDialect) {
    for changes in Self.all {
      for line in lines(changes, dialect) {
        #expect(!line.isEmpty, "nsupdate takes an empty line for `send`")
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "\(line)")
        let words = line.split(separator: " ").map(String.init)
        switch dialect {
        case .bind: #expect(line.hasPrefix(";") || words.dropFirst(2).first == "IN", "\(line)")
        case .single: #expect(line.hasPrefix(";") || UInt32(words.dropFirst().first ?? "") != nil, "\(line)")
        case .nsupdate:
          #expect(
            [";", "update add ", "update delete ", "prereq nxrrset ", "send"].contains { line.hasPrefix($0) },
            "\(line)")
        }
      }
    }
  }

  @Test func `a master file is read back as the records that were meant, TLSA records apart`() throws {
    for changes in Self.all {
      let file = try ZoneFile(name: "paste", octets: Array(ZoneReport(changes).text.utf8))
      let meant = changes.groups.flatMap(\.changes).flatMap(\.publish).filter { $0.type != .tlsa }
      #expect(file.records == meant)
    }
  }

  @Test func `an update adds and deletes exactly what was meant`() throws {
    for changes in Self.all {
      let script = lines(changes, .nsupdate)
      func records(_ command: String) throws -> Set<String> {
        Set(
          try script.filter { $0.hasPrefix(command) }.map { line in
            let words = line.dropFirst(command.count).split(separator: " ", maxSplits: 1)
            let hasTTL = command == "update add "
            let rest = hasTTL ? words[1] : "0 \(words[1])"
            let record = try Record("\(words[0]) \(rest)")
            return "\(record.name) \(record.type) \(record.data)"
          })
      }
      func meant(_ records: [Record]) -> Set<String> {
        Set(records.map { "\($0.name) \($0.type) \($0.data)" })
      }
      let added = changes.changes.flatMap(\.publish).filter { $0.type != .tlsa }
      #expect(try records("update add ") == meant(added))
      #expect(try records("update delete ") == meant(changes.changes.flatMap(\.remove)))
    }
  }

  @Test func `a panel gets one line for each record, and its text in one piece`() throws {
    let name = try Name("s._domainkey.example.com")
    let key = "v=DKIM1; k=rsa; p=" + String(repeating: "A", count: 400)
    let changes = ZoneChanges([
      .init(name, .txt, publish: [Record(name, ttl: 3600, .txt(TXT(key)))], reasons: ["dkim.p-missing"])
    ])
    #expect(
      lines(changes, .single) == [
        "; ---- zone example.com", "; s._domainkey.example.com TXT: dkim.p-missing",
        "s._domainkey 3600 TXT \(key)",
      ])
    let quoted = ZoneReport(changes).text.split(separator: "\"").filter { $0 != " " && $0 != "\n" }
      .dropFirst()
    #expect(quoted.map(\.count) == [255, key.count - 255])
  }

  @Test func `reverse names and other organisations are kept apart`() throws {
    let texts = [
      "mail.example.com. 60 A 192.0.2.1", "1.2.0.192.in-addr.arpa. 60 PTR mail.example.com.",
      "x.example.net. 60 A 192.0.2.1",
    ]
    let changes = ZoneChanges(
      try texts.map {
        let record = try Record($0)
        return .init(record.name, record.type, publish: [record], reasons: ["test"])
      })
    #expect(
      lines(changes, .bind).filter { $0.hasPrefix("; ----") } == [
        "; ---- zone example.com",
        "; ---- reverse zone at or near 2.0.192.in-addr.arpa",
        "; ---- zone example.net",
      ])
    #expect(lines(changes, .nsupdate).count { $0 == "send" } == 3)
  }

  @Test func `TLSA records are not active before the zone is signed`() throws {
    let record = try Record("_25._tcp.mail.example.com. 60 TLSA 3 1 1 \(String(repeating: "ab", count: 32))")
    let changes = ZoneChanges([.init(record.name, .tlsa, publish: [record], reasons: ["test"])])
    for dialect in ZoneDialect.allCases {
      let text = ZoneReport(changes, dialect: dialect).text
      #expect(lines(changes, dialect).allSatisfy { $0.hasPrefix(";") } && text.contains("once DNSSEC works"))
    }
  }

  @Test func `TLSA records of a zone that is known to be signed are ready to paste`() throws {
    let record = try Record("_25._tcp.mail.example.com. 60 TLSA 3 1 1 \(String(repeating: "ab", count: 32))")
    let changes = ZoneChanges([
      .init(record.name, .tlsa, publish: [record], reasons: ["test"], protection: .signed)
    ])
    for dialect in ZoneDialect.allCases {
      let text = ZoneReport(changes, dialect: dialect).text
      #expect(lines(changes, dialect).contains { !$0.hasPrefix(";") && $0.contains(" TLSA 3 1 1 ") })
      #expect(!text.contains("once DNSSEC works"))
    }
  }

  @Test func `what no zone can hold is named and left out`() throws {
    let name = try Name("example.com")
    let changes = ZoneChanges([
      .init(
        name, .caa, publish: [Record(name, ttl: 60, .caa(CAA(flags: 0, tag: Array("a b".utf8), value: [])))],
        remove: [Record(name, ttl: 60, .caa(CAA(flags: 0, tag: [], value: [1])))], reasons: ["test"]),
      .init(name, .txt, publish: [Record(name, ttl: .max, .txt(TXT("x")))], reasons: ["test"]),
    ])
    for dialect in ZoneDialect.allCases {
      let lines = lines(changes, dialect).filter { !$0.hasPrefix(";") }
      #expect(!lines.contains { $0.contains("CAA") && !$0.hasPrefix("prereq") })
      #expect(lines.contains { $0.contains(" 2147483647 ") })
    }
  }

  @Test func `foreign words in notes and reasons stay in their comment`() throws {
    let name = try Name("example.com")
    let evil = "a\nsend\r\n\u{2028}server 192.0.2.66\u{1B}[2J"
    let changes = ZoneChanges([
      .init(name, .txt, publish: [Record(name, ttl: 60, .txt(TXT(evil)))], reasons: [evil], notes: [evil])
    ])
    for dialect in ZoneDialect.allCases {
      #expect(!lines(changes, dialect).contains { $0.hasPrefix("send\r") || $0.hasPrefix("server") })
      #expect(lines(changes, dialect).count { !$0.hasPrefix(";") } == (dialect == .nsupdate ? 3 : 1))
    }
  }
}
