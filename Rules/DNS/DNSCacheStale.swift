import DNSData
package import Verdict

extension Rule {
  package static let dnsCacheStale = Rule(
    "dns.cache-stale",
    "The resolver still has other records than the name servers",
    about: StaleAnswer.self,
    severity: .info,
    why: """
      Others see what their resolvers remember. After a change, receivers go by the old records until those \
      have expired; what is judged here are the new ones.
      """,
    fix:
      "Wait until the old records have expired. If they come back, the name servers do not all have the new ones.",
    references: [.rfc(1034, "4.3.4"), .rfc(2308, "5")],
    examples: [
      .flags(
        "an old MX record", at: ["example.com."], nameServers: .sound, cached: "@ 600 MX 10 old",
        "@ MX 10 mail\nmail A 192.0.2.1\nold A 192.0.2.9"),
      .flags(
        "a policy that is gone", at: ["_dmarc.example.com."], nameServers: .sound,
        cached: "_dmarc 600 TXT \"v=DMARC1; p=reject\"", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("the same", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "the same with another TTL", nameServers: .sound, cached: "@ 17 MX 10 mail",
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { stale, _ in
    guard stale.isDifferent, let old = ServerStatement(stale.cached.outcome),
      let new = ServerStatement(stale.judged.outcome)
    else { return [] }
    let question = stale.cached.question
    let end: Message =
      stale.timeLeft.map { left in
        let moment = Timestamp(seconds: stale.cached.time.seconds + Int64(left))
        return "for \(Int(left)) seconds more, until \(own: moment.description)"
      } ?? "for a time that it does not tell"
    return [
      Fault(
        at: Place(question.name, question.type), saidBy: stale.cached.responder,
        "\(stale.cached.responder.title) still has other \(question.type) records of \(question.name), \(end).",
        observed: old.description,
        expected: "as \(stale.judged.responder.title) says: \(new.description)")
    ]
  }
}

extension Responder {
  fileprivate var title: Message {
    switch self {
    case .server(let server): "\(server.address)"
    case .zoneFile: "the zone file"
    case .nobody: "the resolver"
    }
  }
}
