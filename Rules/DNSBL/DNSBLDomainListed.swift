import DNSBL
import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsblDomainListed = Rule(
    "dnsbl.domain-listed",
    "A name of the domain is on a blocklist",
    about: NameListing.self,
    severity: .high,
    why: """
      Filters look up the names in a message: From, links, HELO and reverse names. Mail that holds a listed name is \
      refused or taken for spam, whatever address it comes from.
      """,
    fix: """
      Find out why at the list (spam in the domain's name, a web site that was broken into), mend that, and ask for \
      removal.
      """,
    references: [.rfc(5782, "3"), .practice("Spamhaus: DBL"), .practice("SURBL, URIBL")],
    examples: [
      .flags(
        "the domain", at: ["example.com.names.example."], blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        example.com.names.example. A 127.0.0.2
        """),
      .flags(
        "an own MX host", at: ["mail.example.com.names.example."], blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        mail A 192.0.2.1
        mail.example.com.names.example. A 127.0.0.2
        """),
      .flags(
        "a sender's own reverse name", at: ["out.example.com.names.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mx.vendor.example.
        1.2.0.192.in-addr.arpa. PTR out
        out.example.com.names.example. A 127.0.0.2
        """),
      .flags(
        "on a list of bulk senders", at: ["example.com.names.example."], severity: .low,
        blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        example.com.names.example. A 127.0.0.4
        """),
      .flags(
        "on two lists of one zone", at: ["example.com.names.example."], blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        example.com.names.example. A 127.0.0.6
        """),
      .passes(
        "not listed", blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        """),
      .passes(
        "a host of somebody else", blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mx.vendor.example.
        mx.vendor.example.names.example. A 127.0.0.2
        """),
      .passes(
        "the bit that refuses", blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        example.com.names.example. A 127.0.0.1
        """),
    ]
  ) { listing, _ in
    listing.entry.fault { weight in
      switch weight {
      case .major: nil
      case .policy, .minor: .low
      case .info, .allow: .info
      }
    }
  }
}
