import TLSRPT
package import Verdict

extension Rule {
  package static let tlsrptRUAScheme = Rule(
    "tlsrpt.rua-scheme",
    "A TLS report address begins neither with mailto: nor with https:",
    about: PublishedTLSRPT.self,
    severity: .medium,
    why: "Senders know these two ways only: nothing is sent to any other address.",
    fix: "Write `rua=mailto:address@domain` or `rua=https://host/path`.",
    references: [.rfc(8460, "3")],
    examples: [
      .flags(
        "a bare address", at: ["_smtp._tls.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=tls@example.com\""),
      .flags(
        "http", at: ["_smtp._tls.example.com."], #"_smtp._tls TXT "v=TLSRPTv1; rua=http://192.0.2.80/""#),
      .passes(
        "mailto and https",
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@example.com,https://192.0.2.80/\""
      ),
    ]
  ) { published, _ in
    published.faults(of: .scheme, expected: "mailto:address@domain or https://host/path")
  }
}
