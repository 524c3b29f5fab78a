import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecCDSMismatch = Rule(
    "dnssec.cds-mismatch",
    "The CDS and CDNSKEY records contradict each other",
    about: SignedZone.self,
    severity: .medium,
    why: """
      A parent zone that follows them may publish DS records that name no key, or none that every server \
      has. Then the chain of trust breaks.
      """,
    fix: """
      Publish the same CDS and CDNSKEY records on all servers, for a key that is in the DNSKEY records and \
      signs them.
      """,
    references: [.rfc(7344, "4"), .rfc(7344, "6.1")],
    examples: [
      .flags(
        "one server lacks them", at: ["example.com."],
        nameServers: .sick(changes: "@ TYPE59 \\# 5 0000000000"),
        ExampleSigning.zone + "@ TYPE59 \\# 36 09430d02\(String(repeating: "ab", count: 32))"),
      .flags(
        "for no key of the zone", at: ["example.com."], nameServers: .sound,
        ExampleSigning.zone + "@ TYPE59 \\# 36 10000d02\(String(repeating: "ab", count: 32))"),
      .passes(
        "for the key", nameServers: .sound,
        ExampleSigning.zone + "@ TYPE59 \\# 36 09430d02\(String(repeating: "ab", count: 32))"),
      .passes("none", nameServers: .sound, ExampleSigning.zone),
    ]
  ) { zone, _ in
    guard let first = zone.wishes.first else { return [] }
    if let other = zone.wishes.first(where: { $0.differs(from: first) }) {
      return [
        Fault(
          at: Place(zone.name, .cds), saidBy: other.responder,
          "The CDS or CDNSKEY records of \(zone.name) are not the same on all of its servers.")
      ]
    }
    // Others beside may be those of a key to come (RFC 7344 §4.1).
    let wanted = first.delegationSigners
    guard !first.isDeletion, !wanted.isEmpty, !wanted.contains(where: zone.hasKey) else { return [] }
    return [
      Fault(
        at: Place(zone.name, .cds), saidBy: first.responder,
        "No CDS record of \(zone.name) names a key that is in its DNSKEY records.")
    ]
  }
}
