import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecDSSHA1Only = Rule(
    "dnssec.ds-sha1-only",
    "The DS records have SHA-1 digests alone",
    about: SignedZone.self,
    severity: .high,
    why: """
      Validators have to treat such a zone as not signed: the signatures protect nothing, and DANE is \
      silently off.
      """,
    fix: """
      Have the registrar publish a DS record with digest type 2 (SHA-256) for the same key, and remove the \
      one of type 1.
      """,
    references: [.rfc(9905, "2"), .rfc(4509, "3")],
    examples: [
      .flags(
        "alone", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.keys + ExampleSigning.delegation(2371, 13, digest: 1)),
      .flags(
        "beside SHA-256", at: ["example.com."], severity: .low,
        ExampleSigning.zone + ExampleSigning.delegation(2371, 13, digest: 1)),
      .passes("SHA-256", ExampleSigning.zone),
    ]
  ) { zone, _ in
    let old = zone.signers.filter { $0.digestType == 1 }
    guard !old.isEmpty else { return [] }
    guard old.count == zone.signers.count else {
      return [
        zone.faultOfDelegation(
          severity: .low, "Beside better ones \(zone.name) has a DS record with a digest of \(digest: 1).")
      ]
    }
    return [
      zone.faultOfDelegation(
        "All DS records of \(zone.name) have digests of \(digest: 1).", expected: "\(digest: 2)")
    ]
  }
}
