import DMARC
package import Verdict

extension Rule {
  package static let dmarcRejectHumans = Rule(
    "dmarc.reject-humans",
    "DMARC rejects mail of a domain whose users may be on mailing lists",
    about: MailboxDMARC.self,
    severity: .info,
    why: """
      Mailing lists change messages, so that signatures break. Receivers then reject what your users write there, and \
      lists may remove the other subscribers for it.
      """,
    fix: """
      Nothing needs to be done where users write to no lists, or their lists rewrite the sender. Else ask for \
      `quarantine`.
      """,
    references: [.rfc(9989, "7.4"), .practice("the expected configuration")],
    examples: [
      .flags(
        "a domain with mailboxes", at: ["_dmarc.example.com."], expecting: .exampleV4,
        #"@ MX 10 mail"# + "\n" + #"_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com""#),
      .passes(
        "quarantine", expecting: .exampleV4,
        #"@ MX 10 mail"# + "\n" + #"_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:d@example.com""#),
      .passes(
        "nobody writes from it", expecting: .exampleSendOnly,
        #"_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com""#),
      .passes(
        "nobody says whether there are mailboxes",
        #"@ MX 10 mail"# + "\n" + #"_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com""#),
    ]
  ) { mailboxes, facts in
    guard mailboxes.applied.preference?.applied == .reject else { return [] }
    return [
      mailboxes.applied.published.fault(
        "Mail that fails is to be rejected, and \(facts.domain) has mailboxes.")
    ]
  }
}
