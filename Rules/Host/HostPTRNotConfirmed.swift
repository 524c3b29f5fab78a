package import Verdict

extension Rule {
  package static let hostPTRNotConfirmed = Rule(
    "host.ptr-not-confirmed",
    "No reverse name of a sending address leads back to it",
    about: Sender.self,
    severity: .critical,
    why: """
      A PTR record can claim any name; receivers believe it only if the name has this address. Gmail and \
      others refuse mail otherwise.
      """,
    fix:
      "Publish an address record for the reverse name, or set the PTR record to a name that has the address.",
    references: [.rfc(8601, "2.7.3"), .rfc(1912, "2.1"), .practice("Gmail: sender guidelines")],
    examples: [
      .flags(
        "the name has another address", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR other
        other A 192.0.2.2
        """),
      .flags(
        "the name does not exist", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR nowhere
        """),
      .passes(
        "one of two confirms",
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR nowhere
        1.2.0.192.in-addr.arpa. PTR mail
        """),
    ]
  ) { sender, _ in
    let isProven = sender.names.allSatisfy { $0.forward?.failure == nil && $0.forward != nil }
    guard !sender.names.isEmpty, !sender.names.contains(where: \.confirms), isProven else { return [] }
    let names = sender.names.map { "\($0.name)" as Message }.enumeration
    return [
      Fault(
        at: sender.place, saidBy: sender.reverse.responder,
        "\(sender.address) has the reverse name \(names), which does not have this address.",
        expected: "a name that has the address \(sender.address)", mend: sender.mend
      ).resting(on: sender.names.compactMap(\.forward).map { .lookup($0.question) })
    ]
  }
}
