import DNSData
import DNSSEC
import Evidence
import SigningTesting
import Testing

@Suite struct OwnZoneTests {
  private static let address: [UInt8] = [192, 0, 2, 1]
  private static let nxname = RecordType(rawValue: 128)

  let own: OwnZone

  init() throws {
    own = try OwnZone()
    try own.add("www.own.", .a, [Self.address])
  }

  private func addKeys(_ keys: [DNSKEY]? = nil, _ change: OwnZone.Change = OwnZone.Change()) throws {
    try own.add(OwnZone.name, (keys ?? [own.key()]).map(RecordData.dnskey), change)
  }

  @Test func `a zone under an anchor of its own is secure`() throws {
    try addKeys()
    let validation = try own.servers().trial("www.own", .a).validation
    #expect(validation.security == .secure)
    #expect(validation.chain.first?.proof == .keySet(.anchor, keyTag: own.key().keyTag, algorithm: 15))
  }

  // MARK: - Compact denial (RFC 9824)

  @Test(arguments: [SignedAnswer.ResponseCode.noError, .nameError])
  func `NXNAME says that the name does not exist, whatever the response code`(
    code: SignedAnswer.ResponseCode
  ) throws {
    try addKeys()
    let question = Question(try Name("gone.own"), .a)
    let next = try Name("\\000.gone.own")
    let denial = try OwnZone.compact(own, "gone.own.", next, [.rrsig, .nsec, Self.nxname])
    let answer = SignedAnswer(question, .response(code, answer: [], authority: denial))
    let validation = try own.servers().trial("gone.own", .a, forging: [answer]).validation
    #expect(validation.security == .secure)
    #expect(validation.conclusion == .noSuchName)
  }

  @Test func `a compact NSEC without NXNAME says that the name has other types`() throws {
    try addKeys()
    let question = Question(try Name("www.own"), .mx)
    let denial = try OwnZone.compact(own, "www.own.", try Name("\\000.www.own"), [.a, .rrsig, .nsec])
    let answer = SignedAnswer(question, .response(.noError, answer: [], authority: denial))
    let validation = try own.servers().trial("www.own", .mx, forging: [answer]).validation
    #expect(validation.security == .secure)
    #expect(validation.conclusion == .noData)
  }

  // MARK: - Signatures

  @Test func `the name in an NSEC record is signed in the case that it has`() throws {
    try addKeys()
    let question = Question(try Name("www.own"), .mx)
    let upper: [UInt8] = [3, 0x5A, 0x5A, 0x5A, 3, 0x6F, 0x77, 0x6E, 0] + [0, 6, 0x40, 0, 0, 0, 0, 3]
    let owner = try Name("www.own")
    let signature = try own.signature(of: owner, .nsec, [upper])
    for (rdata, isSecure) in [(upper, true), (upper.map { $0 == 0x5A ? 0x7A : $0 }, false)] {
      let denial = [WireRecord(owner, .nsec, ttl: 300, rdata: rdata), signature]
      let answer = SignedAnswer(question, .response(.noError, answer: [], authority: denial))
      let security = try own.servers().security("www.own", .mx, forging: [answer])
      #expect(isSecure ? security == .secure : security.broken?.reason == .badSignature)
    }
  }

  @Test func `times are compared across the end of their 32 bits`() throws {
    let change = OwnZone.Change(inception: UInt32.max - 1000, expiration: 1000)
    try addKeys(nil, change)
    try own.add("late.own.", .a, [Self.address], change)
    let servers = try own.servers()
    let validation = try servers.trial("late.own", .a, at: "2106-02-07T06:28:16Z").validation
    #expect(validation.security == .secure)
    #expect(validation.expiration == Timestamp("2106-02-07T06:44:56Z"))
    #expect(
      try servers.security("late.own", .a, at: "2106-02-07T07:00:00Z").broken?.reason
        == .expired(#require(Timestamp("2106-02-07T06:44:56Z"))))
  }

  @Test func `a signature of more labels than the name has fits nothing`() throws {
    try addKeys()
    try own.add("odd.own.", .a, [Self.address], OwnZone.Change(labels: 3))
    #expect(try own.servers().security("odd.own", .a).broken?.reason == .malformedSignature)
  }

  @Test func `a signature of a name below the zone is one of no zone`() throws {
    try addKeys()
    let signer = try Name("odd.own")
    try own.add("odd.own.", .a, [Self.address], OwnZone.Change(signer: signer))
    let noCut = SignedAnswer(
      Question(signer, .ds),
      .response(
        .noError, answer: [],
        authority: try OwnZone.compact(own, "odd.own.", try Name("\\000.odd.own"), [.a, .rrsig, .nsec])))
    #expect(
      try own.servers().security("odd.own", .a, forging: [noCut]).broken?.reason
        == .signerIsNoZone(signer))
  }

  @Test func `a zone signs no DNAME above itself`() throws {
    try addKeys()
    let question = Question(try Name("www.own"), .a)
    let target = try Name("elsewhere").wire
    let dname = RecordType(rawValue: 39)
    let forged = SignedAnswer(
      question,
      .response(
        .noError,
        answer: [
          WireRecord(.root, dname, ttl: 300, rdata: target),
          try own.signature(of: .root, dname, [target]),
        ], authority: []))
    #expect(
      try own.servers().security("www.own", .a, forging: [forged]).broken?.reason == .malformedSignature)
  }

  // MARK: - Denial

  @Test func `a wildcard does not answer below a name that exists`() throws {
    try addKeys()
    try own.add("*.own.", [.txt(TXT("wildcard"))])
    let question = Question(try Name("x.sub.own"), .txt)
    let replayed = own.records.filter { $0.name.isWildcard }.map {
      WireRecord(question.name, $0.type, ttl: $0.ttl, rdata: $0.rdata)
    }
    let denial = try OwnZone.compact(own, "sub.own.", try Name("www.own"), [.a, .rrsig, .nsec])
    let forged = SignedAnswer(question, .response(.noError, answer: replayed, authority: denial))
    #expect(
      try own.servers().security("x.sub.own", .txt, forging: [forged]).broken?.reason
        == .denial(.nextCloser))
  }

  @Test func `the NSEC record of a wildcard is none of the names that it answers for`() throws {
    try addKeys()
    let question = Question(try Name("m.own"), .a)
    let denial = try OwnZone.compact(own, "*.own.", try Name("www.own"), [.txt, .rrsig, .nsec]).map {
      WireRecord(question.name, $0.type, ttl: $0.ttl, rdata: $0.rdata)
    }
    let forged = SignedAnswer(question, .response(.noError, answer: [], authority: denial))
    #expect(
      try own.servers().security("m.own", .a, forging: [forged]).broken?.reason == .denial(.noRecords))
  }

  @Test func `an apex does not deny its own DS record`() throws {
    try addKeys()
    let question = Question(try Name("sub.own"), .ds)
    let denial = try OwnZone.compact(own, "sub.own.", try Name("www.own"), [.ns, .soa, .rrsig, .nsec])
    let forged = SignedAnswer(question, .response(.noError, answer: [], authority: denial))
    #expect(
      try own.servers().security("sub.own", .ds, forging: [forged]).broken?.reason
        == .denial(.wrongSideOfCut))
  }

  // MARK: - Keys

  @Test func `a revoked key is trusted by nobody`() throws {
    let revoked = own.key(flags: 257 | 0x80)
    try addKeys([revoked], OwnZone.Change(flags: revoked.flags))
    var servers = try own.servers()
    let digest = try SigningTools.delegation(own.zone, revoked)
    servers.anchors = try TrustAnchors(file: "anchor", octets: Array(digest.utf8))
    #expect(
      try servers.security("www.own", .a).broken?.reason
        == .noKeyMatchesDelegation(keyTags: [revoked.keyTag]))
  }

  @Test func `a key without SEP flag may be named by an anchor`() throws {
    let key = own.key(flags: 256)
    try addKeys([key], OwnZone.Change(flags: 256))
    try own.add("plain.own.", .a, [Self.address], OwnZone.Change(flags: 256))
    var servers = try own.servers()
    servers.anchors = try TrustAnchors(
      file: "anchor", octets: Array(try SigningTools.delegation(own.zone, key).utf8))
    #expect(try servers.security("plain.own", .a) == .secure)
  }

  @Test func `a key that is no zone key signs nothing`() throws {
    try addKeys([own.key(), own.key(flags: 0)])
    try own.add("host.own.", .a, [Self.address], OwnZone.Change(flags: 0))
    #expect(
      try own.servers().security("host.own", .a).broken?.reason
        == .noSuchKey(keyTag: own.key(flags: 0).keyTag, algorithm: 15))
  }

  // MARK: - Limits (CVE-2023-50387)

  @Test func `a few keys of one tag are told apart, many are not tried`() throws {
    try addKeys((1...2).map(own.decoy) + [own.key()])
    #expect(try own.servers().security("www.own", .a) == .secure)
    own.records.removeAll { $0.type == .dnskey || $0.covers(.dnskey) }
    try addKeys((1...60).map(own.decoy) + [own.key()])
    let forged = own.records.map {
      $0.covers(.a) ? WireRecord($0.name, .rrsig, ttl: 300, rdata: $0.rdata.dropLast() + [0]) : $0
    }
    own.records = forged
    #expect(try own.servers().security("www.own", .a).broken?.reason == .limit)
  }

  @Test func `many signatures are not tried, and never make an answer insecure`() throws {
    try addKeys()
    let good = try #require(own.records.first { $0.covers(.a) })
    own.records.removeAll { $0.covers(.a) }
    own.records += (1...200).map {
      WireRecord(good.name, .rrsig, ttl: 300, rdata: good.rdata.dropLast() + [UInt8($0 & 0xFF) ^ 0x55])
    }
    #expect(
      try own.servers().security("www.own", .a).broken
        == ChainBreak(question: Question(Name("www.own"), .a), zone: own.zone, reason: .limit))
  }

  @Test func `names of as many labels as there can be are hashed within the limit`() throws {
    try addKeys()
    let deep = String(repeating: "a.", count: 120) + "own"
    let answer = SignedAnswer(
      Question(try Name(deep), .a),
      .response(
        .nameError, answer: [],
        authority: try OwnZone.signedNSEC3(own, iterations: 100, covering: [0xFF])))
    #expect(
      try own.servers().security(deep, .a, forging: [answer]).broken?.reason == .denial(.closestEncloser))
  }

  // MARK: - What is not known

  @Test func `without an anchor nothing is known`() throws {
    let name = try Name("www.elsewhere")
    var servers = try own.servers()
    servers.zones[try Name("elsewhere")] = [WireRecord(name, .a, ttl: 300, rdata: Self.address)]
    #expect(try servers.security("www.elsewhere", .a) == .indeterminate(.noAnchor(name)))
  }

  @Test func `aliases in a circle lead nowhere`() throws {
    try addKeys()
    try own.add("left.own.", [.cname(Name("right.own"))])
    try own.add("right.own.", [.cname(Name("left.own"))])
    #expect(try own.servers().security("left.own", .a) == .indeterminate(.aliasLoop))
  }
}

extension OwnZone {
  static func compact(
    _ own: OwnZone, _ owner: String, _ next: Name, _ types: [RecordType]
  ) throws -> [WireRecord] {
    let rdata = RecordData.nsec(NSEC(next: next, types: types)).rdata
    let name = try Name(owner)
    return [
      WireRecord(name, .nsec, ttl: 300, rdata: rdata), try own.signature(of: name, .nsec, [rdata]),
    ]
  }

  /// One record of a hash that no name has.
  static func signedNSEC3(_ own: OwnZone, iterations: UInt16, covering: [UInt8]) throws -> [WireRecord] {
    let hash = [UInt8](repeating: 0, count: 20)
    let rdata = RecordData.nsec3(
      NSEC3(
        algorithm: 1, flags: 0, iterations: iterations, salt: [],
        nextHash: covering + [UInt8](repeating: 0xFF, count: 19), types: [.a])
    ).rdata
    let name = try own.zone.prepending(Encoding.base32hex(hash))
    return [
      WireRecord(name, .nsec3, ttl: 300, rdata: rdata), try own.signature(of: name, .nsec3, [rdata]),
    ]
  }
}
