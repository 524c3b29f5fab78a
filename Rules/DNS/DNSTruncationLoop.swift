import DNSData
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
        "all servers alike, so that nobody has it",
        nameServers: .allSick(.withoutTCP, .sends(octets: 1900, .txt)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes(
        "it comes over TCP", nameServers: .sick(.sends(octets: 1900, .txt)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes(
        "a denial that nobody needs", nameServers: .sick(.withoutTCP, .sends(octets: 1900, .cds)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "without TCP, where all fits", nameServers: .sick(.withoutTCP), "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    zone.views.flatMap { view in
      let unfetchable = view.failures.filter { $0.finding == .unfetchable }.map(\.question)
      return unfetchable.filter { isMissed($0, facts) }.map { question in
        Fault(
          at: Place(question.name, question.type), saidBy: view.responder,
          "\(view.title) cuts its answer for \(question.name) \(question.type) short, and the rest cannot be had over TCP.",
          expected: "the answer over TCP")
      }
    }
  }
}

/// Where there is nothing, nothing is lost; and where the look-up fails for everybody, what was asked on a guess is most
/// likely not there.
private func isMissed(_ question: Question, _ facts: Facts) -> Bool {
  guard let answer = facts.snapshot[question] else { return false }
  return answer.failure == nil ? !answer.records.isEmpty : !facts.isGuess(question)
}
