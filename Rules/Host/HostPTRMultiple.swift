package import Verdict

extension Rule {
  package static let hostPTRMultiple = Rule(
    "host.ptr-multiple",
    "A sending address has several reverse names",
    about: Sender.self,
    severity: .low,
    why: """
      Receivers pick one of them at random. If they pick one that does not lead back to the address, \
      they may refuse the mail.
      """,
    fix: "Keep one PTR record, the one that equals the host's HELO name.",
    references: [.rfc(1912, "2.1"), .rfc(2181, "10.2")],
    examples: [
      .flags(
        "both confirm", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        mx A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR mail
        1.2.0.192.in-addr.arpa. PTR mx
        """),
      .flags(
        "one does not", at: ["1.2.0.192.in-addr.arpa."], severity: .high,
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR mail
        1.2.0.192.in-addr.arpa. PTR nowhere
        """),
      .passes(
        "one name",
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR mail
        """),
    ]
  ) { sender, _ in
    guard sender.names.count > 1, sender.names.contains(where: \.confirms) else { return [] }
    let unconfirmed = sender.names.filter { $0.forward?.failure == nil && $0.forward != nil && !$0.confirms }
    let names = sender.names.map { "\($0.name)" as Message }.enumeration
    guard !unconfirmed.isEmpty else {
      return [
        Fault(
          at: sender.place, saidBy: sender.reverse.responder,
          "\(sender.address) has \(sender.names.count) reverse names: \(names).")
      ]
    }
    let strays = unconfirmed.map { "\($0.name)" as Message }.enumeration
    let verb = unconfirmed.count == 1 ? "does" : "do"
    return [
      Fault(
        at: sender.place, saidBy: sender.reverse.responder, severity: .high,
        "Of the \(sender.names.count) reverse names of \(sender.address), \(strays) \(own: verb) not have this address.",
        expected: "one PTR record, whose name has the address",
        mend: Mend(
          remove: sender.reverse.records.filter { record in
            unconfirmed.contains { record.data == .ptr($0.name) }
          }))
    ]
  }
}
