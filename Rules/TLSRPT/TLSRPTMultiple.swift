import DNSData
import TLSRPT
package import Verdict

extension Rule {
  package static let tlsrptMultiple = Rule(
    "tlsrpt.multiple",
    "There is more than one TLS reporting record",
    about: PublishedTLSRPT.self,
    severity: .medium,
    why: "Senders take more than one for none: nobody sends reports.",
    fix: "Publish one record with all addresses, separated by commas.",
    references: [.rfc(8460, "3")],
    examples: [
      .flags(
        "two", at: ["_smtp._tls.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
        _smtp._tls TXT "v=TLSRPTv1; rua=https://example.com/tls"
        @ A 192.0.2.80
        """),
      .flags(
        "one of them without an address", at: ["_smtp._tls.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
        _smtp._tls TXT "v=TLSRPTv1;"
        """),
      .passes(
        "one with two addresses",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com,mailto:tls2@example.com"
        """),
      .passes(
        "another text beside it",
        "@ MX 10 mail\nmail A 192.0.2.1\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\"\n_smtp._tls TXT hello"
      ),
    ]
  ) { published, _ in
    let records = published.records.filter { $0.standing == .exact }
    guard records.count > 1 else { return [] }
    let merged = TLSRPTPublication(
      destinations: records.flatMap { $0.meant?.destinations ?? $0.destinations }.unique)
    return [
      Fault(
        in: published.answer, "\(published.answer.question.name) has \(records.count) TLS reporting records.",
        observed: records.map { "\(foreign: $0.octets)" as Message }.enumeration, expected: "one",
        mend: merged.flatMap(published.mend))
    ]
  }
}
