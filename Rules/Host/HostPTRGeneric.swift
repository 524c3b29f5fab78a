import DNSData
package import Verdict

extension Rule {
  package static let hostPTRGeneric = Rule(
    "host.ptr-generic",
    "The reverse name of a sending address looks like a customer line",
    about: Sender.self,
    severity: .high,
    why: """
      Names made of the address's digits are given to dial-up and default hosts. WEB.DE refuses them; \
      Yahoo and Spamhaus treat them as unmanaged.
      """,
    fix: "Have the PTR record set to the mail host's own name.",
    references: [.rfc(1912, "2.1"), .practice("WEB.DE and Yahoo: sender pages")],
    examples: [
      .flags(
        "the address's digits", at: ["1.2.0.192.in-addr.arpa."], senders: ["192.0.2.1"],
        """
        @ MX 10 mail
        1.2.0.192.in-addr.arpa. PTR static-192-0-2-1.hoster.example.
        static-192-0-2-1.hoster.example. A 192.0.2.1
        """),
      .flags(
        "of an own MX host", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR static-192-0-2-1.hoster.example.
        static-192-0-2-1.hoster.example. A 192.0.2.1
        """),
      .flags(
        "of an MX host that is called so", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 static-192-0-2-1
        @ TXT "v=spf1 mx -all"
        static-192-0-2-1 A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR static-192-0-2-1
        """),
      .flags(
        "reversed", at: ["1.2.0.192.in-addr.arpa."], senders: ["192.0.2.1"],
        """
        @ MX 10 mail
        1.2.0.192.in-addr.arpa. PTR 1.2.0.192.dsl.hoster.example.
        """),
      .flags(
        "hexadecimal", at: ["1.2.0.192.in-addr.arpa."], senders: ["192.0.2.1"],
        """
        @ MX 10 mail
        1.2.0.192.in-addr.arpa. PTR c0000201.pool.hoster.example.
        """),
      .passes(
        "an own name with digits", senders: ["192.0.2.1"],
        """
        @ MX 10 mail
        1.2.0.192.in-addr.arpa. PTR mx-10-2
        mx-10-2 A 192.0.2.1
        """),
    ]
  ) { sender, _ in
    sender.names.filter { $0.name.spells(sender.address) }.map { name in
      Fault(
        at: sender.place, saidBy: sender.reverse.responder,
        "The reverse name of \(sender.address), \(name.name), is made of the address's digits.",
        expected: "the mail host's own name",
        mend: sender.host?.spells(sender.address) == false ? sender.mend : nil)
    }
  }
}

extension Name {
  /// Does the name hold all of the address's digits, in order or reversed, decimal or hexadecimal? Words such as
  /// "static" or "pool" alone prove nothing: own hosts have such names too.
  fileprivate func spells(_ address: IPAddress) -> Bool {
    let text = display
    let plain = text.filter { $0.isLetter || $0.isNumber }
    switch address {
    case .v4(let address):
      let octets = address.octets.map(String.init)
      let orders = [octets, octets.reversed()]
      let padded = octets.map { String(repeating: "0", count: 3 - $0.count) + $0 }
      return orders.contains { order in
        [".", "-", "_", "x"].contains { text.contains(order.joined(separator: $0)) }
      }
        || plain.contains(padded.joined()) || plain.contains(Encoding.hex(address.octets))
    case .v6(let address):
      // The host part is what a provider's generator writes out.
      let host = Encoding.hex(Array(address.octets.suffix(8)))
      return plain.contains(host) || plain.contains(String(host.reversed()))
    }
  }
}
