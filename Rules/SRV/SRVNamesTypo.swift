import DNSData
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvNamesTypo = Rule(
    "srv.names-typo",
    "A mail service is announced at a name that no client asks for",
    about: MisnamedService.self,
    severity: .low,
    why: "Mail programs look up the registered names of services only, and find nothing.",
    fix: "Publish the record at the right name: `_submissions._tcp`, `_imaps._tcp`, `_sieve._tcp`.",
    references: [.rfc(6186, "3"), .rfc(8314, "5.1"), .rfc(5804, "1.8")],
    examples: [
      .flags(
        "an old name for submission over TLS", at: ["_smtps._tcp.example.com."],
        "_smtps._tcp SRV 0 1 465 mail\nmail A 192.0.2.1"),
      .flags(
        "the name of the program", at: ["_managesieve._tcp.example.com."],
        "_managesieve._tcp SRV 0 1 4190 mail\nmail A 192.0.2.1"),
      .flags(
        "the wrong transport", at: ["_sieve._udp.example.com."],
        "_sieve._udp SRV 0 1 4190 mail\nmail A 192.0.2.1"),
      .passes(
        "beside the right name",
        "_smtps._tcp SRV 0 1 465 mail\n_submissions._tcp SRV 0 1 465 mail\nmail A 192.0.2.1"),
      .passes("a service that is none of mail", "_xmpp-client._tcp SRV 0 1 5222 chat\nchat A 192.0.2.1"),
    ]
  ) { service, _ in
    let moved = service.answer.records.map { Record(service.rightName, ttl: $0.ttl, $0.data) }
    let mend = Mend(publish: moved, remove: service.answer.records)
    return [
      Fault(
        in: service.answer,
        "No client asks for \(service.answer.question.name), and \(service.rightName) is empty.",
        expected: "the records at \(service.rightName)",
        mend: service.answer.aliases.isEmpty ? mend : nil)
    ]
  }
}
