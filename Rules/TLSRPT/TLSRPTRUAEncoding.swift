import TLSRPT
package import Verdict

extension Rule {
  package static let tlsrptRUAEncoding = Rule(
    "tlsrpt.rua-encoding",
    "A TLS report address cannot be read",
    about: PublishedTLSRPT.self,
    severity: .low,
    why: "Senders skip it, or send to another address than was meant.",
    fix: "Inside an address write `,` as %2C, `!` as %21 and `;` as %3B. TLS reporting knows no size limits.",
    references: [.rfc(8460, "3"), .rfc(6068, "2")],
    examples: [
      .flags(
        "an exclamation mark", at: ["_smtp._tls.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:t!x@example.com\""),
      .flags(
        "a size limit, as in DMARC", at: ["_smtp._tls.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:t@example.com!10m\""),
      .flags(
        "a semicolon ends the field", at: ["_smtp._tls.example.com."],
        #"_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t;x@example.com""#),
      .flags(
        "a comma ends the address", at: ["_smtp._tls.example.com."],
        #"_smtp._tls TXT "v=TLSRPTv1; rua=mailto:t,x@example.com""#),
      .flags(
        "a comma at the end", at: ["_smtp._tls.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:t@example.com,\""),
      .passes(
        "encoded",
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:t%21x@example.com\""),
      .passes(
        "a blank behind the comma",
        #"_smtp._tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/, https://192.0.2.81/""#),
      .passes("a bare address is tlsrpt.rua-scheme", #"_smtp._tls TXT "v=TLSRPTv1; rua=tls@example.com""#),
    ]
  ) { published, _ in
    published.faults(of: .encoding, expected: "mailto:address@domain or https://host/path")
  }
}
