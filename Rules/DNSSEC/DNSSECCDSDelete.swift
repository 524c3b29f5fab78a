import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecCDSDelete = Rule(
    "dnssec.cds-delete",
    "The zone asks its parent to remove the DS records",
    about: SignedZone.self,
    severity: .medium,
    why: """
      A parent zone that follows this makes the zone unsigned: then DANE is off, and nothing is protected.
      """,
    fix: """
      If that is not wanted, remove the CDS and CDNSKEY records with algorithm 0.
      """,
    references: [.rfc(8078, "4")],
    examples: [
      .flags(
        "CDS 0 0 0 00", at: ["example.com."], nameServers: .sound,
        ExampleSigning.zone + "@ TYPE59 \\# 5 0000000000"),
      .passes(
        "gone already", nameServers: .sound,
        "@ MX 10 mail" + ExampleSigning.keys + "@ TYPE59 \\# 5 0000000000"),
      .passes("none", nameServers: .sound, ExampleSigning.zone),
    ]
  ) { zone, _ in
    guard !zone.signers.isEmpty, let wish = zone.wishes.first(where: \.isDeletion) else { return [] }
    return [
      Fault(
        at: Place(zone.name, .cds), saidBy: wish.responder,
        "\(zone.name) has DS records, and CDS or CDNSKEY records that ask for their removal.")
    ]
  }
}
