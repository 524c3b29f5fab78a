import DNSData
import MTASTS
package import Verdict

extension Rule {
  package static let mtastsRecordSyntax = Rule(
    "mtasts.record-syntax",
    "The MTA-STS record cannot be read",
    about: PublishedMTASTS.self,
    severity: .high,
    why: """
      A record that does not begin with exactly `v=STSv1;`, or breaks the grammar, is none: senders do not \
      fetch the policy, and TLS is not demanded.
      """,
    fix: "Publish `v=STSv1; id=…;`, the id in up to 32 letters and digits, a new one for every new policy.",
    references: [.rfc(8461, "3.1")],
    examples: [
      .flags("no id", at: ["_mta-sts.example.com."], #"_mta-sts TXT "v=STSv1;"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "a hyphen in the id", at: ["_mta-sts.example.com."],
        #"_mta-sts TXT "v=STSv1; id=2026-01-01;"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "an id of 33 characters", at: ["_mta-sts.example.com."],
        #"_mta-sts TXT "v=STSv1; id=123456789012345678901234567890123"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "small letters", at: ["_mta-sts.example.com."],
        #"_mta-sts TXT "v=stsv1; id=1;"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "a blank in front of the semicolon", at: ["_mta-sts.example.com."],
        #"_mta-sts TXT "v=STSv1 ; id=1;"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "no semicolon", at: ["_mta-sts.example.com."],
        #"_mta-sts TXT "v=STSv1 id=1"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "the version last", at: ["_mta-sts.example.com."],
        #"_mta-sts TXT "id=1; v=STSv1;"\#nmta-sts A 192.0.2.80"#),
      .flags(
        "two that miss it", at: ["_mta-sts.example.com."],
        "_mta-sts TXT \"v=stsv1; id=1;\"\n_mta-sts TXT \"v=STS1; id=1;\"\nmta-sts A 192.0.2.80"),
      .flags(
        "the first of two ids counts", at: ["_mta-sts.example.com."], severity: .low,
        #"_mta-sts TXT "v=STSv1; id=1; id=2;"\#nmta-sts A 192.0.2.80"#),
      .passes("right", #"_mta-sts TXT "v=STSv1; id=20260101T000000;"\#nmta-sts A 192.0.2.80"#),
      .passes("nothing behind the id", #"_mta-sts TXT "v=STSv1;id=1"\#nmta-sts A 192.0.2.80"#),
      .passes("an unknown field", #"_mta-sts TXT "v=STSv1; id=1; note=x"\#nmta-sts A 192.0.2.80"#),
      .passes("another text", "_mta-sts TXT hello"),
    ]
  ) { published, facts in
    // Of several, one that can be read is to be kept.
    guard published.records.count == 1 || published.usable.isEmpty else { return [] }
    return published.records.flatMap { record in
      record.reportedFaults.map { fault in
        Fault(
          in: published.answer, severity: fault.kind.discardsRecord ? nil : .low,
          "At octet \(fault.range.lowerBound + 1): \(own: fault.kind.description)",
          observed: "\(foreign: record.octets)", expected: "`v=STSv1; id=…;`",
          mend: published.records.count == 1
            ? record.corrected(at: facts.snapshot.started).flatMap { published.mend(of: record, to: $0) }
            : nil)
      }
    }
  }
}

extension MTASTSRecord {
  /// How a record misses its version says enough.
  fileprivate var reportedFaults: [MTASTSRecordFault] {
    guard standing != .exact else { return faults }
    return faults.filter { if case .version = $0.kind { true } else { false } }
  }

  /// With the id that it has, or with what can be kept of it, or with one of this second.
  fileprivate func corrected(at time: Timestamp) -> MTASTSPublication? {
    let written = (tags["id"] ?? tags["ID"] ?? tags["Id"])?.value ?? []
    let kept = String(
      decoding: written.filter(\.isASCIIAlphanumeric).prefix(Self.maximumIDLength), as: UTF8.self)
    return MTASTSPublication(id: id ?? (kept.isEmpty ? String(time.seconds) : kept))
  }
}
