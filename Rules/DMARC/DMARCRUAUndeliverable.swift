import DNSData
package import Verdict

extension Rule {
  package static let dmarcRUAUndeliverable = Rule(
    "dmarc.rua-undeliverable",
    "Mail to a DMARC report address cannot be delivered",
    about: ReportMailbox.self,
    severity: .high,
    why: "No report arrives at this address, so that faults and forgeries stay unseen.",
    fix: "Correct the address, or have the reports sent to a mailbox of the own domain.",
    references: [.rfc(9990, "3.5"), .rfc(5321, "5.1"), .rfc(7505, "3")],
    examples: [
      .flags(
        "no such domain", at: ["vendor.exmaple."],
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@vendor.exmaple\""),
      .flags(
        "null MX", at: ["vendor.example."],
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        *._report._dmarc.vendor.example. TXT "v=DMARC1"
        vendor.example. MX 0 .
        """),
      .flags(
        "neither MX nor address", at: ["reports.example.com."],
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@reports.example.com"
        reports TXT "for DMARC"
        """),
      .flags(
        "a parked domain with reports to itself", at: ["example.com."], severity: .low,
        "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@example.com\""),
      .passes(
        "an MX host", "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@example.com\""),
      .passes(
        "an address in place of MX",
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@reports.example.com"
        reports AAAA 2001:db8::1
        """),
      .passes("no reports", "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none\""),
    ]
  ) { mailbox, facts in
    guard let (answer, reason) = mailbox.obstacle else { return [] }
    let isMailDomain = facts.role.sends || facts.role == .undetermined
    return [
      Fault(
        in: answer, severity: isMailDomain ? nil : .low,
        "Reports are to go to \(foreign: mailbox.address.uri.octets), and \(mailbox.address.host) \(reason).",
        observed: "\(foreign: mailbox.address.published.record.octets)", expected: "an address that gets mail"
      ).resting(on: [.lookup(answer.question)])
    ]
  }
}

extension ReportMailbox {
  fileprivate var obstacle: (Answer, Message)? {
    switch destination {
    case .reachable, .unknown: nil
    case .nullMX(let answer): (answer, "takes no mail: its MX is null")
    case .noHost(let answer): (answer, "has neither an MX record nor an address")
    case .noSuchName(let answer): (answer, "does not exist")
    }
  }
}
