package import Verdict

extension Rule {
  package static let miscForSale = Rule(
    "misc.for-sale",
    "The domain has mail and says that it is for sale",
    about: ForSaleNotice.self,
    severity: .info,
    why: """
      The notice may be meant. If it is left over from a former owner, it invites offers, and makes the \
      domain look abandoned.
      """,
    fix: "Remove the record if the domain is not for sale.",
    references: [.rfc(10023, "")],
    examples: [
      .flags(
        "with mail", at: ["_for-sale.example.com."],
        "@ MX 10 mail\n_for-sale TXT \"v=FORSALE1;fcod=NLS-4711\""),
      .passes("without", "@ A 192.0.2.80\n_for-sale TXT \"v=FORSALE1;\""),
      .passes("another text", "@ MX 10 mail\n* TXT \"site-verification=4711\""),
      .passes("none", "@ MX 10 mail"),
    ]
  ) { sale, facts in
    sale.notices.prefix(1).map { notice in
      Fault(
        in: sale.answer, "\(facts.domain) has mail, and a record that offers it for sale.",
        observed: "\(foreign: notice)")
    }
  }
}
