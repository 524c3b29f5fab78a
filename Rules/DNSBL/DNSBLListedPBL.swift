import DNSBL
import DNSData
package import Verdict

extension Rule {
  package static let dnsblListedPBL = Rule(
    "dnsbl.listed-pbl",
    "A sending address is on a list of addresses that should not send",
    about: AddressListing<PolicyListing>.self,
    severity: .high,
    why: """
      Nobody accuses the address: its network's owner, or the list, says that no mail leaves from there directly, as \
      from a home line. Many receivers refuse it all the same.
      """,
    fix: """
      With a static address, remove it yourself at the list or have the network's owner do so, and set a reverse name \
      of your own; otherwise send through the provider's relay.
      """,
    references: [.rfc(5782, "2.1"), .practice("Spamhaus: PBL")],
    examples: [
      .flags(
        "kept by the network's owner", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.10
        """),
      .flags(
        "beside another listing", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.2
        1.2.0.192.bl.example. A 127.0.0.11
        """),
      .passes(
        "a listing for misbehaviour", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.2
        """),
      .passes(
        "not listed", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        """),
    ]
  ) { listing, _ in listing.entry.fault { _ in nil } }
}
