import DNSBL
import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsblListedMinor = Rule(
    "dnsbl.listed-minor",
    "A sending address is on a blocklist that some receivers use",
    about: AddressListing<MinorListing>.self,
    severity: .low,
    why: "Some receivers refuse mail from addresses on this list, others only score it.",
    fix: "Look up the reason at the list, mend it, and ask for removal; never pay for one.",
    references: [.rfc(5782, "2.1"), .rfc(6471, "2.2")],
    examples: [
      .flags(
        "listed", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.20
        """),
      .flags(
        "a code of no consequence alone", at: ["1.2.0.192.bl.example."], severity: .info,
        senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.30
        """),
      .flags(
        "the worse of two codes", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.30
        1.2.0.192.bl.example. A 127.0.0.20
        """),
      .passes(
        "not listed", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        """),
      .passes(
        "a code that is not described", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.99
        """),
    ]
  ) { listing, _ in
    listing.entry.fault { weight in
      switch weight {
      case .info: .info
      case .major, .policy, .minor, .allow: .low
      }
    }
  }
}
