import DNSData
import DNSSEC
import Evidence
import SigningTesting
import Testing

@Suite struct DiseaseTests {
  let servers: NameServers

  init() throws { servers = try Hierarchy.servers.get() }

  private func question(_ name: String, _ type: RecordType) throws -> Question {
    Question(try Name(name), type)
  }

  // MARK: - Insecure

  @Test func `an unsigned zone below a proof is insecure`() throws {
    for name in ["www.plain.example", "nothing.plain.example", "plain.example"] {
      #expect(
        try servers.security(name, .a)
          == .insecure(Insecurity(zone: Name("plain.example"), reason: .unsignedDelegation)), "\(name)")
    }
  }

  @Test func `a signed zone without DS records is an island, and insecure`() throws {
    #expect(
      try servers.security("www.island.example", .a)
        == .insecure(Insecurity(zone: Name("island.example"), reason: .unsignedDelegation)))
  }

  @Test func `an unsigned delegation in an opt-out span is insecure, a signed one is not`() throws {
    #expect(
      try servers.security("www.plain.test", .a)
        == .insecure(Insecurity(zone: Name("test"), reason: .optOut(name: Name("plain.test")))))
    #expect(try servers.security("www.signed.test", .a) == .secure)
  }

  @Test func `denials in an opt-out span are insecure, those at a name are not`() throws {
    #expect(
      try servers.security("nothing.optout.example", .a).insecurity?.reason
        == .optOut(name: Name("nothing.optout.example")))
    #expect(
      try servers.security("any.wild.optout.example", .txt).insecurity?.reason
        == .optOut(name: Name("any.wild.optout.example")))
    #expect(try servers.security("www.optout.example", .txt) == .secure)
  }

  @Test func `more than a hundred iterations make denials insecure, and leave records secure`() throws {
    let insecure = Security.insecure(Insecurity(zone: try Name("many.example"), reason: .iterations(500)))
    #expect(try servers.security("www.many.example", .a) == .secure)
    for (name, type) in [
      ("nothing", RecordType.a), ("www", .txt), ("any.wild", .txt), ("empty", .a),
    ] {
      #expect(try servers.security("\(name).many.example", type) == insecure, "\(name)")
    }
  }

  @Test func `RSA with SHA-1 counts as no algorithm`() throws {
    #expect(
      try servers.security("www.sha1.example", .a)
        == .insecure(Insecurity(zone: Name("sha1.example"), reason: .unsupportedAlgorithms([5]))))
  }

  @Test func `a DS record of SHA-1 alone counts as none`() throws {
    #expect(
      try servers.security("www.sha1ds.example", .a)
        == .insecure(Insecurity(zone: Name("sha1ds.example"), reason: .unsupportedDigests([1]))))
  }

  @Test func `an unknown algorithm counts as none`() throws {
    #expect(
      try servers.security("www.unknown.example", .a)
        == .insecure(Insecurity(zone: Name("unknown.example"), reason: .unsupportedAlgorithms([23]))))
  }

  @Test func `an unknown algorithm in the anchor is insecure`() throws {
    var servers = servers
    servers.anchors = try TrustAnchors(
      file: "anchor", octets: Array(". IN DS 1 23 2 \(String(repeating: "00", count: 32))".utf8))
    #expect(
      try servers.security("www.p256.example", .a)
        == .insecure(Insecurity(zone: .root, reason: .unsupportedAlgorithms([23]))))
  }

  // MARK: - Bogus

  @Test func `expired signatures are bogus`() throws {
    #expect(
      try servers.security("www.expired.example", .a).broken
        == ChainBreak(
          question: question("expired.example", .dnskey), zone: Name("expired.example"),
          reason: .expired(#require(Timestamp("2026-04-01T00:00:00Z")))))
  }

  @Test func `signatures hold from the first to the last second of their time`() throws {
    for (time, isSecure) in [
      ("2026-04-30T23:59:59Z", false), ("2026-05-01T00:00:00Z", true), ("2026-07-01T00:00:00Z", true),
      ("2026-07-01T00:00:01Z", false),
    ] {
      #expect(
        (try servers.security("www.p256.example", .a, at: time) == .secure) == isSecure, "\(time)")
    }
  }

  @Test func `signatures from the future are bogus`() throws {
    #expect(
      try servers.security("www.future.example", .a).broken?.reason
        == .notYetValid(#require(Timestamp("2026-08-01T00:00:00Z"))))
  }

  @Test func `keys that the DS records do not name are bogus`() throws {
    let other = try Hierarchy.servers.get().with("p256.example.") { records in
      records =
        try records.filter { $0.type != .dnskey && !$0.covers(.dnskey) }
        + (servers.zones[Name("p384.example")] ?? []).filter { $0.type == .dnskey }
        .map { WireRecord(try Name("p256.example"), .dnskey, ttl: $0.ttl, rdata: $0.rdata) }
    }
    let broken = try #require(try other.security("www.p256.example", .a).broken)
    #expect(try broken.question == question("p256.example", .dnskey))
    guard case .noKeyMatchesDelegation(let tags) = broken.reason else {
      Issue.record("\(broken.reason)")
      return
    }
    #expect(tags.count == 1)
  }

  @Test func `a wrong digest in the DS record is bogus`() throws {
    let broken = try #require(try servers.security("www.wrong.example", .a).broken)
    #expect(try broken.question == question("wrong.example", .dnskey))
    guard case .noKeyMatchesDelegation = broken.reason else {
      Issue.record("\(broken.reason)")
      return
    }
  }

  @Test func `a zone with DS records and without keys is bogus`() throws {
    let broken = try servers.with("p256.example.") { $0.removeAll { $0.type == .dnskey } }
      .security("www.p256.example", .a).broken
    #expect(
      try broken
        == ChainBreak(
          question: question("p256.example", .dnskey), zone: Name("p256.example"), reason: .noKeys))
  }

  @Test(arguments: ["p256", "nsec3", "salted", "bind"])
  func `stripped answers of a secure zone are bogus, never insecure`(label: String) throws {
    let zone = try Name("\(label).example")
    let stripped = try servers.with("\(label).example.") { records in
      records.removeAll { [.rrsig, .nsec, .nsec3].contains($0.type) && !$0.covers(.dnskey) }
    }
    #expect(
      try stripped.security("\(label).example", .mx).broken
        == ChainBreak(question: Question(zone, .mx), zone: zone, reason: .noSignature))
    #expect(
      try stripped.security("nothing.\(label).example", .a).broken?.reason == .denial(.noRecords))
    // Below the apex a cut might be hidden: the proof that there is none is missing too.
    #expect(
      try stripped.security("www.\(label).example", .a).broken
        == ChainBreak(
          question: question("www.\(label).example", .ds), zone: zone, reason: .denial(.noRecords)))
    let unsigned = try servers.answer(question("www.\(label).example", .a)).without { $0.type == .rrsig }
    #expect(
      try servers.security("www.\(label).example", .a, forging: [unsigned]).broken
        == ChainBreak(question: question("www.\(label).example", .a), zone: zone, reason: .noSignature))
  }

  @Test func `a stripped delegation is bogus`() throws {
    let signer = try question("p256.example", .ds)
    for forged in [
      servers.answer(signer).without { $0.type == .rrsig },
      SignedAnswer(signer, .response(.noError, answer: [], authority: [])),
      SignedAnswer(signer, .response(.nameError, answer: [], authority: [])),
    ] {
      #expect(try servers.security("www.p256.example", .a, forging: [forged]).broken?.question == signer)
    }
  }

  @Test func `a zone without its NSEC records answers securely and denies bogusly`() throws {
    let broken = try servers.with("p256.example.") { $0.removeAll { $0.type == .nsec || $0.covers(.nsec) } }
    #expect(try broken.security("www.p256.example", .a) == .secure)
    for (name, type) in [("nothing", RecordType.a), ("www", .txt), ("any.wild", .txt)] {
      #expect(
        try broken.security("\(name).p256.example", type).broken
          == ChainBreak(
            question: question("\(name).p256.example", type), zone: Name("p256.example"),
            reason: .denial(.noRecords)))
    }
  }

  @Test(arguments: Hierarchy.algorithms)
  func `a changed record is bogus whatever the algorithm`(label: String) throws {
    let name = try Name("www.\(label).example")
    let tampered = try servers.with("\(label).example.") { records in
      records = records.map {
        $0.name == name && $0.type == .a
          ? WireRecord($0.name, .a, ttl: $0.ttl, rdata: [192, 0, 2, $0.rdata.last.map { $0 ^ 0x40 } ?? 0])
          : $0
      }
    }
    #expect(
      try tampered.security("www.\(label).example", .a).broken
        == ChainBreak(question: Question(name, .a), zone: Name("\(label).example"), reason: .badSignature))
  }

  @Test func `one record more or less is bogus`() throws {
    let name = try Name("www.p256.example")
    let less = try servers.with("p256.example.") { records in
      if let index = records.firstIndex(where: { $0.name == name && $0.type == .a }) {
        records.remove(at: index)
      }
    }
    #expect(try less.security("www.p256.example", .a).broken?.reason == .badSignature)
    let more = try servers.with("p256.example.") {
      $0.append(WireRecord(name, .a, ttl: 3600, rdata: [198, 51, 100, 1]))
    }
    #expect(try more.security("www.p256.example", .a).broken?.reason == .badSignature)
  }
}

extension SignedAnswer {
  func without(_ isLeftOut: (WireRecord) -> Bool) -> SignedAnswer {
    guard case .response(let code, let answer, let authority) = outcome else { return self }
    return SignedAnswer(
      question,
      .response(
        code, answer: answer.filter { !isLeftOut($0) }, authority: authority.filter { !isLeftOut($0) }))
  }
}
