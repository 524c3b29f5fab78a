/// What can be wrong with a DKIM key record, as data: a kind, what it costs, and where it is.
package import Crypto
package import TagList

package struct DKIMKeyFault: Hashable, Sendable {
  package let kind: Kind
  /// Octets from the start of the joined text; empty and at the end where something is missing.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case syntax(TagFault.Kind)
    /// `v` stands behind another tag.
    case versionNotFirst
    /// `v` has a value that looks like DKIM1 and is not: another case, more characters.
    case versionNearMiss
    /// `v` has another value.
    case versionOther
    case keyMissing
    case keyNotBase64
    /// White space inside the value of `p`.
    case keyWhiteSpace
    /// The value of `p` is base 64, but its octets are no key, or an incomplete one.
    case key(PublicKeyError)
    /// `"`, `\`, `(` or `)` where no tag allows them: left over from a zone file.
    case zoneFileQuoting
    case rsaBelow1024(bits: Int)
    case rsaBelow2048(bits: Int)
    case rsaAbove4096(bits: Int)
    case rsaWeak(RSAWeakness)
    /// `k`, or its default, says another type than the key has.
    case keyTypeMismatch(declared: DKIMKeyType, found: FoundKey)
    case keyTypeUnknown
    /// The value of `p` has that many octets instead of 32.
    case ed25519Length(Int)
    case hashSHA1Only
    case hashSHA1Listed
    case hashUnknown
    case serviceNotMail
    case testing
    case granularity
    case granularityEmpty
    /// A value of `k`, `h`, `s` or `t` is written in capitals.
    case valueNotLowerCase
  }

  package enum FoundKey: Hashable, Sendable {
    case rsa
    case ed25519
    /// The bare 32 octets of RFC 8463.
    case ed25519Octets
    case other
  }

  package enum Effect: Hashable, Sendable {
    /// Verifiers discard the record.
    case discards
    /// Verifiers that do not know the key type ignore the signature (RFC 6376 §3.6.1).
    case unsupported
    /// The record is sound, and signatures on mail fail with it.
    case unusable
    case warns
    case notes
  }
}

extension DKIMKeyFault.Kind {
  package var effect: DKIMKeyFault.Effect {
    switch self {
    // A tag list with a fault is invalid as a whole (RFC 6376 §3.2, §6.1.2).
    case .syntax, .versionNotFirst, .versionNearMiss, .versionOther, .keyMissing, .keyNotBase64, .key,
      .zoneFileQuoting, .keyTypeMismatch, .ed25519Length:
      .discards
    case .keyTypeUnknown: .unsupported
    // RFC 8301 §3.1 and §3.2: no SHA-1, nothing below 1024 bits.
    case .rsaBelow1024, .hashSHA1Only, .hashUnknown, .serviceNotMail: .unusable
    case .rsaBelow2048, .rsaAbove4096, .rsaWeak, .hashSHA1Listed, .testing, .granularity, .granularityEmpty,
      .valueNotLowerCase:
      .warns
    case .keyWhiteSpace: .notes
    }
  }
}

extension DKIMKeyFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .syntax(let kind): kind.description
    case .versionNotFirst: "The tag v is not the first one, where it must be."
    case .versionNearMiss: "The value of v is not exactly DKIM1, so that verifiers discard the record."
    case .versionOther: "The tag v says that this is no DKIM key record."
    case .keyMissing: "The tag p, which holds the key, is missing."
    case .keyNotBase64: "The value of p is not base 64."
    case .keyWhiteSpace: "There is white space inside the key, which some verifiers cannot read."
    case .key(let error): error.description
    case .zoneFileQuoting: "Quotes, backslashes or parentheses of a zone file have become part of the record."
    case .rsaBelow1024(let bits): "The RSA key has \(bits) bits; verifiers must not accept less than 1024."
    case .rsaBelow2048(let bits): "The RSA key has \(bits) bits; 2048 are recommended."
    case .rsaAbove4096(let bits): "The RSA key has \(bits) bits; verifiers need not support more than 4096."
    case .rsaWeak(let weakness): weakness.description
    case .keyTypeMismatch(let declared, let found):
      "The record says that the key is \(declared.phrase), but it is \(found.phrase)."
    case .keyTypeUnknown: "Verifiers do not know the key type, and ignore the record."
    case .ed25519Length(let length):
      "The value of p has \(length) octets; an Ed25519 key has 32, without any wrapping."
    case .hashSHA1Only: "Only SHA-1 is allowed, which verifiers must not accept."
    case .hashSHA1Listed: "SHA-1 is allowed beside SHA-256; no verifier may accept it."
    case .hashUnknown: "SHA-256 is not among the allowed digests, so that no current signature verifies."
    case .serviceNotMail: "The key is not for mail."
    case .testing: "The record says that DKIM is being tested; verifiers must treat the mail as unsigned."
    case .granularity: "The tag g is obsolete."
    case .granularityEmpty: "The tag g is obsolete, and without a value it matches nothing at old verifiers."
    case .valueNotLowerCase: "A value is in capitals, which some verifiers do not recognise."
    }
  }
}

extension DKIMKeyType {
  fileprivate var phrase: String {
    switch self {
    case .rsa: "an RSA key"
    case .ed25519: "an Ed25519 key"
    case .unknown: "of another type"
    }
  }
}

extension DKIMKeyFault.FoundKey {
  fileprivate var phrase: String {
    switch self {
    case .rsa: "an RSA key"
    case .ed25519, .ed25519Octets: "an Ed25519 key"
    case .other: "of another type"
    }
  }
}
