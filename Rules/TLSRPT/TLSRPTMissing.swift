package import Verdict

extension Rule {
  package static let tlsrptMissing = Rule(
    "tlsrpt.missing",
    "TLS is demanded of senders, and nobody learns where it fails",
    about: ReportableTransport.self,
    severity: .low,
    why: """
      With MTA-STS or DANE a wrong certificate stops mail. Senders report such failures only to where this \
      record says.
      """,
    fix: "Publish `v=TLSRPTv1; rua=mailto:address@domain` at `_smtp._tls`, with an address that is read.",
    references: [.rfc(8460, "3"), .rfc(8461, "2")],
    examples: [
      .flags(
        "MTA-STS", at: ["_smtp._tls.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.80"),
      .flags("DANE", at: ["_smtp._tls.example.com."], examplePinnedHost),
      .passes(
        "both",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _mta-sts TXT "v=STSv1; id=1;"
        mta-sts A 192.0.2.80
        _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
        """),
      .passes(
        "TLSA records for mail programs, of which nobody reports",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _465._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("nothing to report", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("null MX", "@ MX 0 .\n_mta-sts TXT \"v=STSv1; id=1;\""),
    ]
  ) { transport, facts in
    guard !transport.hasRecord else { return [] }
    return [
      Fault(
        in: transport.answer, "\(facts.domain) has no TLS reporting record.",
        expected: "`v=TLSRPTv1; rua=mailto:address@domain`")
    ]
  }
}
