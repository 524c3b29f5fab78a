import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecCompactDenial = Rule(
    "dnssec.compact-denial",
    "Names that do not exist are answered as if they did",
    about: AbsentName.self,
    severity: .info,
    why: """
      The servers make their denials on demand and shorter than others do. This is sound; but who takes \
      NXDOMAIN alone for absence, as `np=` of DMARC does, finds that every name exists.
      """,
    fix: """
      Nothing is wrong. Publish `sp=` with the strictness that `np=` is meant to have.
      """,
    references: [.rfc(9824, "3"), .rfc(9989, "3.2.13")],
    examples: [
      .flags(
        "NOERROR with NXNAME", at: ["nobody-published-this.example.com."],
        validations: .secure("nobody-published-this.example.com.", .txt, .noSuchName),
        "@ MX 10 mail\nmail A 192.0.2.1\nnobody-published-this A 192.0.2.9"),
      .passes(
        "NXDOMAIN", validations: .secure("nobody-published-this.example.com.", .txt, .noSuchName),
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { name, _ in
    guard name.isDeniedCompactly else { return [] }
    return [
      Fault(in: name.answer, "\(name.answer.question.name) does not exist, and is answered with NOERROR.")
    ]
  }
}
