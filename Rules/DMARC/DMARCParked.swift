import DMARC
import DNSData
package import Verdict

extension Rule {
  package static let dmarcParked = Rule(
    "dmarc.parked",
    "A domain without mail does not have forged mail refused",
    about: UnusedDomainPolicy.self,
    severity: .low,
    why: "Nothing genuine comes from the domain: `p=reject` costs nothing and stops those who forge it.",
    fix: "Publish `v=DMARC1; p=reject` at `_dmarc`, if no mail comes from the domain.",
    references: [.rfc(9989, "4.7"), .practice("internet.nl: mail test")],
    examples: [
      .flags("no record", at: ["_dmarc.example.com."], "@ MX 0 .\n@ TXT \"v=spf1 -all\""),
      .flags(
        "quarantine", at: ["_dmarc.example.com."],
        "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=quarantine; rua=mailto:d@example.com\""),
      .flags(
        "test mode", at: ["_dmarc.example.com."], "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject; t=y\""),
      .flags(
        "below a domain that lets subdomains off", domain: "old.example.com", at: ["_dmarc.old.example.com."],
        "old MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject; sp=none\""),
      .flags("a web site", at: ["_dmarc.example.com."], severity: .info, "@ A 192.0.2.80"),
      .passes("reject", "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .passes(
        "covered by the domain above", domain: "old.example.com",
        "old MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .passes("a domain with mail", "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=none\""),
    ]
  ) { unused, _ in
    guard unused.preference?.applied != .reject else { return [] }
    let policy = unused.preference.map {
      "For mail of it DMARC asks for \(own: $0.applied.rawValue)." as Message
    }
    return [
      Fault(
        in: unused.stop.answer, severity: unused.domain.severity(.low),
        policy ?? "No DMARC policy applies to \(unused.domain.name).", expected: "p=reject",
        mend: unused.domain.ifDeclared(unused.stop.rejecting)
      ).resting(on: [.lookup(unused.stop.answer.question)])
    ]
  }
}

extension DMARCPublication.Stop {
  /// The record here with `p=reject`, or a new one where nothing stands that was meant as one.
  fileprivate var rejecting: Mend? {
    var settings = DMARCSettings()
    if let record {
      guard let published = record.undoubted else { return nil }
      settings = published
    }
    settings.policy = .reject
    settings.mode = .enforced
    if let record { return mend(of: record, to: settings) }
    guard step.finding == .noRecord, nearMisses.isEmpty, answer.aliases.isEmpty else { return nil }
    let text = TXT(joined: Array(settings.description.utf8))
    return Mend(publish: [Record(answer.question.name, ttl: ZoneFile.defaultTTL, .txt(text))])
  }
}
