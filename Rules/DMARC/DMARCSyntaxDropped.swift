package import Verdict

extension Rule {
  package static let dmarcSyntaxDropped = Rule(
    "dmarc.syntax-dropped",
    "A tag of the DMARC record cannot be read",
    about: PublishedDMARC.self,
    severity: .medium,
    why: "Receivers go on as if the tag were not there: what it says has no effect.",
    fix: "Write `tag=value`, with a semicolon between two of them.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "4.8")],
    examples: [
      .flags("no equals sign", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; rua""#),
      .flags(
        "a value that does not exist", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; adkim=strict""#),
      .flags("no yes and no", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; t=yes""#),
      .flags("capitals", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; SP=reject""#),
      .flags(
        "two semicolons", at: ["_dmarc.example.com."], severity: .low,
        #"_dmarc TXT "v=DMARC1; p=none;; sp=none""#),
      .passes("a semicolon at the end", #"_dmarc TXT "v=DMARC1; p=none;""#),
      .passes("values in capitals", #"_dmarc TXT "v=DMARC1; p=NONE; adkim=S""#),
    ]
  ) { published, _ in
    let empty = published.stop.faults(severity: .low, mend: \.undoubted) { $0 == .syntax(.emptyElement) }
    return empty
      + published.stop.faults { kind in
        switch kind {
        case .syntax(.emptyElement), .syntax(.duplicate): false
        case .syntax, .alignmentInvalid, .modeInvalid, .tagNameNotLowerCase: true
        case .version, .notDMARC, .policyMissing, .policyInvalid, .subdomainPolicyInvalid,
          .nonexistentPolicyInvalid, .policyNotSecond, .suffixFlagInvalid, .failureOptionsInvalid,
          .failureOptionsUnused, .reportURI, .reportURIScheme, .reportURISize, .historicTag, .unknownTag:
          false
        }
      }
  }
}
