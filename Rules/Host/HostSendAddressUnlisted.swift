package import Verdict

extension Rule {
  package static let hostSendAddressUnlisted = Rule(
    "host.send-address-unlisted",
    "Mail leaves from an address that its name does not have",
    about: ExpectedSender.self,
    severity: .high,
    why: """
      The name in HELO does not lead back to the address that sends: receivers find no confirmed name for it, and SPF of \
      the name fails. Temporary and secondary addresses are the usual cause.
      """,
    fix: """
      Let the mail server send from one of its published addresses, or give the address to the host in the expected \
      configuration and publish it.
      """,
    references: [.rfc(5321, "4.1.4"), .practice("Flying Circus: mail server, bound addresses")],
    examples: [
      .flags(
        "another address", at: ["mail.example.com."], expecting: .exampleUnlisted,
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("as expected", expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("nothing is expected", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { sender, _ in
    guard !sender.isPublished, !sender.isWanted else { return [] }
    return [
      Fault(
        in: sender.answer,
        "\(sender.host) sends from \(sender.address), which \(sender.answer.question.name) does not have.",
        expected: "\(sender.address) among the addresses of \(sender.answer.question.name)")
    ]
  }
}
