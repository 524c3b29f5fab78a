import DMARC
package import Verdict

extension Rule {
  package static let dmarcVersion = Rule(
    "dmarc.version",
    "A TXT record is meant as DMARC, but does not begin with v=DMARC1",
    about: DMARCPublication.self,
    severity: .high,
    why: """
      Receivers take a record for DMARC only if it begins with exactly `v=DMARC1`, in this spelling. \
      Anything else is ignored: the domain has no DMARC.
      """,
    fix: "Begin the record with `v=DMARC1;`.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "4.10")],
    examples: [
      .flags("small letters", at: ["_dmarc.example.com."], #"_dmarc TXT "v=dmarc1; p=none""#),
      .flags("another version", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC2; p=none""#),
      .flags("not first", at: ["_dmarc.example.com."], #"_dmarc TXT "p=none; v=DMARC1""#),
      .flags("a blank in front", at: ["_dmarc.example.com."], #"_dmarc TXT " v=DMARC1; p=none""#),
      .passes("right", #"_dmarc TXT "v=DMARC1; p=none""#),
      .passes("blanks around the equals sign", #"_dmarc TXT "v = DMARC1; p=none""#),
      .passes("another text", #"_dmarc TXT "hello""#),
    ]
  ) { publication, _ in
    publication.ownStops.filter { $0.step.finding == .noRecord }.flatMap { stop in
      stop.nearMisses.map { record, miss in
        Fault(
          in: stop.answer, "\(own: miss.description)", observed: "\(foreign: record.octets)",
          expected: "`v=DMARC1` as the first tag",
          mend: record.corrected.map { stop.mend(of: record, to: $0) })
      }
    }
  }
}

extension DMARCRecord {
  /// What the record would say with its version in order.
  fileprivate var corrected: DMARCSettings? {
    let tags = self.tags.tags.filter { $0.name.lowercased() != "v" }.map {
      Array("; \($0.name)=".utf8) + $0.value
    }
    let record = DMARCRecord(Array("v=DMARC1".utf8) + tags.joined())
    return record.standing == .policyRecord && record.settings.policy != nil ? record.settings : nil
  }
}
