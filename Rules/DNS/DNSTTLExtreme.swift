import DNSData
package import Verdict

extension Rule {
  package static let dnsTTLExtreme = Rule(
    "dns.ttl-extreme",
    "Records for mail live very long or very shortly",
    about: PublishedSet.self,
    severity: .low,
    why: """
      What lives for more than a week cannot be mended sooner. What lives for less than a minute is asked for \
      again and again, and is gone with the first failure of the name servers.
      """,
    fix: "Use a TTL between an hour and a day.",
    references: [.rfc(1912, "2.2"), .rfc(9520, "3.2")],
    examples: [
      .flags("a month", at: ["example.com."], "@ 2592000 MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "ten seconds", at: ["_dmarc.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc 10 TXT \"v=DMARC1; p=reject\""),
      .passes("an hour", "@ 3600 MX 10 mail\nmail A 192.0.2.1"),
      .passes("addresses may change quickly", "@ MX 10 mail\nmail 30 A 192.0.2.1"),
    ]
  ) { published, _ in
    guard published.ttl > 7 * 86_400 || published.ttl < 60 else { return [] }
    let question = published.answer.question
    let records = published.answer.records
    return [
      Fault(
        in: published.answer,
        "Resolvers keep \(question.name) \(question.type) for \(Int(published.ttl)) seconds.",
        expected: "60 seconds to 7 days",
        mend: Mend(
          publish: records.map { Record($0.name, ttl: ZoneFile.defaultTTL, $0.data) }, remove: records))
    ]
  }
}
