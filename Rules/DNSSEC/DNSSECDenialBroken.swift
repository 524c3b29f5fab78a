import DNSData
import DNSSEC
import Evidence
package import Verdict

extension Rule {
  package static let dnssecDenialBroken = Rule(
    "dnssec.denial-broken",
    "The zone cannot prove that a record does not exist",
    about: BrokenTrust.self,
    severity: .critical,
    why: """
      Senders that use DANE hold mail back when the absence of TLSA records is not proven, authorities \
      refuse certificates when that of CAA records is not, and resolvers answer SERVFAIL.
      """,
    fix: """
      Sign the whole zone again, NSEC or NSEC3 records included; where the server makes them itself, \
      update or replace it.
      """,
    references: [
      .rfc(7672, "2.1"), .rfc(4035, "5.4"), .rfc(8659, "4.1"), .practice("CA/Browser Forum ballot SC-085v2"),
    ],
    examples: [
      .flags(
        "no NSEC records", at: ["_25._tcp.mail.example.com."],
        validations: .broken(
          [("_25._tcp.mail.example.com.", .tlsa)], at: ("_25._tcp.mail.example.com.", .tlsa),
          .denial(.noRecords)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "the absence is proven", validations: .secure("_25._tcp.mail.example.com.", .tlsa, .noSuchName),
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { trust, _ in
    trust.cause == .denial ? [trust.fault] : []
  }
}
