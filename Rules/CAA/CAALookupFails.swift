import DNSData
package import Verdict

extension Rule {
  package static let caaLookupFails = Rule(
    "caa.lookup-fails",
    "No name server answers for the CAA records of a host",
    about: CAALookUps.self,
    severity: .high,
    why:
      "An authority must not issue a certificate while it cannot learn whether it may: the next renewal fails.",
    fix: "Mend the name servers of the zone: all of them fail for this name and type.",
    references: [.rfc(8659, "3"), .practice("CA/Browser Forum Baseline Requirements 3.2.2.8")],
    examples: [
      .flags(
        "SERVFAIL for CAA", nameServers: .allSick(.rejectsType(.caa, 2)), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "one server fails, the other answers", nameServers: .sick(.rejectsType(.caa, 2)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("all answer", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { lookUps, _ in
    lookUps.failed.map { failed in
      let question = failed.answer.question
      return Fault(
        in: failed.answer,
        "Nobody answers for \(question.name) \(question.type): \(failed.views.titles) \(own: "fail").")
    }
  }
}
