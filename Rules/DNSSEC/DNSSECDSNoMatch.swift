import DNSData
import DNSSEC
import Evidence
package import Verdict

extension Rule {
  package static let dnssecDSNoMatch = Rule(
    "dnssec.ds-no-match",
    "The DS records name no key of the zone",
    about: BrokenTrust.self,
    severity: .critical,
    why: """
      Validating resolvers, those of most large providers among them, answer nothing below the zone: no \
      mail arrives, and none that is sent can be verified.
      """,
    fix: """
      Have the registrar replace the DS records by those of the key that signs the DNSKEY records, or \
      remove them until the zone is signed.
      """,
    references: [.rfc(4035, "5.2"), .rfc(6781, "4.1.2")],
    examples: [
      .flags(
        "a digest of no key", at: ["example.com."],
        validations: .broken(
          [("example.com.", .mx), ("example.com.", .txt)], at: ("example.com.", .dnskey),
          .noKeyMatchesDelegation(keyTags: [12345])),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "no keys at all", at: ["example.com."],
        validations: .broken([("example.com.", .mx)], at: ("example.com.", .dnskey), .noKeys),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "expired signatures are dnssec.bogus",
        validations: .broken(
          [("example.com.", .mx)], at: ("example.com.", .dnskey), .expired(Timestamp(seconds: 1_700_000_000))),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "it validates", validations: .secure("example.com.", .mx), "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { trust, _ in
    trust.cause == .delegation ? [trust.fault] : []
  }
}
