import DNSData
package import Verdict

extension Rule {
  package static let spfTemperror = Rule(
    "spf.temperror",
    "No name server answers for a name that SPF looks up",
    about: SPFLookUps.self,
    severity: .high,
    why: "For receivers that is a temporary error: they put the mail off, or accept it without SPF.",
    fix: "Mend the name servers of the zone: all of them fail for this name and type.",
    references: [.rfc(7208, "2.6.6"), .rfc(7208, "4.4")],
    examples: [
      .flags(
        "SERVFAIL for the record", at: ["example.com."], nameServers: .allSick(.rejectsType(.txt, 2)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes(
        "one server fails, the other answers", nameServers: .sick(.rejectsType(.txt, 2)),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes(
        "all answer", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
    ]
  ) { lookUps, _ in
    lookUps.failed.map { failed in
      let question = failed.answer.question
      return Fault(
        in: failed.answer,
        "Nobody answers for \(question.name) \(question.type): \(failed.servers.titles) \(own: "fail").")
    }
  }
}
