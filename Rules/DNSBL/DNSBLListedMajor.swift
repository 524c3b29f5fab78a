import DNSBL
import DNSData
package import Verdict

extension Rule {
  package static let dnsblListedMajor = Rule(
    "dnsbl.listed-major",
    "A sending address is on a blocklist that most receivers use",
    about: AddressListing<MajorListing>.self,
    severity: .critical,
    why: """
      Receivers refuse mail from addresses on these lists: WEB.DE, Yahoo and many others name them. Somebody saw \
      spam, malware or a break-in there.
      """,
    fix: """
      Find and stop what sends from the address (a broken account, an open form, an infected machine) and only \
      then ask the list to remove it; a listing that is removed too early comes back.
      """,
    references: [
      .rfc(5782, "2.1"), .practice("Spamhaus: return codes"), .practice("WEB.DE and Yahoo: sender pages"),
    ],
    examples: [
      .flags(
        "IPv4", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.2
        """),
      .flags(
        "IPv6", at: ["1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example."],
        senders: ["2001:db8::1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example. A 127.0.0.2
        """),
      .flags(
        "one code of several", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.10
        1.2.0.192.bl.example. A 127.0.0.2
        """),
      .passes(
        "not listed", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        """),
      .passes(
        "a listing of policy", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.10
        """),
      .passes(
        "an error code", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.255.255.254
        """),
      .passes(
        "a listing beside an error code", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.2
        1.2.0.192.bl.example. A 127.255.255.254
        """),
      .passes(
        "an answer outside 127.0.0.0/8", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 203.0.113.80
        """),
      .passes(
        "a list that lists everything", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        @ MX 10 mail
        *.bl.example. A 127.0.0.2
        """),
      .passes(
        "a list that lists nothing but this", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.2
        """),
    ]
  ) { listing, _ in listing.entry.fault { _ in nil } }
}
