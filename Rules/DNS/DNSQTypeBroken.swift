import DNSData
package import Verdict

extension Rule {
  package static let dnsQTypeBroken = Rule(
    "dns.qtype-broken",
    "A name server fails when asked for some record types",
    about: ZoneServers.self,
    severity: .high,
    why: """
      That there is no record would be a fine answer; none at all is not. Senders that find no answer for TLSA \
      keep the mail back, authorities that find none for CAA issue no certificate.
      """,
    fix: "Update the name server, or what stands before it (load balancers are known for this).",
    references: [.rfc(8906, "3.1.2"), .rfc(4074, "4"), .rfc(7672, "2.1.2")],
    examples: [
      .flags(
        "silence for TLSA", at: ["ns2.example.com."], nameServers: .sick(.dropsType(.tlsa)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "SERVFAIL for CAA", at: ["ns2.example.com."], nameServers: .sick(.rejectsType(.caa, 2)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "NOTIMP for AAAA", at: ["ns2.example.com."], nameServers: .sick(.rejectsType(.aaaa, 4)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "SERVFAIL once, as where rates are limited", nameServers: .sick(.holdsBack(.caa, 2)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("answers for all", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "what is too large is dns.truncation-loop",
        nameServers: .sick(.withoutTCP, .sends(octets: 1900, .txt)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
    ]
  ) { zone, _ in
    zone.views.flatMap { view in
      let failures = view.failures.filter { judged.contains($0.question.type) && $0.finding != .unfetchable }
      let groups = Dictionary(grouping: failures) { Kind(type: $0.question.type, finding: $0.finding) }
      return groups.sorted { $0.key.type < $1.key.type }.map { kind, failures in
        let others = failures.count - 1
        return Fault(
          at: view.place, saidBy: view.responder,
          """
          Asked for \(kind.type), \(view.title) \(kind.finding.predicate), such as for \
          \(failures.first?.question.name ?? zone.zone)\(own: others > 0 ? " and \(others) more" : "").
          """,
          expected: "records, or that there are none")
      }
    }
  }
}

private struct Kind: Hashable {
  let type: RecordType
  let finding: ServerFailure.Finding
}

private let judged: Set<RecordType> = [.a, .aaaa, .mx, .txt, .srv, .tlsa, .caa]

extension ServerFailure.Finding {
  fileprivate var predicate: Message {
    switch self {
    case .silence, .unfetchable: "does not answer, though it does for other types"
    case .responseCode(let code): "answers \(ResponseCode(code).title)"
    case .deniesName: "says that a name does not exist, which has other records"
    }
  }
}
