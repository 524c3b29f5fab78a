package import Verdict

extension Rule {
  package static let caaMissing = Rule(
    "caa.missing",
    "No CAA record limits who may issue certificates",
    about: CAASearch.self,
    severity: .info,
    why: """
      Any public authority may issue a certificate for the domain. CAA records limit that to those in use, \
      and an authority must heed them.
      """,
    fix: "Publish `CAA 0 issue` with the name of each authority in use.",
    references: [.rfc(8659, "3")],
    examples: [
      .flags("nothing", at: ["example.com."], "@ A 192.0.2.1"),
      .passes("of its own", "@ CAA 0 issue \"ca.example\""),
      .passes(
        "of the name above", domain: "mail.example.com", "mail A 192.0.2.1\n@ CAA 0 issue \"ca.example\""),
      .passes("behind an alias", "@ CNAME host.example.net.\nhost.example.net. CAA 0 issue \"ca.example\""),
    ]
  ) { search, _ in
    guard !search.hasRecords else { return [] }
    return [Fault(in: search.answer, "Neither the domain nor a name above it has a CAA record.")]
  }
}
