package import Verdict

extension Rule {
  package static let dnsTruncationLoop = Rule(
    "dns.truncation-loop",
    "A record cannot be fetched: too large for UDP, and TCP fails",
    about: ZoneServers.self,
    severity: .critical,
    why: "For everybody who asks this server the record is as good as gone.",
    fix: "Open port 53 of the server for TCP.",
    references: [.rfc(7766, "5")],
    examples: [
      .flags(
        "a long text", at: ["example.com."],
        nameServers: .sick(.withoutTCP, .sends(octets: 1900, .txt)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .flags(
        "all servers alike, so that nobody has it", at: ["example.com."],
        nameServers: .allSick(.withoutTCP, .sends(octets: 1900, .txt)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes(
        "it comes over TCP", nameServers: .sick(.sends(octets: 1900, .txt)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes(
        "without TCP, where all fits", nameServers: .sick(.withoutTCP), "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    zone.views.flatMap { view in
      let unfetchable = view.failures.filter { $0.finding == .unfetchable }.map(\.question)
      // At names that nobody has published there is nothing to lose.
      return unfetchable.filter { facts.snapshot[$0]?.isEmpty != true }.map { question in
        Fault(
          at: Place(question.name, question.type), saidBy: view.responder,
          "\(view.title) cuts its answer for \(question.name) \(question.type) short, and the rest cannot be had over TCP.",
          expected: "the answer over TCP")
      }
    }
  }
}
