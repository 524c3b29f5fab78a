import SPF
package import Verdict

extension Rule {
  package static let spfTrailingGarbage = Rule(
    "spf.trailing-garbage",
    "An SPF term goes on after its end",
    about: PublishedSPF.self,
    severity: .high,
    why: """
      SPF has no lists: a comma, semicolon or port behind a term makes the whole record a permanent \
      error, or a domain name that cannot exist.
      """,
    fix: "Give each address and each domain a term of its own, with spaces between.",
    references: [.rfc(7208, "4.6.1"), .rfc(7208, "12")],
    examples: [
      .flags("addresses with a comma", at: ["example.com."], #"@ TXT "v=spf1 ip4:192.0.2.1,192.0.2.2 -all""#),
      .flags(
        "a comma behind a mechanism", at: ["example.com."],
        #"@ TXT "v=spf1 mx, -all""# + "\n@ MX 10 mail\nmail A 192.0.2.1\n1.2.0.192.in-addr.arpa. PTR mail"),
      .flags(
        "includes with a comma", at: ["example.com."],
        #"@ TXT "v=spf1 include:a.example,include:b.example -all""#),
      .passes("one term each", #"@ TXT "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all""#),
    ]
  ) { published, _ in
    published.faults(expected: "a space behind the term") { $0 == .trailingGarbage }
      + published.remarks(expected: "one term for each domain") { $0.kind == .listInDomain }
  }
}
