import DNSData
import MTASTS
package import Verdict

extension Rule {
  package static let mtastsRecordMultiple = Rule(
    "mtasts.record-multiple",
    "There is more than one MTA-STS record",
    about: PublishedMTASTS.self,
    severity: .high,
    why: "Senders take more than one for none: the policy is not fetched, and TLS is not demanded.",
    fix: "Keep one of them.",
    references: [.rfc(8461, "3.1")],
    examples: [
      .flags(
        "two", at: ["_mta-sts.example.com."],
        "_mta-sts TXT \"v=STSv1; id=1;\"\n_mta-sts TXT \"v=STSv1; id=2;\"\nmta-sts A 192.0.2.80"),
      .flags(
        "a broken one beside a sound one", at: ["_mta-sts.example.com."],
        "_mta-sts TXT \"v=STSv1;\"\n_mta-sts TXT \"v=STSv1; id=2;\"\nmta-sts A 192.0.2.80"),
      .passes(
        "another text beside it",
        "_mta-sts TXT \"v=STSv1; id=1;\"\n_mta-sts TXT hello\nmta-sts A 192.0.2.80"),
      .passes(
        "one in several strings", "_mta-sts TXT \"v=STSv1; \" \"id=1;\"\nmta-sts A 192.0.2.80"),
    ]
  ) { published, _ in
    let records = published.records.filter { $0.standing == .exact }
    guard records.count > 1 else { return [] }
    return [
      Fault(
        in: published.answer, "\(published.answer.question.name) has \(records.count) MTA-STS records.",
        observed: records.map { "\(foreign: $0.octets)" as Message }.enumeration, expected: "one",
        mend: published.keepingFirst)
    ]
  }
}

extension PublishedMTASTS {
  /// Any usable one will do: the id only says that the policy is to be fetched again.
  fileprivate var keepingFirst: Mend? {
    let texts = answer.records.filter {
      if case .txt(let text) = $0.data { MTASTSRecord(text.joined).standing == .exact } else { false }
    }
    let kept = texts.first {
      if case .txt(let text) = $0.data { MTASTSRecord(text.joined).usability == .ok } else { false }
    }
    guard let kept, !isWildcard else { return nil }
    return Mend(remove: texts.filter { $0 != kept })
  }
}
