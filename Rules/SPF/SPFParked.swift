import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfParked = Rule(
    "spf.parked",
    "A domain without mail does not deny all senders",
    about: UnusedDomain.self,
    severity: .low,
    why:
      "Anybody can forge a domain that sends no mail, and receivers cannot tell, as long as SPF is silent.",
    fix: "Publish `v=spf1 -all`, if no mail comes from the domain. Never do so on a domain that sends.",
    references: [.practice("internet.nl: mail test"), .practice("M3AAWG: protecting parked domains")],
    examples: [
      .flags("null MX without SPF", at: ["example.com."], "@ MX 0 ."),
      .flags("~all", at: ["example.com."], "@ MX 0 .\n@ TXT \"v=spf1 ~all\""),
      .flags("a web site", at: ["example.com."], severity: .info, "@ A 192.0.2.80"),
      .passes("-all", "@ MX 0 .\n@ TXT \"v=spf1 -all\""),
      .passes(
        "a redirect to -all",
        "@ MX 0 .\n@ TXT \"v=spf1 redirect=_spf.parking.example\"\n_spf.parking.example. TXT \"v=spf1 -all\""),
      .passes("a domain with mail", "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx ~all\""),
    ]
  ) { domain, facts in
    guard domain.texts.failure == nil else { return [] }
    let denial = TXT("v=spf1 -all")
    let expected: Message = "`v=spf1 -all`"
    guard let published = PublishedSPF.sole(in: domain.texts) else {
      guard SPFRecord.select(domain.texts.records).isEmpty else { return [] }
      let record = Record(domain.name, ttl: ZoneFile.defaultTTL, .txt(denial))
      let isSlip = domain.texts.records.contains { record in
        if case .txt(let text) = record.data { text.meantAsSPF != nil } else { false }
      }
      return [
        Fault(
          in: domain.texts, severity: domain.severity(.low), "\(domain.name) has no SPF record.",
          expected: expected,
          mend: isSlip || !domain.texts.aliases.isEmpty ? nil : domain.ifDeclared(Mend(publish: [record])))
      ]
    }
    guard published.record.faults.isEmpty, facts.spfTree?.end?.all?.qualifier != .fail else { return [] }
    return [
      Fault(
        in: domain.texts, severity: domain.severity(.low),
        "The SPF record of \(domain.name) does not end in `-all`.",
        observed: "\(foreign: published.record.octets)", expected: expected,
        mend: domain.ifDeclared(published.replacing(with: denial.joined))
      ).resting(on: [.lookup(domain.texts.question)])
    ]
  }
}
