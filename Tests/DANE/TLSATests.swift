/// TLSA records and sets as they are published; every kind of fault is here once.
import DNSData
import SeededRandom
import Testing

@testable import DANE

@Suite struct TLSATests {
  typealias Kind = TLSAFault.Kind

  @Test(
    "A record for MX hosts is judged by its fields (RFC 7672 §3.1)",
    arguments: [
      (3, 1, 1, 32, [], true), (2, 0, 1, 32, [], true), (3, 1, 2, 64, [], true), (2, 1, 1, 32, [], true),
      (3, 0, 1, 32, [.pinsCertificate], true), (3, 1, 0, 294, [.fullData], true),
      (2, 0, 0, 1200, [.fullData], true),
      (0, 0, 1, 32, [.usagePKIX], false), (1, 1, 1, 32, [.usagePKIX], false),
      (4, 1, 1, 32, [.usageUnknown], false),
      (255, 1, 1, 32, [.usageUnknown], false), (3, 2, 1, 32, [.selectorUnknown], false),
      (3, 1, 3, 32, [.matchingTypeUnknown], false),
      (3, 1, 1, 31, [.associationLength(expected: 32, found: 31)], false),
      (3, 1, 2, 32, [.associationLength(expected: 64, found: 32)], false),
      (3, 1, 1, 0, [.associationEmpty], false), (3, 1, 0, 0, [.fullData, .associationEmpty], false),
      (
        9, 9, 9, 0, [.usageUnknown, .selectorUnknown, .matchingTypeUnknown, .associationEmpty], false
      ),
    ] as [(UInt8, UInt8, UInt8, Int, [Kind], Bool)])
  func record(
    usage: UInt8, selector: UInt8, matchingType: UInt8, length: Int, kinds: [Kind], isUsable: Bool
  ) {
    let assessment = TLSAAssessment(.of(usage, selector, matchingType, length), for: .smtp)
    #expect(assessment.faults.map(\.kind) == kinds)
    #expect(assessment.isUsable == isUsable)
    for fault in assessment.faults { #expect(fault.kind.description.hasSuffix(".")) }
  }

  @Test("Clients of SRV services may use all four usages (RFC 7673)", arguments: [0, 1, 2, 3] as [UInt8])
  func otherServices(usage: UInt8) {
    #expect(TLSAAssessment(.of(usage, 1, 1, 32), for: .srv).isUsable)
  }

  @Test("A fault says which field it is about")
  func fields() {
    #expect(TLSAAssessment(.of(1, 7, 0, 0), for: .smtp).faults.map(\.field) == TLSAField.allCases)
  }

  @Test(
    "A set is judged as a whole",
    arguments: [
      ([], .empty, []), ([(3, 1, 1, 32), (3, 1, 1, 32)], .authenticates, []),
      ([(3, 1, 1, 32), (2, 1, 1, 32)], .authenticates, []),
      ([(3, 1, 1, 32)], .authenticates, [.singleRecord]),
      ([(3, 1, 1, 32), (1, 1, 1, 32)], .authenticates, [.someUnusable]),
      ([(0, 0, 1, 32), (3, 1, 1, 20)], .allUnusable, [.allUnusable]),
      ([(1, 1, 1, 32)], .allUnusable, [.allUnusable]),
      ([(2, 1, 1, 32), (2, 0, 1, 32)], .authenticates, [.trustAnchorsOnly]),
      ([(3, 1, 2, 64), (3, 1, 2, 64)], .authenticates, [.sha512Only]),
      ([(3, 1, 2, 64), (3, 1, 1, 32)], .authenticates, []),
      ([(3, 1, 0, 90), (3, 1, 0, 91)], .authenticates, [.fullDataOnly]),
      ([(3, 0, 1, 32), (3, 0, 1, 32)], .authenticates, [.certificatesOnly]),
      ([(3, 0, 1, 32), (3, 1, 1, 32)], .authenticates, []),
    ] as [([(UInt8, UInt8, UInt8, Int)], TLSASet.Standing, [TLSASetFault])])
  func set(records: [(UInt8, UInt8, UInt8, Int)], standing: TLSASet.Standing, faults: [TLSASetFault]) {
    let set = TLSASet(records.map { .of($0.0, $0.1, $0.2, $0.3) }, for: .smtp)
    #expect(set.standing == standing)
    #expect(set.faults == faults)
    #expect(set.usable.isEmpty == (standing != .authenticates))
  }

  @Test("Records are at the port and the host")
  func names() throws {
    #expect(try TLSAName.of(host: Name("mx.example.com"))?.display == "_25._tcp.mx.example.com")
    #expect(try TLSAName.of(host: Name("mx.example.com"), port: 465)?.display == "_465._tcp.mx.example.com")
    let long = try Name(labels: Array(repeating: Array(repeating: 0x61, count: 61), count: 4))
    #expect(TLSAName.of(host: long) == nil)
  }

  @Test("Every fault of a set has a sentence")
  func sentences() { for fault in TLSASetFault.allCases { #expect(fault.description.hasSuffix(".")) } }

  @Test("No combination of octets traps")
  func hostile() {
    var random = SeededGenerator()
    for _ in 0..<2000 {
      let records = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        TLSA.of(
          .random(in: 0...5, using: &random), .random(in: 0...3, using: &random),
          .random(in: 0...4, using: &random),
          .random(in: 0...70, using: &random))
      }
      let set = TLSASet(records, for: Bool.random(using: &random) ? .smtp : .srv)
      #expect(set.records.count == records.count)
    }
  }
}

extension TLSA {
  fileprivate static func of(_ usage: UInt8, _ selector: UInt8, _ matchingType: UInt8, _ length: Int) -> TLSA
  {
    TLSA(
      usage: usage, selector: selector, matchingType: matchingType,
      association: Array(repeating: 1, count: length))
  }
}
