package import Verdict

extension Rule {
  package static let tlsrptRUAUndeliverable = Rule(
    "tlsrpt.rua-undeliverable",
    "TLS reports cannot arrive where the record sends them",
    about: TLSReportDestination.self,
    severity: .medium,
    why: "The reports are lost, and failures of TLS stay unseen. Who owns the domain later gets them.",
    fix: "Name an address whose domain takes mail, or a host that exists.",
    references: [.rfc(8460, "5.3"), .rfc(8460, "5.4"), .rfc(5321, "5.1"), .rfc(7505, "3")],
    examples: [
      .flags(
        "no such domain", at: ["vendor.example."],
        #"_smtp._tls TXT "v=TLSRPTv1; rua=mailto:example@vendor.example""#),
      .flags(
        "null MX", at: ["vendor.example."],
        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:example@vendor.example\"\nvendor.example. MX 0 ."),
      .flags(
        "neither MX nor address", at: ["vendor.example."],
        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:example@vendor.example\"\nvendor.example. TXT hello"),
      .flags(
        "a web host without address", at: ["r.vendor.example."],
        "_smtp._tls TXT \"v=TLSRPTv1; rua=https://r.vendor.example/\"\nr.vendor.example. TXT hello"),
      .passes(
        "MX",
        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:example@vendor.example\"\nvendor.example. MX 10 mx.vendor.example."
      ),
      .passes(
        "an address alone",
        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:example@vendor.example\"\nvendor.example. A 203.0.113.25"),
      .passes(
        "a web host; a third party needs to permit nothing",
        "_smtp._tls TXT \"v=TLSRPTv1; rua=https://r.vendor.example/\"\nr.vendor.example. AAAA 2001:db8:113::80"
      ),
      .passes("an address in place of a name", #"_smtp._tls TXT "v=TLSRPTv1; rua=https://192.0.2.80/""#),
    ]
  ) { destination, _ in
    guard let (answer, problem) = destination.obstacle else { return [] }
    return [
      Fault(
        in: answer, "TLS reports go to \(destination.host), which \(own: problem).",
        observed: "\(foreign: destination.uri.octets)",
        expected: "a host that takes reports, or no address there")
    ]
  }
}
