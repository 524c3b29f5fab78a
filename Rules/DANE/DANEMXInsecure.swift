package import Verdict

extension Rule {
  package static let daneMXInsecure = Rule(
    "dane.mx-insecure",
    "MX hosts have signed TLSA records, and the MX records that lead to them are not signed",
    about: PinnedDomain.self,
    severity: .medium,
    why: """
      Whoever can change the answer to the MX look-up leads mail to a host of his own. Some senders do not look for the \
      records of hosts that they found this way; those that do protect the rest of the way alone.
      """,
    fix: "Sign the zone of the domain, and have its parent publish the DS record.",
    references: [.rfc(7672, "2.2.1")],
    examples: [
      .flags(
        "a provider's host is signed, the domain is not", at: ["example.com."], signed: ["net."],
        exampleProvider
          + "\n_25._tcp.mx.example.net. TLSA 3 1 1 abababababababababababababababababababababababababababababababab"
      ),
      .passes(
        "both are",
        exampleProvider
          + "\n_25._tcp.mx.example.net. TLSA 3 1 1 abababababababababababababababababababababababababababababababab"
      ),
      .passes("neither has anything to lose", signed: ["org."], exampleProvider),
      .passes("no records", signed: ["net."], exampleProvider),
    ]
  ) { domain, _ in
    guard let insecurity = domain.insecurity else { return [] }
    let hosts = domain.hosts.map { "\($0)" as Message }.enumeration
    return [
      Fault(
        in: domain.mx, "The TLSA records of \(hosts) are signed; the MX records that lead there are not.",
        observed: "the chain of signatures ends above \(insecurity.zone)", expected: "signed MX records")
    ]
  }
}
