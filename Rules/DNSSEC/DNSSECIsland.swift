import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecIsland = Rule(
    "dnssec.island",
    "The zone is signed, but its parent does not say so",
    about: SignedZone.self,
    severity: .low,
    why: """
      Without DS records in the parent zone nobody validates the signatures: they protect nothing.
      """,
    fix: """
      Give the DS record of the key-signing key to the registrar, once all servers have the signatures.
      """,
    references: [.rfc(4035, "2.4"), .rfc(6781, "4.2.1")],
    examples: [
      .flags("keys without DS", at: ["example.com."], "@ MX 10 mail" + ExampleSigning.keys),
      .passes("with DS", ExampleSigning.zone),
    ]
  ) { zone, _ in
    guard zone.signers.isEmpty, !zone.keys.isEmpty else { return [] }
    // The parent may take them from there by itself (RFC 9615).
    let isWaiting = zone.wishes.contains { !$0.isDeletion && !$0.delegationSigners.isEmpty }
    return [
      zone.faultOfDelegation(
        severity: isWaiting ? .info : nil,
        "\(zone.name) has DNSKEY records, and its parent no DS records for it.")
    ]
  }
}
