import DMARC
import DNSData
package import Verdict

extension Rule {
  package static let dmarcMissing = Rule(
    "dmarc.missing",
    "A domain that sends has no DMARC record",
    about: ProbedDMARC.self,
    severity: .high,
    why: """
      Gmail, Yahoo and Outlook demand a DMARC record of everybody who sends in bulk, and anybody can put \
      this domain into a From line.
      """,
    fix: "Publish at least `v=DMARC1; p=none` at `_dmarc`; add `rua=mailto:…` to get reports.",
    references: [.rfc(9989, "4.10.1"), .practice("Gmail, Yahoo, Outlook: sender requirements")],
    examples: [
      .flags("a mail domain without one", at: ["_dmarc.example.com."], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a wildcard for web hosts stands in its place", at: ["_dmarc.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n* CNAME www\nwww A 192.0.2.80"),
      .flags(
        "neither a subdomain nor its organisation has one", domain: "sub.example.com",
        at: ["_dmarc.sub.example.com."], "sub MX 10 mail\nmail A 192.0.2.1"),
      .passes("it has one", "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=none\""),
      .passes(
        "covered by the domain above", domain: "sub.example.com",
        "sub MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=none\""),
      .passes("no mail domain", "@ A 192.0.2.1"),
      .passes(
        "one that stands at the domain is dmarc.wrong-location",
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=DMARC1; p=none\""),
    ]
  ) { probed, facts in
    let publication = probed.publication
    guard facts.role.sends, facts.hasNoDMARCPolicy, let own = publication.stops.first,
      publication.ownStops.allSatisfy({ $0.step.finding == .noRecord && $0.nearMisses.isEmpty }),
      own.answer.aliases.isEmpty || own.isWildcard,
      facts.observation(of: DMARCAtApex.self).subjects.allSatisfy(\.records.isEmpty)
    else { return [] }
    let isElsewhere = !facts.doubledRecords(of: own.answer.question.name, .txt).isEmpty
    return [
      Fault(
        in: own.answer, "No DMARC record covers \(facts.domain).", expected: "a DMARC record",
        mend: isElsewhere ? nil : publication.mend)
    ]
  }
}

extension DMARCPublication {
  /// A record at the registrable domain: there receivers of both generations look, and take it for that of the
  /// organisation (RFC 9989 §4.10.2, RFC 7489 §3.2). One at a subdomain alone would set them at odds. nil where an
  /// alias of the operator's stands in its place.
  fileprivate var mend: Mend? {
    guard let place = ownStops.last, place.answer.aliases.isEmpty || place.isWildcard else { return nil }
    var settings = DMARCSettings()
    settings.policy = DMARCPolicy.none
    let record = Record(
      place.answer.question.name, ttl: ZoneFile.defaultTTL,
      .txt(TXT(joined: Array(settings.description.utf8)))
    )
    let reports = "Add rua=mailto:… with a mailbox of yours to get reports."
    return Mend(
      publish: [record],
      note: place.isAuthorDomain
        ? reports : "\(reports) It covers every name below \(place.step.target) that has none of its own.")
  }
}
