import SeededRandom
/// Keys of every kind and every way in which DER can be wrong. Weak moduli are constructed: they need no
/// factors, since nothing here computes with the key.
import Testing

@testable import Crypto

@Suite struct PublicKeyTests {
  @Test(
    "RSA keys tell their size and encoding",
    arguments: [
      (SampleKey.rsa512, 512, PublicKey.Encoding.subjectPublicKeyInfo),
      (.rsa1024, 1024, .subjectPublicKeyInfo),
      (.rsa1024PKCS1, 1024, .pkcs1), (.rsa2048, 2048, .subjectPublicKeyInfo), (.rsa2048PKCS1, 2048, .pkcs1),
      (.rsa4096, 4096, .subjectPublicKeyInfo),
    ])
  func sizes(sample: SampleKey, bits: Int, encoding: PublicKey.Encoding) throws {
    let key = try PublicKey(der: sample.der)
    #expect(key.encoding == encoding)
    let rsa = try #require(key.rsa)
    #expect(rsa.bits == bits)
    #expect(rsa.modulus.count == bits / 8)
    #expect(rsa.exponent == [1, 0, 1])
    #expect(rsa.weaknesses.isEmpty)
  }

  @Test("Both encodings of a key have the same modulus")
  func sameModulus() throws {
    let wrapped = try PublicKey(der: SampleKey.rsa2048.der)
    let bare = try PublicKey(der: SampleKey.rsa2048PKCS1.der)
    #expect(wrapped.rsa == bare.rsa)
    #expect(wrapped != bare)
  }

  @Test("An Ed25519 key gives its 32 octets")
  func ed25519() throws {
    let key = try PublicKey(der: SampleKey.ed25519.der)
    #expect(key.material == .ed25519(Array(SampleKey.ed25519.der.suffix(32))))
  }

  @Test(
    "Other algorithms are named",
    arguments: [
      (SampleKey.p256, "id-ecPublicKey"), (.rsaPSS, "RSASSA-PSS"),
    ])
  func others(sample: SampleKey, name: String) throws {
    #expect(try PublicKey(der: sample.der).material == .other(name: name))
  }

  @Test("An algorithm without a name is shown by its object identifier")
  func unknownAlgorithm() throws {
    // SEQUENCE { SEQUENCE { OID 1.3.6.1.4.1.99999.1 }, BIT STRING { 01 } }
    let oid: [UInt8] = [0x06, 0x09, 0x2B, 0x06, 0x01, 0x04, 0x01, 0x86, 0x8D, 0x1F, 0x01]
    let der = element(0x30, element(0x30, oid) + [0x03, 0x02, 0x00, 0x01])
    #expect(try PublicKey(der: der).material == .other(name: "1.3.6.1.4.1.99999.1"))
  }

  @Test(
    "A key cut anywhere says how much is missing, whatever its encoding",
    arguments: [
      SampleKey.rsa1024, .rsa1024PKCS1, .ed25519,
    ])
  func truncation(sample: SampleKey) {
    let der = sample.der
    for count in 4..<der.count {
      #expect(throws: PublicKeyError.truncated(announced: der.count, present: count)) {
        try PublicKey(der: Array(der.prefix(count)))
      }
    }
    for count in 0..<2 {
      #expect(throws: PublicKeyError.notDER) { try PublicKey(der: Array(der.prefix(count))) }
    }
  }

  @Test("Octets after a key are a fault", arguments: SampleKey.allCases)
  func trailing(sample: SampleKey) {
    #expect(throws: PublicKeyError.trailingOctets(2)) { try PublicKey(der: sample.der + [0, 0]) }
  }

  @Test("Octets after the key inside its wrapping are a fault too")
  func innerTrailing() {
    let algorithm: [UInt8] = [
      0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]
    let inner = rsaDER(modulus: Array(repeating: 0xC5, count: 64), exponent: [3])
    let der = element(0x30, algorithm + element(0x03, [0] + inner + [7]))
    #expect(throws: PublicKeyError.trailingOctets(1)) { try PublicKey(der: der) }
  }

  @Test("Text, certificates' innards and empty sequences are no keys")
  func noKeys() {
    #expect(throws: PublicKeyError.notDER) { try PublicKey(der: Array("ssh-rsa AAAA".utf8)) }
    #expect(throws: PublicKeyError.notDER) { try PublicKey(der: [0x30, 0x80, 0, 0]) }
    #expect(throws: PublicKeyError.notDER) { try PublicKey(der: [0x30, 0x84, 0, 0, 0, 1, 0]) }
    #expect(throws: PublicKeyError.notAPublicKey) { try PublicKey(der: [0x30, 0]) }
    #expect(throws: PublicKeyError.notAPublicKey) { try PublicKey(der: [0x30, 3, 2, 1, 5]) }
    #expect(throws: PublicKeyError.notAPublicKey) {
      try PublicKey(der: SampleKey.ed25519.der.dropLast(33).enumerated().map { $0 == 1 ? 9 : $1 })
    }
  }

  @Test("A modulus beyond 16384 bits is not looked into")
  func tooLarge() throws {
    let largest = [0x80] + [UInt8](repeating: 1, count: 2047)
    #expect(try PublicKey(der: rsaDER(modulus: largest, exponent: [1, 0, 1])).rsa?.bits == 16_384)
    #expect(throws: PublicKeyError.tooLarge) {
      try PublicKey(der: rsaDER(modulus: [1] + largest, exponent: [1, 0, 1]))
    }
    #expect(throws: PublicKeyError.tooLarge) { try PublicKey(der: [UInt8](repeating: 0x30, count: 8193)) }
  }

  @Test(
    "Weak numbers are recognised",
    arguments: [
      ([1], 0, [RSAWeakness.exponentBelowThree]), ([2], 0, [.exponentBelowThree, .exponentEven]),
      ([3], 0, []),
      ([1, 0, 0], 0, [.exponentEven]), ([1, 0, 1], 1, [.modulusEven]),
    ] as [([UInt8], UInt8, Set<RSAWeakness>)])
  func weakNumbers(exponent: [UInt8], subtracted: UInt8, expected: Set<RSAWeakness>) throws {
    var modulus = try #require(PublicKey(der: SampleKey.rsa1024.der).rsa).modulus
    modulus[modulus.count - 1] -= subtracted
    let found = try #require(PublicKey(der: rsaDER(modulus: modulus, exponent: exponent)).rsa).weaknesses
    // Taking one off a modulus may add small factors by chance.
    #expect(found.subtracting(subtracted == 0 ? [] : [.modulusSmallFactor]) == expected)
  }

  @Test("A modulus of zero is weak and traps nothing")
  func zero() throws {
    let rsa = try #require(PublicKey(der: rsaDER(modulus: [0], exponent: [0])).rsa)
    #expect(rsa.bits == 0)
    #expect(rsa.weaknesses.isSuperset(of: [.modulusEven, .modulusSmallFactor, .exponentBelowThree]))
  }

  @Test("A modulus with a factor of 997 is weak, one with a factor of 1009 is not seen")
  func smallFactor() throws {
    // 2^521 - 1 is prime; its product with a small prime has no other factor.
    let prime: [UInt8] = [0x01] + [UInt8](repeating: 0xFF, count: 65)
    let withSmallFactor = try PublicKey(der: rsaDER(modulus: product(prime, 997), exponent: [1, 0, 1]))
    #expect(withSmallFactor.rsa?.weaknesses == [.modulusSmallFactor])
    let above = try PublicKey(der: rsaDER(modulus: product(prime, 1009), exponent: [1, 0, 1]))
    #expect(above.rsa?.weaknesses == [])
  }

  @Test("A modulus built like those of the faulty generator is recognised, and its neighbour is not")
  func roca() throws {
    // k·M + (65537^123456789 mod M), M being the product of the primes up to 167.
    let hex = """
      dffacdf51198d8ef1ee9cbd74562b0a59c9ae732a2fd5593e215cfc7368f1fe4\
      314291c8c2057f159afd34101402ff9457ab7a64a6aaf91988bc5fe3023c9ad7
      """
    var modulus = stride(from: 0, to: hex.count, by: 2).compactMap { offset in
      UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
    }
    #expect(try PublicKey(der: rsaDER(modulus: modulus, exponent: [1, 0, 1])).rsa?.weaknesses == [.roca])
    modulus[63] += 2
    let neighbour = try PublicKey(der: rsaDER(modulus: modulus, exponent: [1, 0, 1]))
    #expect(neighbour.rsa?.weaknesses.contains(.roca) == false)
  }

  @Test("Damaged keys never trap")
  func damage() {
    var random = SeededGenerator()
    for sample in SampleKey.allCases {
      for _ in 0..<300 {
        var der = sample.der
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          der[Int.random(in: 0..<min(40, der.count), using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        _ = try? PublicKey(der: der)
      }
    }
  }

  @Test("SHA-256 of the empty text and of abc (FIPS 180-4 examples)")
  func digests() {
    let empty = Digest.sha256([])
    #expect(empty.count == 32)
    #expect(empty.prefix(4) == [0xE3, 0xB0, 0xC4, 0x42])
    #expect(Digest.sha256(Array("abc".utf8)).suffix(4) == [0xF2, 0x00, 0x15, 0xAD])
  }
}

extension PublicKey {
  fileprivate var rsa: RSAPublicKey? { if case .rsa(let key) = material { key } else { nil } }
}

private func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
  let length = content.count
  let header: [UInt8] =
    length < 128 ? [UInt8(length)] : [0x82, UInt8(length >> 8), UInt8(length & 0xFF)]
  return [tag] + header + content
}

private func rsaDER(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
  element(0x30, element(0x02, [0] + modulus) + element(0x02, [0] + exponent))
}

private func product(_ number: [UInt8], _ factor: Int) -> [UInt8] {
  var carry = 0
  var octets: [UInt8] = []
  for octet in number.reversed() {
    carry += Int(octet) * factor
    octets.append(UInt8(carry & 0xFF))
    carry >>= 8
  }
  while carry > 0 {
    octets.append(UInt8(carry & 0xFF))
    carry >>= 8
  }
  return octets.reversed()
}
