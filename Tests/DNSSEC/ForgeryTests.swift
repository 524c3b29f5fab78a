import DNSData
import DNSSEC
import Evidence
import SeededRandom
import SigningTesting
import Testing

/// Answers put together from what other questions were answered, or changed on the way.
@Suite struct ForgeryTests {
  let servers: NameServers

  init() throws { servers = try Hierarchy.servers.get() }

  private func question(_ name: String, _ type: RecordType) throws -> Question {
    Question(try Name(name), type)
  }

  private func denials(of zone: String) throws -> [WireRecord] {
    try servers.zones[Name(zone), default: []].filter {
      [.nsec, .nsec3].contains($0.type) || $0.covers(.nsec) || $0.covers(.nsec3)
    }
  }

  @Test(arguments: ["p256", "nsec3"])
  func `a denial of what exists is bogus`(label: String) throws {
    let records = try denials(of: "\(label).example")
    let name = try question("www.\(label).example", .a)
    for (code, gap) in [
      (SignedAnswer.ResponseCode.noError, DenialGap.typeExists), (.nameError, .name),
    ] {
      let forged = SignedAnswer(name, .response(code, answer: [], authority: records))
      #expect(
        try servers.security("www.\(label).example", .a, forging: [forged]).broken
          == ChainBreak(question: name, zone: Name("\(label).example"), reason: .denial(gap)))
    }
  }

  @Test func `a name that does not exist is not one without data`() throws {
    let name = try question("nothing.p256.example", .a)
    let forged = SignedAnswer(
      name, .response(.noError, answer: [], authority: try denials(of: "p256.example")))
    #expect(
      try servers.security("nothing.p256.example", .a, forging: [forged]).broken?.reason == .denial(.wildcard)
    )
  }

  @Test(arguments: [("www.p256.example", "example"), ("www.signed.test", "test")])
  func `the parent's denials say nothing of names below a cut`(name: String, parent: String) throws {
    for code in [SignedAnswer.ResponseCode.noError, .nameError] {
      let forged = SignedAnswer(
        try question(name, .a), .response(code, answer: [], authority: try denials(of: parent)))
      #expect(try servers.security(name, .a, forging: [forged]).broken?.question.name == Name(name))
    }
  }

  @Test func `the parent's NSEC record at a cut does not deny the child's data`() throws {
    let name = try question("p256.example", .mx)
    let forged = SignedAnswer(
      name, .response(.noError, answer: [], authority: try denials(of: "example")))
    #expect(
      try servers.security("p256.example", .mx, forging: [forged]).broken
        == ChainBreak(question: name, zone: Name("example"), reason: .denial(.wrongSideOfCut)))
  }

  @Test func `the child's denials do not deny its DS record`() throws {
    let signer = try question("p256.example", .ds)
    let forged = SignedAnswer(
      signer, .response(.noError, answer: [], authority: try denials(of: "p256.example")))
    #expect(
      try servers.security("www.p256.example", .a, forging: [forged]).broken?.reason
        == .signerIsNoZone(Name("p256.example")))
  }

  @Test(arguments: ["p256", "nsec3"])
  func `a wildcard does not answer for a name that exists`(label: String) throws {
    let zone = try #require(servers.zones[try Name("\(label).example")])
    let source = try Name("*.wild.\(label).example")
    let name = try question("host.wild.\(label).example", .txt)
    let replayed = zone.filter { $0.name == source && ($0.type == .txt || $0.covers(.txt)) }.map {
      WireRecord(name.name, $0.type, ttl: $0.ttl, rdata: $0.rdata)
    }
    for (authority, gap) in [
      (try denials(of: "\(label).example"), DenialGap.nextCloser), ([], .noRecords),
    ] {
      let forged = SignedAnswer(name, .response(.noError, answer: replayed, authority: authority))
      #expect(
        try servers.security("host.wild.\(label).example", .txt, forging: [forged]).broken
          == ChainBreak(question: name, zone: Name("\(label).example"), reason: .denial(gap)))
    }
  }

  @Test func `a denial needs the wildcard denied too`() throws {
    let apex = try Name("p256.example")
    let partial = try servers.with("p256.example.") {
      $0.removeAll { $0.name == apex && ($0.type == .nsec || $0.covers(.nsec)) }
    }
    #expect(try partial.security("nothing.p256.example", .a).broken?.reason == .denial(.wildcard))
    let covering = try servers.with("p256.example.") { records in
      records.removeAll { $0.name != apex && ($0.type == .nsec || $0.covers(.nsec)) }
    }
    #expect(try covering.security("nothing.p256.example", .a).broken?.reason == .denial(.name))
  }

  @Test func `of an NSEC3 denial no part may be missing`() throws {
    let records = try denials(of: "nsec3.example").filter { $0.type == .nsec3 }
    var reasons: Set<ChainBreak.Reason> = []
    for (missing, label) in records.flatMap({ record in ["nothing", "zzz", "other"].map { (record, $0) } }) {
      let partial = try servers.with("nsec3.example.") {
        $0.removeAll { $0.name == missing.name && ($0.type == .nsec3 || $0.covers(.nsec3)) }
      }
      let validation = try partial.trial("\(label).nsec3.example", .a).validation
      #expect(validation.conclusion == nil || validation.conclusion == .noSuchName)
      #expect(validation.security.insecurity == nil)
      if let broken = validation.security.broken { reasons.insert(broken.reason) }
    }
    #expect(reasons == [.denial(.closestEncloser), .denial(.nextCloser), .denial(.wildcard)])
  }

  @Test func `a wider span in an NSEC record is bogus`() throws {
    let forged = try servers.with("p256.example.") { records in
      let wide = RecordData.nsec(NSEC(next: try Name("p256.example"), types: [.rrsig, .nsec])).rdata
      records = records.map { $0.type == .nsec ? WireRecord($0.name, .nsec, ttl: $0.ttl, rdata: wide) : $0 }
    }
    #expect(try forged.security("nothing.p256.example", .a).broken?.reason == .badSignature)
    #expect(try forged.security("www.p256.example", .a) == .secure)
  }

  @Test func `an alias that does not follow from its DNAME is bogus`() throws {
    let name = try question("x.old.p256.example", .a)
    guard case .response(let code, let answer, let authority) = servers.answer(name).outcome else { return }
    let target = try Name("www.plain.example").wire
    let forged = SignedAnswer(
      name,
      .response(
        code,
        answer: answer.map { $0.type == .cname ? WireRecord($0.name, .cname, ttl: 0, rdata: target) : $0 },
        authority: authority))
    #expect(
      try servers.security("x.old.p256.example", .a, forging: [forged]).broken?.reason == .aliasMismatch)
  }

  @Test func `an alias out of a secure zone is no more secure than its end`() throws {
    let end = try servers.with("ed25519.example.") { $0.removeAll { $0.covers(.a) } }
    #expect(
      try end.security("far.p256.example", .a).broken
        == ChainBreak(
          question: question("www.ed25519.example", .a), zone: Name("ed25519.example"), reason: .noSignature))
  }

  @Test func `an alias into an insecure zone is insecure`() throws {
    #expect(
      try servers.security("out.p256.example", .a)
        == .insecure(Insecurity(zone: Name("plain.example"), reason: .unsignedDelegation)))
  }

  @Test func `an insecure zone above an anchor takes nothing from it`() throws {
    var servers = servers
    let island = try Name("island.example")
    let keys = (servers.zones[island] ?? []).filter { $0.type == .dnskey }
    let text = try keys.map { "\(island) IN DNSKEY \(try RecordData(type: .dnskey, rdata: $0.rdata))\n" }
    let above = ". IN DS 1 23 2 \(String(repeating: "00", count: 32))\n"
    servers.anchors = try TrustAnchors(file: "anchor", octets: Array((above + text.joined()).utf8))
    #expect(try servers.security("www.p256.example", .a).insecurity?.zone == .root)
    #expect(try servers.security("www.island.example", .a) == .secure)
    let question = try question("www.island.example", .a)
    let claimed = try servers.answer(question).signed(by: Name("example"))
    #expect(try servers.security("www.island.example", .a, forging: [claimed]).broken != nil)
  }

  @Test(arguments: [
    ("www.p256.example", RecordType.a), ("p256.example", .ds), ("p256.example", .dnskey),
    ("example", .dnskey), (".", .dnskey),
  ])
  func `a link that nobody answered leaves it open`(name: String, type: RecordType) throws {
    let missing = try question(name, type)
    let silent = SignedAnswer(missing, .failure(.timeout))
    #expect(
      try servers.security("www.p256.example", .a, forging: [silent])
        == .indeterminate(.failure(missing, .timeout)))
  }

  /// Whatever is changed on the way: the answer is secure with the true records, or it is not used.
  @Test(arguments: ["p256", "nsec3", "bind"])
  func `no change of any answer makes it insecure, or secure with other records`(label: String) throws {
    var random = SeededGenerator(seed: 7)
    let data = try question("www.\(label).example", .a)
    let truth = servers.answer(data).rdata(of: .a)
    let chain = try [
      data, question("\(label).example", .ds), question("\(label).example", .dnskey),
      question("example", .ds), question("example", .dnskey), Question(.root, .dnskey),
    ]
    for _ in 0..<150 {
      let target = try #require(chain.randomElement(using: &random))
      let forged = servers.answer(target).mutated(using: &random)
      let security = try servers.security("www.\(label).example", .a, forging: [forged])
      if security == .secure {
        #expect(target != data || forged.rdata(of: .a) == truth)
      } else {
        #expect(security.broken != nil || security.isOfNothing, "\(security) by \(forged)")
      }
    }
  }

  /// The same for what does not exist.
  @Test(arguments: ["p256", "nsec3", "salted"])
  func `no change of a denial makes it insecure, or deny something else`(label: String) throws {
    var random = SeededGenerator(seed: 11)
    for (name, conclusion) in [("nothing", Validation.Conclusion.noSuchName), ("empty", .noData)] {
      let question = try question("\(name).\(label).example", .a)
      for _ in 0..<50 {
        let forged = servers.answer(question).mutated(using: &random)
        let validation = try servers.trial("\(name).\(label).example", .a, forging: [forged]).validation
        #expect(validation.security == .secure || validation.security.broken != nil)
        #expect(validation.conclusion == nil || validation.conclusion == conclusion)
      }
    }
  }
}

extension SignedAnswer {
  /// With another signer in every signature.
  func signed(by signer: Name) throws -> SignedAnswer {
    guard case .response(let code, let answer, let authority) = outcome else { return self }
    let changed = try answer.map { record in
      guard case .rrsig(let rrsig) = try RecordData(type: record.type, rdata: record.rdata) else {
        return record
      }
      let other = RRSIG(
        covered: rrsig.covered, algorithm: rrsig.algorithm, labels: rrsig.labels,
        originalTTL: rrsig.originalTTL, expiration: rrsig.expiration, inception: rrsig.inception,
        keyTag: rrsig.keyTag, signer: signer, signature: rrsig.signature)
      return WireRecord(record.name, .rrsig, ttl: record.ttl, rdata: RecordData.rrsig(other).rdata)
    }
    return SignedAnswer(question, .response(code, answer: changed, authority: authority))
  }

  func rdata(of type: RecordType) -> Set<[UInt8]> {
    guard case .response(_, let answer, _) = outcome else { return [] }
    return Set(answer.filter { $0.type == type }.map(\.rdata))
  }

  /// One octet changed, or one record left out, doubled, moved between sections or renamed, or the code changed.
  fileprivate func mutated(using random: inout SeededGenerator) -> SignedAnswer {
    guard case .response(let code, var answer, var authority) = outcome else { return self }
    func change(_ records: inout [WireRecord]) {
      guard let index = records.indices.randomElement(using: &random) else { return }
      let record = records[index]
      switch Int.random(in: 0..<6, using: &random) {
      case 0: records.remove(at: index)
      case 1: records.append(record)
      case 2:
        records[index] = WireRecord(record.name.parent ?? .root, record.type, ttl: 0, rdata: record.rdata)
      default:
        var rdata = record.rdata
        guard let position = rdata.indices.randomElement(using: &random) else { return }
        rdata[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        records[index] = WireRecord(record.name, record.type, ttl: record.ttl, rdata: rdata)
      }
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return SignedAnswer(question, .response(.nameError, answer: answer, authority: authority))
    case 1: return SignedAnswer(question, .response(code, answer: authority, authority: answer))
    case 2: return SignedAnswer(question, .response(code, answer: [], authority: authority))
    case 3...5: change(&answer)
    default: change(&authority)
    }
    return SignedAnswer(question, .response(code, answer: answer, authority: authority))
  }
}
