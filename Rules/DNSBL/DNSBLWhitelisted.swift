import DNSBL
import DNSData
package import Verdict

extension Rule {
  package static let dnsblWhitelisted = Rule(
    "dnsbl.whitelisted",
    "A sending address is recommended",
    about: AddressListing<Recommendation>.self,
    severity: .info,
    why: "Receivers that ask this list are kinder to mail from the address. Nothing is wrong.",
    fix: "Nothing needs mending; keep the entry up to date at the list.",
    references: [.rfc(5782, "2.2"), .rfc(8904, "")],
    examples: [
      .flags(
        "recommended", at: ["1.2.0.192.wl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.recommending,
        """
        2.0.0.127.wl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.wl.example. A 127.0.0.2
        """),
      .passes(
        "not known there", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.recommending,
        """
        2.0.0.127.wl.example. A 127.0.0.2
        @ MX 10 mail
        """),
    ]
  ) { listing, _ in listing.entry.fault { _ in nil } }
}
