import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecKeyFlags = Rule(
    "dnssec.key-flags",
    "The DS records name a key with the wrong flags",
    about: SignedZone.self,
    severity: .medium,
    why: """
      Signers and registrars take the flags for the role of a key: a roll-over by the flags removes the \
      wrong one. A revoked key, or one that is no zone key, validates nothing.
      """,
    fix: """
      Have the DS records name the key with flags 257, and sign the DNSKEY records with it.
      """,
    references: [.rfc(4034, "2.1.1"), .rfc(5011, "2.1"), .rfc(6781, "3.2.3")],
    examples: [
      .flags(
        "the zone-signing key beside another with flags 257", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.keys + ExampleSigning.delegation(2370, 13)),
      .flags(
        "revoked", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.key(13, flags: 385) + ExampleSigning.delegation(2499, 13)),
      .passes(
        "one key for everything",
        "@ MX 10 mail" + ExampleSigning.key(13, flags: 256) + ExampleSigning.delegation(2370, 13)),
      .passes("the key-signing key", ExampleSigning.zone),
    ]
  ) { zone, _ in
    let named = zone.keys.filter { key in
      zone.signers.contains { $0.keyTag == key.keyTag && $0.algorithm == key.algorithm }
    }
    guard !named.isEmpty else { return [] }
    if named.allSatisfy({ $0.isRevoked || !$0.isZoneKey }) {
      return [
        zone.faultOfDelegation(
          "All keys of \(zone.name) that its DS records name are revoked, or no zone keys.")
      ]
    }
    guard !named.contains(where: \.isEntryPoint), zone.keys.contains(where: \.isEntryPoint) else { return [] }
    return [
      zone.faultOfDelegation(
        "The DS records of \(zone.name) name a key without the flag of a key-signing key, and others have it."
      )
    ]
  }
}
