import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsSOAMissing = Rule(
    "dns.soa-missing",
    "The SOA record of the domain cannot be looked up",
    about: StartOfAuthority.self,
    severity: .high,
    why:
      "Receivers such as Yahoo ask for it to learn whether the sender's domain exists, and reject mail if not.",
    fix:
      "Have the name servers answer for SOA as they do for MX: with the record, or with that of the zone above.",
    references: [.practice("Yahoo: SMTP error codes"), .rfc(2308, "2.1")],
    examples: [
      .flags(
        "NXDOMAIN, while MX records are found", domain: "lists.example.com", at: ["lists.example.com."],
        nameServers: .allSick(.rejectsType(.soa, 3)), delegation: "@ NS ns1.vendor.example.",
        "lists MX 10 mail\nmail A 192.0.2.1"),
      .passes("it is there", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a name without a zone of its own", domain: "lists.example.com", nameServers: .sound,
        "lists MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { start, _ in
    let name = start.answer.question.name
    if start.answer.failure == .serverFailure {
      return [Fault(in: start.answer, "Asked for the SOA record of \(name), servers fail (SERVFAIL).")]
    }
    guard start.answer.isMissingName, start.isFoundOtherwise else { return [] }
    return [
      Fault(
        in: start.answer,
        "Asked for the SOA record, servers say that \(name) does not exist; asked for MX they say that it does."
      )
    ]
  }
}
