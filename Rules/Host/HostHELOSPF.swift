import DNSData
import SPF
package import Verdict

extension Rule {
  package static let hostHELOSPF = Rule(
    "host.helo-spf",
    "The name of a sending host has no SPF record",
    about: HELOName.self,
    severity: .low,
    why: """
      Bounces have no sender, so that receivers check the name in HELO instead. Without an SPF record for \
      it bounces and automatic replies pass no check, and forgers may use the name.
      """,
    fix: "Publish `v=spf1 a -all` for the host, if this is the name that it gives in HELO.",
    references: [.rfc(7208, "2.3"), .rfc(7208, "2.4"), .rfc(7208, "10.1.3")],
    examples: [
      .flags(
        "nothing for the host", at: ["mail.example.com."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR mail
        """),
      .passes(
        "the host's own addresses",
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        mail TXT "v=spf1 a -all"
        1.2.0.192.in-addr.arpa. PTR mail
        """),
      .passes(
        "a host that sends under another name",
        """
        @ MX 10 in
        @ TXT "v=spf1 mx -all"
        in A 192.0.2.1
        out A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR out
        """),
    ]
  ) { host, _ in
    guard SPFRecord.select(host.texts.records).isEmpty else { return [] }
    let record = Record(host.name, ttl: ZoneFile.defaultTTL, .txt(TXT("v=spf1 a -all")))
    return [
      Fault(
        in: host.texts, "\(host.name), which its address leads back to, has no SPF record.",
        expected: "`v=spf1 a -all`", mend: host.texts.aliases.isEmpty ? Mend(publish: [record]) : nil)
    ]
  }
}
