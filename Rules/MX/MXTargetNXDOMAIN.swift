package import Verdict

extension Rule {
  package static let mxTargetNXDOMAIN = Rule(
    "mx.target-nxdomain",
    "An MX leads to a host without an address",
    about: MXTarget.self,
    severity: .critical,
    why: """
      Senders cannot connect to a host that has no address. If it is the only MX, all mail waits and \
      then bounces; beside others it costs every sender a failed try.
      """,
    fix: "Publish A and AAAA records for the host, or remove the MX record.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags("the only MX does not exist", at: ["mail.example.com."], "@ MX 10 mail"),
      .flags("it exists without an address", at: ["mail.example.com."], "@ MX 10 mail\nmail TXT x"),
      .flags(
        "one of two", at: ["old.example.com."], severity: .medium,
        """
        @ MX 10 mail
        @ MX 20 old
        mail A 192.0.2.1
        """),
      .flags(
        "all of them", at: ["mail.example.com.", "old.example.com.", "inside.example.com."],
        """
        @ MX 10 mail
        @ MX 20 old
        @ MX 30 inside
        inside TXT x
        """),
      .passes("an AAAA alone is an address", "@ MX 10 mail\nmail AAAA 2001:db8::1"),
      .passes("null MX", "@ MX 0 ."),
    ]
  ) { target, _ in
    guard target.addresses.isProvenEmpty || target.addresses.isNoSuchName,
      let witness = target.addresses.witness
    else { return [] }
    let reason: Message =
      target.addresses.isNoSuchName ? "does not exist" : "has neither an A nor an AAAA record"
    return [
      Fault(
        at: Place(target.host), saidBy: witness.responder, severity: target.isLastHope ? .critical : .medium,
        "The MX record leads to \(target.host), which \(reason).", expected: "an A or AAAA record")
    ]
  }
}
