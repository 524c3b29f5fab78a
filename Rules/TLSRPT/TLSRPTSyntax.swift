import TLSRPT
package import Verdict

extension Rule {
  package static let tlsrptSyntax = Rule(
    "tlsrpt.syntax",
    "The TLS reporting record cannot be read",
    about: PublishedTLSRPT.self,
    severity: .medium,
    why: """
      A record that does not begin with exactly `v=TLSRPTv1;`, or breaks the grammar, is none to strict \
      senders: they send no reports.
      """,
    fix: "Publish `v=TLSRPTv1; rua=mailto:address@domain`, several addresses separated by commas.",
    references: [.rfc(8460, "3")],
    examples: [
      .flags("no address", at: ["_smtp._tls.example.com."], #"_smtp._tls TXT "v=TLSRPTv1;""#),
      .flags(
        "small letters", at: ["_smtp._tls.example.com."],
        #"_smtp._tls TXT "v=tlsrptv1; rua=https://192.0.2.80/""#),
      .flags(
        "the version last", at: ["_smtp._tls.example.com."],
        #"_smtp._tls TXT "rua=https://192.0.2.80/; v=TLSRPTv1""#),
      .flags(
        "a blank for the semicolon", at: ["_smtp._tls.example.com."],
        #"_smtp._tls TXT "v=TLSRPTv1 rua=https://192.0.2.80/""#),
      .flags(
        "the field in capitals", at: ["_smtp._tls.example.com."],
        #"_smtp._tls TXT "v=TLSRPTv1; RUA=https://192.0.2.80/""#),
      .flags(
        "two that miss it", at: ["_smtp._tls.example.com."],
        "_smtp._tls TXT \"v=TLSRPT1; rua=mailto:a@b.example\"\n_smtp._tls TXT \"v=TLSRPT; rua=mailto:a@b.example\""
      ),
      .flags(
        "two semicolons", at: ["_smtp._tls.example.com."], severity: .low,
        #"_smtp._tls TXT "v=TLSRPTv1;; rua=https://192.0.2.80/""#),
      .passes("right", #"_smtp._tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/;""#),
      .passes(
        "rua twice",
        #"_smtp._tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/; rua=https://192.0.2.81/""#),
      .passes("an unknown field", #"_smtp._tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/; x=y""#),
      .passes("another text", "_smtp._tls TXT hello"),
    ]
  ) { published, _ in
    published.faults(
      of: .syntax,
      severity: { $0 == .syntax(.emptyElement) || $0 == .syntax(.duplicate) ? .low : nil },
      expected: "`v=TLSRPTv1; rua=…`")
  }
}
