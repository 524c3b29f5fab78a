/// SRV records of mail services as they are published; every kind of fault is here once.
import DNSData
import SeededRandom
import Testing

@testable import MailDiscovery

@Suite struct ServiceRecordsTests {
  typealias Kind = ServiceFault.Kind

  @Test(
    "Names, ports and security are those of RFC 6186 and RFC 8314",
    arguments: [
      (.submissions, "_submissions._tcp.example.com", 465, .implicitTLS),
      (.submission, "_submission._tcp.example.com", 587, .startTLS),
      (.imaps, "_imaps._tcp.example.com", 993, .implicitTLS),
      (.imap, "_imap._tcp.example.com", 143, .startTLS),
      (.pop3s, "_pop3s._tcp.example.com", 995, .implicitTLS),
      (.pop3, "_pop3._tcp.example.com", 110, .startTLS),
      (.sieve, "_sieve._tcp.example.com", 4190, .startTLS),
      (.autodiscover, "_autodiscover._tcp.example.com", 443, .implicitTLS),
    ] as [(MailService, String, UInt16, MailService.Security)])
  func services(service: MailService, owner: String, port: UInt16, security: MailService.Security) throws {
    #expect(try service.owner(for: Name("example.com"))?.display == owner)
    #expect(service.registeredPort == port)
    #expect(service.security == security)
    if let variant = service.implicitTLSVariant {
      #expect(service.security == .startTLS && variant.security == .implicitTLS)
    }
  }

  @Test("A misspelt name is never that of a service, and means one")
  func misnamed() throws {
    let domain = try Name("example.com")
    let right = Set(MailService.allCases.map { $0.owner(for: domain) })
    for misnamed in MisnamedMailService.allCases {
      let owner = try #require(misnamed.owner(for: domain))
      #expect(!right.contains(owner))
      #expect(MailService.allCases.contains(misnamed.meant))
    }
  }

  @Test(
    "Records offer a service, or say that there is none (RFC 2782)",
    arguments: [
      ([], "none"), (["0 0 0 ."], "declined"), (["0 1 993 mail"], "mail"),
      (["20 1 993 c", "10 5 993 b", "10 60 993 a", "0 0 0 ."], "a b / c"),
      (["10 0 993 b", "10 0 993 a"], "a b"),
    ])
  func availability(records: [String], expected: String) throws {
    let summary =
      switch try published(records).availability {
      case .noRecords: "none"
      case .declined: "declined"
      case .offered(let groups):
        groups.map { $0.map(\.target.display).joined(separator: " ") }.joined(separator: " / ")
      }
    #expect(summary == expected)
  }

  @Test(
    "Every fault has its kind and its record",
    arguments: [
      (["0 1 993 mail.example.com"], [], []), (["0 0 0 ."], [], []), (["0 0 993 ."], [], []),
      (["0 0 993 a", "10 0 993 b"], [], []), (["0 0 993 a", "0 1 993 b"], [], []),
      (["0 0 0 .", "0 1 993 mail"], [.nullBesideOthers], [0]),
      (["0 0 0 .", "1 0 0 ."], [.nullBesideOthers], [1]),
      (["0 1 993 192.0.2.1"], [.targetIsAddress(.v4(IPv4Address(rawValue: 0xC000_0201)))], [0]),
      (["0 1 993 192.0.2.1.example.com"], [.targetIsAddress(.v4(IPv4Address(rawValue: 0xC000_0201)))], [0]),
      (["0 1 993 192.0.2.1.example.net"], [], []), (["0 1 993 1.2.3"], [], []),
      (["0 1 993 ::1.example.com"], [.targetIsAddress(.v6(IPv6Address(rawValue: 1)))], [0]),
      (["0 1 0 mail"], [.portZero], [0]),
      (["0 1 143 mail"], [.portDiffers(registered: 993, found: 143)], [0]),
      (["0 1 993 mail", "0 2 993 MAIL"], [.repeated], [1]),
      (["5 0 993 c", "0 0 993 a", "0 0 993 b"], [.weightless], [1]),
    ] as [([String], [Kind], [Int])])
  func faults(records: [String], kinds: [Kind], positions: [Int]) throws {
    let services = try published(records)
    #expect(services.faults.map(\.kind) == kinds)
    #expect(services.faults.map(\.record) == positions)
    for fault in services.faults { #expect(fault.kind.description.hasSuffix(".")) }
  }

  @Test(
    "A service with STARTTLS should not come before its implicit variant",
    arguments: [("20", "10", false), ("10", "10", true), ("0", "10", true)])
  func preference(legacy: String, secure: String, isPreferred: Bool) throws {
    let legacy = try published(["\(legacy) 1 143 mail"], .imap)
    let secure = try published(["\(secure) 1 993 mail"])
    #expect(ServiceRecords.isPreferredOrEqual(legacy, over: secure) == isPreferred)
    #expect(try ServiceRecords.isPreferredOrEqual(legacy, over: published(["0 0 0 ."])) == nil)
  }

  @Test("No combination of records traps, and every fault is about one of them")
  func hostile() throws {
    var random = SeededGenerator()
    let domain = try Name("example.com")
    for _ in 0..<2000 {
      let records = try (0..<Int.random(in: 0...5, using: &random)).map { _ in
        let labels = (0..<Int.random(in: 0...5, using: &random)).map { _ in
          (0..<Int.random(in: 1...3, using: &random)).map { _ in
            Bool.random(using: &random)
              ? UInt8.random(in: 0x30...0x3A, using: &random) : .random(in: 0...255, using: &random)
          }
        }
        return SRV(
          priority: .random(in: 0...2, using: &random), weight: .random(in: 0...1, using: &random),
          port: .random(in: 0...1, using: &random), target: try Name(labels: labels))
      }
      let services = ServiceRecords(records, of: .imaps, at: domain)
      for fault in services.faults { #expect(records.indices.contains(fault.record)) }
    }
  }
}

private func published(_ lines: [String], _ service: MailService = .imaps) throws -> ServiceRecords {
  let records = try lines.map { line in
    let fields = line.split(separator: " ").map(String.init)
    let numbers = fields.prefix(3).compactMap { UInt16($0) }
    try #require(fields.count == 4 && numbers.count == 3)
    return SRV(priority: numbers[0], weight: numbers[1], port: numbers[2], target: try Name(fields[3]))
  }
  return ServiceRecords(records, of: service, at: try Name("example.com"))
}
