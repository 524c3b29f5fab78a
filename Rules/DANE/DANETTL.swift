import DNSData
package import Verdict

extension Rule {
  package static let daneTTL = Rule(
    "dane.ttl",
    "TLSA records stay in caches for more than a day",
    about: TLSAPublication.self,
    severity: .low,
    why: """
      When a key must change at once, senders that use DANE hold mail back for as long as they remember the \
      old record. Nothing else waits that long.
      """,
    fix: "Publish the records with a lifetime (TTL) of an hour or less.",
    references: [.rfc(7671, "8.1"), .rfc(7672, "4")],
    examples: [
      .flags(
        "a week", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail 604800 TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "an hour",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail 3600 TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "a day",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail 86400 TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
    ]
  ) { publication, _ in
    // A cache counts down, so that what it says is never more than what is published.
    let longest = publication.answer.records.map(\.ttl).max() ?? 0
    guard longest > 86_400 else { return [] }
    let shortened = publication.answer.records.map { Record($0.name, ttl: 3600, $0.data) }
    return [
      publication.fault(
        "The TLSA records of \(publication.host) may be kept for \(Int(longest)) seconds.",
        expected: "86400 seconds at most, 3600 or less at best",
        mend: Mend(publish: shortened, remove: publication.answer.records))
    ]
  }
}
