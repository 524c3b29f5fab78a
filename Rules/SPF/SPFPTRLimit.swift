import SPF
package import Verdict

extension Rule {
  package static let spfPTRLimit = Rule(
    "spf.ptr-limit",
    "SPF asks for reverse names, and a sending address has too many",
    about: SPFReverseSender.self,
    severity: .low,
    why: """
      Receivers look at ten reverse names of an address and ignore the rest, which differ from answer to \
      answer: `ptr` matches by chance.
      """,
    fix: "Keep one PTR record for the address, and name it in SPF by `a` or `ip4`.",
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "eleven", at: ["9.2.0.192.in-addr.arpa."], senders: ["192.0.2.9"],
        "@ MX 10 mail\n@ TXT \"v=spf1 ptr -all\"\n" + names(11)),
      .passes(
        "ten", senders: ["192.0.2.9"], "@ MX 10 mail\n@ TXT \"v=spf1 ptr -all\"\n" + names(10)),
      .passes(
        "SPF does not ask for them", senders: ["192.0.2.9"],
        "@ MX 10 mail\n@ TXT \"v=spf1 ip4:192.0.2.9 -all\"\n" + names(11)),
    ]
  ) { client, _ in
    guard client.sender.names.count > SPFLimits.pointers else { return [] }
    return [
      Fault(
        at: client.sender.place, saidBy: client.sender.reverse.responder,
        "\(client.sender.address) has \(client.sender.names.count) reverse names, and SPF asks for them.",
        expected: "at most \(SPFLimits.pointers)")
    ]
  }

  private static func names(_ count: Int) -> String {
    (1...count).map { "9.2.0.192.in-addr.arpa. PTR m\($0)\nm\($0) A 192.0.2.9" }.joined(separator: "\n")
  }
}
