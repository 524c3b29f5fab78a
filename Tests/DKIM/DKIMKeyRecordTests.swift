/// Key records as they are published, each with its faults and its verdict; every kind of fault is here once.
import Crypto
import SeededRandom
import TagList
import Testing

@testable import DKIM

@Suite struct DKIMKeyRecordTests {
  @Test(
    "Records of the RFCs and of current practice have no fault",
    arguments: [
      "v=DKIM1; k=rsa; p=\(Key.rsa2048)", "v=DKIM1;p=\(Key.rsa2048);", "p=\(Key.rsa2048)",
      "k = rsa ; p = \(Key.rsa4096) ; ",
      "v=DKIM1; k=ed25519; p=\(Key.rfc8463)", "v=DKIM1; h=sha256; s=email; t=s; k=rsa; p=\(Key.rsa2048)",
      "v=DKIM1; s=*; h=sha256:x-new; n=\"notes (free text)\"; p=\(Key.rsa2048)",
      "v=DKIM1; x_1=a\"b; p=\(Key.rsa2048)",
    ])
  func sound(text: String) {
    let record = DKIMKeyRecord(text)
    #expect(record.faults.isEmpty)
    #expect(record.usability == .ok)
  }

  @Test("The key of RFC 6376 appendix C.2 is usable, and short by today's measure")
  func rfc6376() throws {
    let record = DKIMKeyRecord("v=DKIM1; p=\(Key.rfc6376)")
    #expect(record.kinds == [.rsaBelow2048(bits: 1024)])
    #expect(record.usability == .ok)
    #expect(record.warnings == record.faults)
    guard case .rsa(let key, _) = record.key else {
      Issue.record("no RSA key")
      return
    }
    #expect(key.bits == 1024)
  }

  @Test("The key of RFC 8463 appendix A.2 is Ed25519")
  func rfc8463() {
    let record = DKIMKeyRecord("v=DKIM1; k=ed25519; p=\(Key.rfc8463)")
    #expect(record.keyType == .ed25519)
    guard case .ed25519(let octets) = record.key else {
      Issue.record("no Ed25519 key")
      return
    }
    #expect(octets.prefix(3) == [0xD7, 0x5A, 0x98])
  }

  typealias Kind = DKIMKeyFault.Kind

  @Test(
    "Every fault has its kind and its verdict",
    arguments: [
      ("k=rsa; v=DKIM1; p=\(Key.rsa2048)", [.versionNotFirst], .error),
      ("v=dkim1; p=\(Key.rsa2048)", [.versionNearMiss], .error),
      ("v=DKIM1.0; p=\(Key.rsa2048)", [.versionNearMiss], .error),
      ("v=DKIM2; p=\(Key.rsa2048)", [.versionOther], .ignored),
      ("v=spf1 -all", [.versionOther, .keyMissing], .ignored),
      ("v=DMARC1; p=none", [.versionOther, .key(.notDER)], .ignored),
      ("google-site-verification", [.syntax(.missingEquals), .keyMissing], .ignored),
      ("", [.syntax(.emptyElement), .keyMissing], .ignored),
      ("v=DKIM1; k=rsa", [.keyMissing], .error),
      ("v=DKIM1; k=rsa; p=", [], .revoked),
      ("v=DKIM1; p= ; t=y", [.testing], .revoked),
      ("v=DKIM1; k=rsa; p", [.syntax(.missingEquals), .keyMissing], .error),
      ("v=DKIM1;; p=\(Key.rsa2048)", [.syntax(.emptyElement)], .error),
      ("v=DKIM1; =x; p=\(Key.rsa2048)", [.syntax(.emptyName)], .error),
      ("v=DKIM1; 1a=x; p=\(Key.rsa2048)", [.syntax(.illegalName)], .error),
      ("v=DKIM1; n=\u{7}; p=\(Key.rsa2048)", [.syntax(.illegalOctet)], .error),
      ("v=DKIM1; n=ü; p=\(Key.rsa2048)", [.syntax(.notASCII)], .error),
      ("v=DKIM1; p=\(Key.rsa2048); p=\(Key.rsa2048)", [.syntax(.duplicate)], .error),
      ("v=DKIM1; p=MIGf*A==", [.keyNotBase64], .error),
      ("v=DKIM1; p=\(Key.rsa2048)=", [.keyNotBase64], .error),
      ("v=DKIM1; p=abcd", [.key(.notDER)], .error),
      ("v=DKIM1; p=MAMCAQU=", [.key(.notAPublicKey)], .error),
      ("v=DKIM1; p=" + Key.rsa2048.prefix(100) + "\r\n " + Key.rsa2048.dropFirst(100), [.keyWhiteSpace], .ok),
      ("v=DKIM1; k=rsa; p=\(Key.rsa512)", [.rsaBelow1024(bits: 512)], .unusable),
      ("v=DKIM1; k=rsa; p=\(Key.rsa1024PKCS1)", [.rsaBelow2048(bits: 1024)], .ok),
      ("v=DKIM1; p=\(Key.rfc8463)", [.keyTypeMismatch(declared: .rsa, found: .ed25519Octets)], .error),
      ("v=DKIM1; p=\(Key.ed25519Wrapped)", [.keyTypeMismatch(declared: .rsa, found: .ed25519)], .error),
      ("v=DKIM1; p=\(Key.p256)", [.keyTypeMismatch(declared: .rsa, found: .other)], .error),
      ("v=DKIM1; k=ed25519; p=\(Key.rsa2048)", [.keyTypeMismatch(declared: .ed25519, found: .rsa)], .error),
      ("v=DKIM1; k=ed25519; p=\(Key.ed25519Wrapped)", [.ed25519Length(44)], .error),
      ("v=DKIM1; k=ml-dsa; p=abcd", [.keyTypeUnknown], .unsupported),
      ("v=DKIM1; k=; p=\(Key.rsa2048)", [.keyTypeUnknown], .unsupported),
      ("v=DKIM1; h=sha1; p=\(Key.rsa2048)", [.hashSHA1Only], .unusable),
      ("v=DKIM1; h=sha1 : sha256; p=\(Key.rsa2048)", [.hashSHA1Listed], .ok),
      ("v=DKIM1; h=sha512; p=\(Key.rsa2048)", [.hashUnknown], .unusable),
      ("v=DKIM1; s=tlsrpt; p=\(Key.rsa2048)", [.serviceNotMail], .unusable),
      ("v=DKIM1; s=tlsrpt:email; p=\(Key.rsa2048)", [], .ok),
      ("v=DKIM1; t=y:s; p=\(Key.rsa2048)", [.testing], .ok),
      ("v=DKIM1; g=*; p=\(Key.rsa2048)", [.granularity], .ok),
      ("v=DKIM1; g=; p=\(Key.rsa2048)", [.granularityEmpty], .ok),
      ("v=DKIM1; k=RSA; p=\(Key.rsa2048)", [.valueNotLowerCase], .ok),
      (
        "v=DKIM1\\; k=rsa\\; p=\(Key.rsa2048)",
        [.versionNearMiss, .zoneFileQuoting, .keyTypeUnknown, .zoneFileQuoting], .error
      ),
      (
        "\"v=DKIM1; p=\(Key.rsa2048)\"",
        [.syntax(.illegalName), .zoneFileQuoting, .keyNotBase64, .zoneFileQuoting], .error
      ),
      (
        "( \"v=DKIM1; k=rsa\"",
        [
          .syntax(.illegalName), .zoneFileQuoting, .zoneFileQuoting, .keyTypeUnknown, .zoneFileQuoting,
          .keyMissing,
        ], .error
      ),
    ] as [(String, [Kind], DKIMKeyUsability)])
  func faults(text: String, kinds: [Kind], usability: DKIMKeyUsability) {
    let record = DKIMKeyRecord(text)
    #expect(Set(record.kinds) == Set(kinds))
    #expect(record.usability == usability)
  }

  @Test(
    "A key that was cut after 255 octets is told from a broken one",
    arguments: [
      "v=DKIM1; k=rsa; p=", "v=DKIM1; p=", "p=", "v=DKIM1;k=rsa;p=", "k=rsa; p=",
    ])
  func truncation(prefix: String) {
    let record = DKIMKeyRecord(Array(Array((prefix + Key.rsa2048).utf8).prefix(255)))
    let present = (255 - prefix.utf8.count) / 4 * 3
    #expect(record.kinds == [.key(.truncated(announced: 294, present: present))])
    #expect(record.usability == .error)
  }

  @Test("Octets after the key are a fault")
  func trailing() {
    let record = DKIMKeyRecord("v=DKIM1; p=\(Key.rfc6376)AAAA")
    #expect(record.kinds == [.key(.trailingOctets(3))])
  }

  @Test(
    "Large and weak keys are warnings",
    arguments: [
      (4104, [DKIMKeyFault.Kind.rsaAbove4096(bits: 4104)]), (4096, []), (2048, []),
      (2040, [.rsaBelow2048(bits: 2040)]),
    ])
  func sizes(bits: Int, expected: [DKIMKeyFault.Kind]) {
    let record = DKIMKeyRecord(DKIMKeyPublication(key: .rsa(der: evenRSA(octets: bits / 8))).description)
    #expect(record.kinds.filter { if case .rsaWeak = $0 { false } else { true } } == expected)
    #expect(record.kinds.contains(.rsaWeak(.modulusEven)))
    #expect(record.kinds.contains(.rsaWeak(.exponentBelowThree)))
    #expect(record.usability == .ok)
  }

  @Test("Faults say where they are")
  func positions() {
    let record = DKIMKeyRecord("v=DKIM1; h=sha1; p=MIG*;")
    #expect(record.faults.map(\.range) == [11..<15, 22..<23])
    #expect(DKIMKeyRecord("k=rsa").faults.map(\.range) == [5..<5])
  }

  @Test("Only key records are candidates among the records of a selector")
  func selection() {
    let texts = ["v=spf1 -all", "v=DKIM1; p=", "v=DMARC1; p=none", "k=rsa; p=abcd", "hello"]
    let candidates = DKIMKeyRecord.candidates(in: texts.map { Array($0.utf8) })
    #expect(candidates.map(\.usability) == [.revoked, .error])
  }

  @Test(
    "What is published reads back as the same key",
    arguments: [
      "v=DKIM1; k=rsa; p=\(Key.rsa2048)", "n=x; p=\(Key.rsa2048); t=s:y:z", "p=\(Key.rsa1024PKCS1)",
      "v=DKIM1; p=; n=gone",
      "k=ed25519; p= \(Key.rfc8463)",
    ])
  func publication(text: String) throws {
    let record = DKIMKeyRecord(text)
    let publication = try #require(record.publication)
    let again = DKIMKeyRecord(publication.description)
    #expect(again.key == record.key)
    #expect(again.flags == record.flags)
    #expect(again.publication == publication)
    #expect(again.octets.starts(with: Array("v=DKIM1; ".utf8)))
  }

  @Test(
    "No publication is made of a record that is not usable",
    arguments: ["v=spf1 -all", "v=DKIM1; k=rsa", "k=x; p=abcd"])
  func noPublication(text: String) {
    #expect(DKIMKeyRecord(text).publication == nil)
  }

  @Test("Hostile octets never trap, and every fault lies inside the text")
  func hostile() {
    var random = SeededGenerator()
    let pieces: [[UInt8]] = [
      "v=DKIM1", ";", "; ", "p=", "k=rsa", "k=ed25519", "h=", "sha1", ":", "s=", "t=y", "g=", "n=", "=", " ",
      "\r\n ",
      "\"", "\\", Key.rfc8463, Key.ed25519Wrapped, String(Key.rsa2048.prefix(80)), "\r", "ü",
    ].map { Array($0.utf8) }
    for _ in 0..<3000 {
      var octets = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      for _ in 0..<Int.random(in: 0...2, using: &random) where !octets.isEmpty {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let record = DKIMKeyRecord(octets)
      for fault in record.faults {
        #expect(fault.range.lowerBound >= 0 && fault.range.upperBound <= octets.count)
      }
      for tag in record.tags.tags { #expect(Array(octets[tag.valueRange]) == tag.value) }
    }
  }

  @Test("A record of 64 KB is read at once")
  func large() {
    let octets = Array(String(repeating: "a=\";", count: 16_000).utf8)
    #expect(DKIMKeyRecord(octets).usability == .ignored)
    #expect(DKIMKeyRecord([UInt8](repeating: 0x22, count: 65_000)).usability == .ignored)
  }

  @Test("Every kind of fault has a sentence")
  func sentences() {
    for kind in TagFault.Kind.allCases {
      #expect(DKIMKeyFault.Kind.syntax(kind).description.hasSuffix("."))
    }
    #expect(
      Kind.rsaBelow1024(bits: 512).description
        == "The RSA key has 512 bits; verifiers must not accept less than 1024.")
    #expect(
      Kind.keyTypeMismatch(declared: .rsa, found: .ed25519).description
        == "The record says that the key is an RSA key, but it is an Ed25519 key.")
  }
}

extension DKIMKeyRecord {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
  fileprivate var kinds: [DKIMKeyFault.Kind] { faults.map(\.kind) }
}

/// RSAPublicKey with an even modulus of that many octets and the exponent 1.
private func evenRSA(octets: Int) -> [UInt8] {
  let modulus = [0x00, 0x80] + [UInt8](repeating: 0, count: octets - 1)
  let integer =
    [0x02, 0x82, UInt8(modulus.count >> 8), UInt8(modulus.count & 0xFF)] + modulus + [0x02, 0x01, 0x01]
  return [0x30, 0x82, UInt8(integer.count >> 8), UInt8(integer.count & 0xFF)] + integer
}
