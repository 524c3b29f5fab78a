import DNSData
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvPortWrong = Rule(
    "srv.port-wrong",
    "An SRV record names the port of another service",
    about: PublishedService.self,
    severity: .high,
    why: """
      Mail programs speak the protocol of the name to the port of the record: TLS from the first octet \
      where the server waits for STARTTLS, or IMAP to a server for POP3. Setting up an account fails.
      """,
    fix: "Name the port of the service itself; a port of the operator's own choice is legal if it answers.",
    references: [.rfc(6186, "3"), .rfc(8314, "7.3")],
    examples: [
      .flags(
        "the port for STARTTLS", at: ["_imaps._tcp.example.com."],
        "_imaps._tcp SRV 0 1 143 mail\nmail A 192.0.2.1"),
      .flags(
        "the port between servers", at: ["_submission._tcp.example.com."],
        "_submission._tcp SRV 0 1 25 mail\nmail A 192.0.2.1"),
      .flags("port 0", at: ["_imaps._tcp.example.com."], "_imaps._tcp SRV 0 1 0 mail\nmail A 192.0.2.1"),
      .passes("its own", "_imaps._tcp SRV 0 1 993 mail\nmail A 192.0.2.1"),
      .passes("a port of their own choice", "_imaps._tcp SRV 0 1 1993 mail\nmail A 192.0.2.1"),
      .passes("not offered", "_imap._tcp SRV 0 0 0 ."),
    ]
  ) { service, _ in
    let registered = service.records.service.registeredPort
    return service.answer.records.compactMap { record -> Fault? in
      guard case .srv(let srv) = record.data, !srv.isNull, srv.port != registered,
        srv.port == 0 || service.records.service.isPortOfAnother(srv.port)
      else { return nil }
      let corrected = SRV(priority: srv.priority, weight: srv.weight, port: registered, target: srv.target)
      let mend = Mend(
        publish: [Record(record.name, ttl: record.ttl, .srv(corrected))], remove: [record],
        note: "If the host answers at port \(registered).")
      let message: Message =
        srv.port == 0
        ? "The record for \(srv.target) names port 0, at which nothing can be reached."
        : "The record for \(srv.target) names port \(Int(srv.port)), which is that of another service."
      return Fault(
        in: service.answer, message, expected: "port \(Int(registered))",
        mend: service.answer.aliases.isEmpty ? mend : nil)
    }
  }
}
