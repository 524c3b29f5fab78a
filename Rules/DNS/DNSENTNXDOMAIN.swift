import DNSData
package import Verdict

extension Rule {
  package static let dnsENTNXDOMAIN = Rule(
    "dns.ent-nxdomain",
    "A name server says that a name does not exist below which there are records",
    about: ZoneServers.self,
    severity: .high,
    why: """
      Where a name does not exist, nothing exists below it. Resolvers that ask label by label, or that draw \
      this conclusion, never see the DKIM keys, TLSA records or policies there.
      """,
    fix: "Update the name server: such a name exists, without records (NOERROR).",
    references: [.rfc(8020, "2"), .rfc(9156, "2.3"), .rfc(4592, "2.2.2")],
    examples: [
      .flags(
        "_domainkey above a key", at: ["_domainkey.example.com."], selectors: ["s"],
        nameServers: .sick(.deniesEmptyNonTerminals),
        "@ MX 10 mail\nmail A 192.0.2.1\ns._domainkey TXT \(ExampleKey.record())"),
      .flags(
        "above an alias", at: ["_domainkey.example.com."], selectors: ["s"],
        nameServers: .sick(.deniesEmptyNonTerminals),
        """
        @ MX 10 mail
        mail A 192.0.2.1
        s._domainkey CNAME key.vendor.example.
        key.vendor.example. TXT \(ExampleKey.record())
        """),
      .passes(
        "it exists", selectors: ["s"], nameServers: .sound,
        "@ MX 10 mail\nmail A 192.0.2.1\ns._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "there is nothing below", nameServers: .sick(.deniesEmptyNonTerminals),
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, _ in
    zone.speaking.flatMap { view in
      let usual = view.answers.filter { $0.question.manner == .usual }
      let held = usual.filter(\.holdsName).map(\.question.question)
      var seen: Set<Name> = []
      return usual.filter(\.deniesName).compactMap { denial -> Fault? in
        let name = denial.question.question.name
        guard let below = held.first(where: { $0.name != name && $0.name.isAtOrBelow(name) }),
          seen.insert(name).inserted
        else { return nil }
        return Fault(
          at: Place(name, denial.question.question.type), saidBy: view.responder,
          "\(view.title) says that \(name) does not exist, and has what was asked for at \(below.name) (\(below.type)).",
          expected: "NOERROR without records")
      }
    }
  }
}
