import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecAlgoPrivate = Rule(
    "dnssec.algo-private",
    "A key has an algorithm that nobody knows",
    about: SignedZone.self,
    severity: .medium,
    why: """
      Validators cannot use the key. If it is the only one that the DS records name, they treat the zone \
      as not signed.
      """,
    fix: "Remove the key, and sign with algorithm 13 (ECDSAP256SHA256).",
    references: [.rfc(4034, "A.1.1"), .practice("IANA: DNS Security Algorithm Numbers")],
    examples: [
      .flags("253", at: ["example.com."], ExampleSigning.zone + ExampleSigning.key(253)),
      .flags("not assigned", at: ["example.com."], ExampleSigning.zone + ExampleSigning.key(200)),
      .passes("ECDSA", ExampleSigning.zone),
    ]
  ) { zone, _ in
    let unknown = Set(zone.keys.map(\.algorithm)).filter { AlgorithmStanding($0) == .unknown }.sorted()
    guard !unknown.isEmpty else { return [] }
    let names = unknown.map { "\(Int($0)) (\(algorithm: $0))" as Message }.enumeration
    return [zone.fault("\(zone.name) has DNSKEY records of algorithm \(names).")]
  }
}
