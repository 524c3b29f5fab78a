/// The two numbers of an RSA public key, and what is known to be wrong with such numbers.
package struct RSAPublicKey: Hashable, Sendable {
  /// Big endian, without leading zero octets.
  package let modulus: [UInt8]
  /// Big endian, without leading zero octets.
  package let exponent: [UInt8]
  /// The length of the modulus in bits.
  package let bits: Int
  package let weaknesses: Set<RSAWeakness>
}

package enum RSAWeakness: Hashable, Sendable, CaseIterable {
  case exponentBelowThree
  case exponentEven
  case modulusEven
  /// An odd prime below 1000 divides the modulus.
  case modulusSmallFactor
  /// The modulus has the structure that ROCA attacks (CVE-2017-15361).
  case roca
}

extension RSAWeakness: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exponentBelowThree: "The exponent of the RSA key is less than 3, so that anybody can forge."
    case .exponentEven: "The exponent of the RSA key is even, which no working key has."
    case .modulusEven: "The modulus of the RSA key is even, which no sound key has."
    case .modulusSmallFactor: "A small prime divides the modulus of the RSA key, which no sound key allows."
    case .roca: "The RSA key comes from a faulty generator (ROCA, CVE-2017-15361) and may be broken."
    }
  }
}

extension RSAWeakness {
  /// `remainder` gives the modulus modulo a small number.
  static func all(exponent: [UInt8], remainder: (UInt64) -> UInt64) -> Set<RSAWeakness> {
    var weaknesses: Set<RSAWeakness> = []
    let last = exponent.last ?? 0
    if exponent.count <= 1, last < 3 { weaknesses.insert(.exponentBelowThree) }
    if last.isMultiple(of: 2) { weaknesses.insert(.exponentEven) }
    if remainder(2) == 0 { weaknesses.insert(.modulusEven) }
    let remainders = SmallPrimes.odd.map { (prime: $0, remainder: remainder($0)) }
    if remainders.contains(where: { $0.remainder == 0 }) { weaknesses.insert(.modulusSmallFactor) }
    if ROCA.matches(remainders) { weaknesses.insert(.roca) }
    return weaknesses
  }
}

enum SmallPrimes {
  static let limit: UInt64 = 1000
  static let odd: [UInt64] = (3..<limit).filter { number in
    !(2..<number).prefix { $0 * $0 <= number }.contains { number.isMultiple(of: $0) }
  }
}

/// The fingerprint of "The Return of Coppersmith's Attack" (Nemec et al., CCS 2017, §2): the faulty library
/// makes primes of the form k·M + (65537^a mod M), M being the product of the first primes. The modulus is
/// then a power of 65537 modulo each of those primes. A sound modulus passes all of these tests once in some
/// 10^8 keys.
enum ROCA {
  /// M of the shortest keys, 512 bits, ends with this prime; longer keys only use more.
  static let largestPrime: UInt64 = 167
  static let generator: UInt64 = 65_537

  static func matches(_ remainders: [(prime: UInt64, remainder: UInt64)]) -> Bool {
    remainders.lazy.filter { $0.prime <= largestPrime }.allSatisfy {
      powers(modulo: $0.prime).contains($0.remainder)
    }
  }

  private static func powers(modulo prime: UInt64) -> Set<UInt64> {
    var powers: Set<UInt64> = []
    var power: UInt64 = 1
    while powers.insert(power).inserted { power = power * generator % prime }
    return powers
  }
}
