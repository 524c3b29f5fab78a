import DNSData
import DNSSEC
import Evidence
package import Verdict

extension Rule {
  package static let dnssecBogus = Rule(
    "dnssec.bogus",
    "Signatures do not hold",
    about: BrokenTrust.self,
    severity: .critical,
    why: """
      Validating resolvers, those of most large providers among them, answer SERVFAIL for what is named \
      here: for them it does not exist, and no mail that needs it arrives or can be verified.
      """,
    fix: """
      Sign the zone again, and see that its servers all have the new signatures. If the cause is not found \
      at once, have the registrar remove the DS records: then nothing is validated.
      """,
    references: [.rfc(4035, "5"), .rfc(4033, "5")],
    examples: [
      .flags(
        "expired", at: ["example.com."],
        validations: .broken(
          [("example.com.", .mx), ("example.com.", .txt)], at: ("example.com.", .dnskey),
          .expired(Timestamp(seconds: 1_700_000_000))),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "changed after signing", at: ["mail.example.com."],
        validations: .broken([("mail.example.com.", .a)], at: ("mail.example.com.", .a), .badSignature),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "of a third party", at: ["vendor.example."], severity: .high,
        validations: .broken(
          [("_spf.vendor.example.", .txt)], at: ("vendor.example.", .dnskey), in: "vendor.example.",
          .noSignature),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx include:_spf.vendor.example -all\""),
      .passes("it validates", validations: .secure("example.com.", .mx), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("not signed", signed: ["vendor.example."], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { trust, _ in
    // What has a rule of its own is told by that, as one link.
    [trust.fault]
  }
}
