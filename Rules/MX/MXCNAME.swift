import DNSData
package import Verdict

extension Rule {
  package static let mxCNAME = Rule(
    "mx.cname",
    "An MX names an alias",
    about: MXTarget.self,
    severity: .medium,
    why: """
      An MX record must name a host, not an alias. Most senders deliver all the same; some refuse, and \
      MTA-STS and DANE compare certificates with another name than the operator thinks of.
      """,
    fix: "Let the MX record name the host that the alias leads to.",
    references: [.rfc(2181, "10.3"), .rfc(5321, "5.1"), .rfc(7671, "7")],
    examples: [
      .flags("an own alias", at: ["mx.example.com."], "@ MX 10 mx\nmx CNAME mail\nmail A 192.0.2.1"),
      .flags(
        "an alias of the provider", at: ["mx.vendor.example."],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. CNAME a.vendor.example.\na.vendor.example. A 192.0.2.1"
      ),
      .passes("a host", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("a host that has aliases", "@ MX 10 mail\nmail A 192.0.2.1\nimap CNAME mail"),
    ]
  ) { target, _ in
    let answers = [target.addresses.a, target.addresses.aaaa].compactMap(\.self)
    guard let answer = answers.first(where: { !$0.aliases.isEmpty }),
      case .cname(let host) = answer.aliases.last?.data
    else { return [] }
    let isReachable = answers.contains { !$0.records.isEmpty }
    let old = target.records
    let record = old.first.map {
      Record($0.name, ttl: $0.ttl, .mx(MX(preference: target.preference, exchange: host)))
    }
    return [
      Fault(
        at: Place(target.host, .cname), saidBy: answer.responder,
        "The MX host \(target.host) is an alias for \(host).", expected: "a host with addresses of its own",
        // Where the alias of a provider leads is the provider's to change.
        mend: target.ownership == .own && isReachable
          ? Mend(publish: [record].compactMap(\.self), remove: old) : nil
      ).resting(on: target.grounds)
    ]
  }
}
