/// Policies as they are served, each with its faults; every kind of fault is here once.
import DNSData
import SeededRandom
import Testing

@testable import MTASTS

private let samplePolicy = """
  version: STSv1
  mode: enforce
  mx: mail.example.com
  mx: *.example.net
  mx: backupmx.example.com
  max_age: 604800

  """

@Suite struct MTASTSPolicyTests {
  typealias Kind = MTASTSPolicyFault.Kind

  @Test("The example of RFC 8461 §3.2 is read, with either kind of line end", arguments: ["\n", "\r\n"])
  func lineEnds(lineEnd: String) {
    let policy = MTASTSPolicy(samplePolicy.split(separator: "\n").map { $0 + lineEnd }.joined())
    #expect(policy.faults.isEmpty)
    #expect(policy.usability == .ok)
    #expect(policy.mode == .enforce)
    #expect(policy.maxAge == 604_800)
    #expect(
      policy.patterns.map(\.description) == ["mail.example.com", "*.example.net", "backupmx.example.com"])
  }

  @Test(
    "The order is free, unknown fields and blanks at the end of a line are legal",
    arguments: [
      "max_age:0\nmx:a.example\nmode:testing\nversion:STSv1",
      "version: STSv1 \nmode:  none\nmax_age: 31557600",
      "version: STSv1\nmode: none\nmax_age: 86400\nx-note: Grüße, 100% legal = fine\n",
    ])
  func sound(text: String) {
    let policy = MTASTSPolicy(text)
    #expect(policy.faults.isEmpty)
    #expect(policy.usability == .ok)
  }

  @Test(
    "Every fault of a line has its kind and its place",
    arguments: [
      ("mx a.example", [.missingColon], [0..<12]), (" mx: a.example", [.leadingWhiteSpace], [0..<14]),
      ("mx\u{20}: a.example", [.illegalName], [0..<3]), (": a.example", [.illegalName], [0..<0]),
      ("", [.emptyLine], [0..<0]), ("mx:\ta.example", [.tab], [3..<4]),
      ("MX: a.example", [.fieldNameNotLowerCase], [0..<2]),
      ("x:", [.emptyValue], [0..<1]), ("x: \u{1}", [.illegalOctet], [3..<4]),
      ("mode: none", [.duplicate], [0..<4]),
      ("mx: .example", [.pattern(.leadingDot)], [4..<12]), ("mx:", [.pattern(.empty)], [3..<3]),
    ] as [(String, [Kind], [Range<Int>])])
  func lines(line: String, kinds: [Kind], ranges: [Range<Int>]) {
    let policy = MTASTSPolicy(samplePolicy + line + "\n")
    let start = samplePolicy.utf8.count
    #expect(policy.faults.map(\.kind) == kinds)
    #expect(policy.faults.map(\.range) == ranges.map { ($0.lowerBound + start)..<($0.upperBound + start) })
    #expect(policy.usability == .ok)
    #expect(policy.mode == .enforce)
    for fault in policy.faults {
      #expect(fault.kind.effect != .discardsPolicy)
      #expect(fault.kind.description.hasSuffix("."))
    }
  }

  @Test(
    "Every fault that voids the policy has its kind and its place",
    arguments: [
      ("", [.empty], [0..<0], .ignored), (" \r\n\t", [.empty], [0..<4], .ignored),
      ("\n<!DOCTYPE html>\nversion: STSv1", [.html], [0..<31], .ignored),
      (
        "nothing", [.missingColon, .versionMissing, .modeMissing, .maxAgeMissing, .patternsMissing],
        [0..<7, 7..<7, 7..<7, 7..<7, 7..<7], .ignored
      ),
      ("\u{FEFF}" + samplePolicy, [.byteOrderMark], [0..<3], .error),
      (
        "version: STSv1\rmode: none\rmax_age: 1\r",
        [.bareCarriageReturn, .bareCarriageReturn, .bareCarriageReturn], [14..<15, 25..<26, 36..<37], .error
      ),
      ("version: STSv2\nmode: none\nmax_age: 1", [.versionInvalid], [9..<14], .error),
      ("version: stsv1\nmode: none\nmax_age: 1", [.versionInvalid], [9..<14], .error),
      ("mode: none\nmax_age: 1", [.versionMissing], [21..<21], .error),
      ("version: STSv1\nmax_age: 1\nmx: a.example", [.modeMissing], [39..<39], .error),
      ("version: STSv1\nmode: Enforce\nmax_age: 1\nmx: a.example", [.modeInvalid], [21..<28], .error),
      ("version: STSv1\nmode: none", [.maxAgeMissing], [25..<25], .error),
      ("version: STSv1\nmode: none\nmax_age: 1d", [.maxAgeInvalid], [35..<37], .error),
      ("version: STSv1\nmode: none\nmax_age: -1", [.maxAgeInvalid], [35..<37], .error),
      ("version: STSv1\nmode: none\nmax_age: 00000000001", [.maxAgeInvalid], [35..<46], .error),
      ("version: STSv1\nmode: none\nmax_age: 31557601", [.maxAgeTooLarge], [35..<43], .error),
      ("version: STSv1\nmode: testing\nmax_age: 1", [.patternsMissing], [39..<39], .error),
      (
        "version: STSv1\nmode: enforce\nmax_age: 1\nmx: *", [.pattern(.wildcardAlone), .patternsMissing],
        [44..<45, 45..<45], .error
      ),
    ] as [(String, [Kind], [Range<Int>], MTASTSUsability)])
  func voids(text: String, kinds: [Kind], ranges: [Range<Int>], usability: MTASTSUsability) {
    let policy = MTASTSPolicy(text)
    #expect(policy.faults.map(\.kind) == kinds)
    #expect(policy.faults.map(\.range) == ranges)
    #expect(policy.usability == usability)
    #expect(policy.publication == nil)
    for fault in policy.faults { #expect(fault.kind.description.hasSuffix(".")) }
  }

  @Test("A value that is not UTF-8 drops its line, and a policy above 64 kilobytes is void")
  func octets() {
    let start = samplePolicy.utf8.count
    let broken = MTASTSPolicy(Array(samplePolicy.utf8) + [0x78, 0x3A, 0xFF])
    #expect(broken.faults == [MTASTSPolicyFault(kind: .notUTF8, range: (start + 2)..<(start + 3))])
    let filler = "x: " + String(repeating: "y", count: MTASTSPolicy.maximumSize)
    let large = MTASTSPolicy(samplePolicy + filler)
    #expect(large.faults.map(\.kind) == [.tooLarge])
    #expect(large.faults.map(\.range) == [65_536..<(start + filler.utf8.count)])
    #expect(large.usability == .error)
    let full = MTASTSPolicy(samplePolicy + String(filler.prefix(MTASTSPolicy.maximumSize - start)))
    #expect(full.usability == .ok)
    #expect(MTASTSPolicy(String(repeating: "\r", count: 60_000) + "mode: none").faults.count > 60_000)
  }

  @Test(
    "A pattern covers its host, or exactly one label below its domain (RFC 8461 §4.1)",
    arguments: [
      ("mail.example.com", "MAIL.example.com", true), ("mail.example.com", "a.mail.example.com", false),
      ("*.example.com", "mail.example.com", true), ("*.Example.com", "mail.EXAMPLE.com", true),
      ("*.example.com", "example.com", false), ("*.example.com", "a.mail.example.com", false),
      ("*.example.com", "mail.example.org", false),
      ("*.xn--bcher-kva.example", "mx.xn--bcher-kva.example", true),
    ])
  func matching(pattern: String, host: String, isCovered: Bool) throws {
    #expect(try MTASTSPattern(Array(pattern.utf8)).matches(Name(host)) == isCovered)
    let policy = MTASTSPolicy("version: STSv1\nmode: enforce\nmax_age: 86400\nmx: \(pattern)\n")
    #expect(try policy.covers(Name(host)) == isCovered)
  }

  @Test(
    "What is no pattern says why",
    arguments: [
      ("", .empty), ("mx.bücher.example", .notASCII), ("a.example, b.example", .list), ("a.example;", .list),
      ("a.example b.example", .list), ("192.0.2.1", .address), ("[192.0.2.1]", .address),
      ("2001:db8::1", .address),
      ("[IPv6:2001:db8::1]", .address), ("*", .wildcardAlone), ("*.", .wildcardAlone),
      (".example.com", .leadingDot),
      ("mail.example.com.", .trailingDot), ("*.*.example", .wildcardMisplaced),
      ("mail.*.example", .wildcardMisplaced),
      ("mx*.example.com", .wildcardMisplaced), ("*example.com", .wildcardMisplaced),
      ("a..example", .labelInvalid),
      ("-a.example", .labelInvalid), ("a_b.example", .labelInvalid), ("https://a.example", .labelInvalid),
      (Array(repeating: String(repeating: "a", count: 63), count: 5).joined(separator: "."), .nameTooLong),
    ] as [(String, MTASTSPatternError)])
  func patternErrors(text: String, error: MTASTSPatternError) {
    #expect(throws: error) { try MTASTSPattern(Array(text.utf8)) }
    #expect(error.description.hasSuffix("."))
  }

  @Test("What is printed reads back to the same policy")
  func printing() throws {
    let policy = MTASTSPolicy(
      "mx: *.example.com\nmode: testing\nversion: STSv1\nmx: .bad\nmax_age: 0600\nx: y")
    let publication = try #require(policy.publication)
    #expect(
      publication.description == "version: STSv1\r\nmode: testing\r\nmx: *.example.com\r\nmax_age: 600\r\n")
    #expect(MTASTSPolicy(publication.description).publication == publication)
    #expect(MTASTSPolicyPublication(mode: .enforce, maxAge: 86_400, patterns: []) == nil)
    #expect(MTASTSPolicyPublication(mode: .none, maxAge: 86_400, patterns: []) != nil)
    #expect(MTASTSPolicyPublication(mode: .none, maxAge: -1, patterns: []) == nil)
  }

  @Test("Hostile octets never trap, and every fault lies inside the text")
  func hostile() {
    var random = SeededGenerator()
    let pieces: [[UInt8]] = [
      "version: STSv1", "mode: enforce", "mx: *.example.com", "mx: ", "max_age: ", "86400", "99999999999",
      ":", " ",
      "\t", "\r", "\n", "\r\n", "\u{FEFF}", "<", "ü", "*", ".", "none",
    ].map { Array($0.utf8) }
    for _ in 0..<5000 {
      let octets = hostileOctets(pieces, &random)
      let policy = MTASTSPolicy(octets)
      for fault in policy.faults {
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= octets.count)
      }
      if let publication = policy.publication {
        #expect(MTASTSPolicy(publication.description).publication == publication)
      }
    }
  }
}

extension MTASTSPolicy {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
}
