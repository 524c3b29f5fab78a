/// A DKIM key record (RFC 6376 §3.6.1, RFC 8301, RFC 8463): what the octets of one TXT record at a selector
/// mean to a verifier, and everything that is wrong with them.
///
/// Signatures are not verified here, and what several records at one selector mean is the caller's question:
/// `candidates(in:)` only tells which of them are key records at all.
package import Crypto
package import TagList

package struct DKIMKeyRecord: Hashable, Sendable {
  /// The strings of the TXT record joined without anything between them (RFC 6376 §3.6.2.2).
  package let octets: [UInt8]
  package let tags: TagSequence
  /// In the order of the text.
  package let faults: [DKIMKeyFault]
  package let keyType: DKIMKeyType
  package let key: DKIMKey
  package let flags: Set<DKIMKeyFlag>
  package let usability: DKIMKeyUsability

  package init(_ octets: [UInt8]) {
    var reader = DKIMKeyReader(octets)
    reader.read()
    self.octets = octets
    self.tags = reader.tags
    self.faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
    self.keyType = reader.keyType
    self.key = reader.key
    self.flags = reader.flags
    self.usability = reader.usability
  }

  /// Faults that leave the record usable: a weak key, say.
  package var warnings: [DKIMKeyFault] { faults.filter { $0.kind.effect == .warns } }

  /// Those of several TXT records that are key records, good or bad. More than one is a fault of the
  /// publication: what a verifier does then is undefined (RFC 6376 §3.6.2.2).
  package static func candidates(in records: [[UInt8]]) -> [DKIMKeyRecord] {
    records.map { DKIMKeyRecord($0) }.filter { $0.usability != .ignored }
  }

  /// The same key and flags in plain form, without notes and obsolete tags; nil unless usable or revoked.
  package var publication: DKIMKeyPublication? {
    let value: DKIMKeyPublication.Key
    switch (usability, key) {
    case (.revoked, _): value = .revoked
    case (.ok, .rsa(_, let der)): value = .rsa(der: der)
    case (.ok, .ed25519(let octets)): value = .ed25519(octets)
    case (.ok, .missing), (.ok, .revoked), (.ok, .unreadable), (.ok, .unexamined), (.ignored, _), (.error, _),
      (.unsupported, _), (.unusable, _):
      return nil
    }
    return DKIMKeyPublication(key: value, flags: flags)
  }
}

/// The `k` tag.
package enum DKIMKeyType: Hashable, Sendable {
  case rsa  // RFC 6376 §3.6.1, also the default
  case ed25519  // RFC 8463 §4
  case unknown
}

/// The `p` tag.
package enum DKIMKey: Hashable, Sendable {
  case missing
  /// `p=` without a value (RFC 6376 §3.6.1).
  case revoked
  /// Not what the key type calls for.
  case unreadable
  /// `der` is the value of `p` decoded: SubjectPublicKeyInfo or RSAPublicKey.
  case rsa(RSAPublicKey, der: [UInt8])
  /// 32 octets.
  case ed25519([UInt8])
  /// The key of an unknown type.
  case unexamined([UInt8])
}

/// The `t` tag; flags that nobody registered are ignored (RFC 6376 §3.6.1).
package enum DKIMKeyFlag: String, Hashable, Sendable, CaseIterable {
  case testing = "y"
  /// The domain of `i=` must be that of `d=`, not below it.
  case strict = "s"
}

/// The verdict in one word.
package enum DKIMKeyUsability: String, Hashable, Sendable, CaseIterable {
  /// Verifiers can use it; there may be warnings.
  case ok
  /// No DKIM key record: another version, or neither `v` nor `p`.
  case ignored
  /// Meant as one, and discarded by verifiers.
  case error
  case revoked
  /// Of a key type that verifiers do not know.
  case unsupported
  /// Well-formed, but no signature on mail verifies with it.
  case unusable
}

/// A key record to publish; `description` is its text.
package struct DKIMKeyPublication: Hashable, Sendable {
  package enum Key: Hashable, Sendable {
    case rsa(der: [UInt8])
    case ed25519([UInt8])
    case revoked
  }

  package let key: Key
  package let flags: Set<DKIMKeyFlag>

  package init(key: Key, flags: Set<DKIMKeyFlag> = []) {
    self.key = key
    self.flags = flags
  }
}
