import DNSData
package import Verdict

extension Rule {
  package static let dnsCNAMEChain = Rule(
    "dns.cname-chain",
    "Aliases lead in a circle, or too far",
    about: AliasedAnswer.self,
    severity: .high,
    why:
      "Resolvers follow some aliases and then give up: what stands at the end is not found, or found by some.",
    fix: "Have the first name lead to the last one directly.",
    references: [.rfc(1034, "3.6.2"), .rfc(1912, "2.4")],
    examples: [
      .flags(
        "a circle", at: ["mail.example.com."], "@ MX 10 mail\nmail CNAME mail2\nmail2 CNAME mail"),
      .flags(
        "nine aliases", at: ["mail.example.com."],
        """
        @ MX 10 mail
        mail CNAME a
        a CNAME b
        b CNAME c
        c CNAME d
        d CNAME e
        e CNAME f
        f CNAME g
        g CNAME h
        h CNAME i
        i A 192.0.2.1
        """),
      .passes("one alias", "@ MX 10 mail\nmail A 192.0.2.1\nautodiscover CNAME mail"),
    ]
  ) { aliased, _ in
    let name = aliased.answer.question.name
    if aliased.isLoop {
      return [
        Fault(
          in: aliased.answer, "The aliases from \(name) lead in a circle, or further than anybody follows.",
          expected: "an end")
      ]
    }
    let aliases = aliased.answer.aliases
    guard aliases.count > 8 else { return [] }
    return [
      Fault(
        in: aliased.answer, "\(aliases.count) aliases lead from \(name) to its records.",
        expected: "8 or less")
    ]
  }
}
