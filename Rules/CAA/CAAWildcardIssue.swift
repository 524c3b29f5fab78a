import CAA
package import Verdict

extension Rule {
  package static let caaWildcardIssue = Rule(
    "caa.wildcard-issue",
    "More authorities may issue for all names below the domain than for one",
    about: PublishedCAA.self,
    severity: .low,
    why: """
      A wildcard certificate covers every name directly below the domain, also those of mail hosts: an \
      authority that only `issuewild` names can still certify any of them.
      """,
    fix: "Let `issuewild` name no authority that `issue` does not, if this is not intended.",
    references: [.rfc(8659, "4.3")],
    examples: [
      .flags(
        "another authority", at: ["example.com."],
        "@ CAA 0 issue \"one.example\"\n@ CAA 0 issuewild \"two.example\""),
      .flags(
        "nobody but for wildcards", at: ["example.com."],
        "@ CAA 0 issue \";\"\n@ CAA 0 issuewild \"two.example\""),
      .passes("the same", "@ CAA 0 issue \"one.example\"\n@ CAA 0 issuewild \"one.example\""),
      .passes("no wildcards", "@ CAA 0 issue \"one.example\"\n@ CAA 0 issuewild \";\""),
      .passes("no limit for single names", "@ CAA 0 issuewild \"two.example\""),
    ]
  ) { published, _ in
    let single = published.records.properties(.issue).compactMap(\.issuer)
    guard !single.isEmpty else { return [] }
    let wild = published.records.properties(.issueWild).compactMap(\.issuer)
    let more = Set(wild.compactMap(\.domain)).subtracting(single.compactMap(\.domain)).sorted()
    guard !more.isEmpty else { return [] }
    let names = more.map { "\($0)" as Message }.enumeration
    return [Fault(in: published.answer, "Only for wildcard certificates may issue: \(names).")]
  }
}
