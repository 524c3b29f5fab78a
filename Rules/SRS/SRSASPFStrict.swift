import DMARC
import DNSData
package import Verdict

extension Rule {
  package static let srsASPFStrict = Rule(
    "srs.aspf-strict",
    "The domain of rewritten senders asks for strict SPF alignment",
    about: SRSDomain.self,
    severity: .low,
    why: """
      Forwarded mail has its own author in From, which never aligns with this domain: strict alignment helps nobody, and \
      mail of the domain's subdomains fails by it.
      """,
    fix: """
      Publish the DMARC record without `aspf=s`.
      """,
    references: [.practice("Simple NixOS Mailserver: SRS"), .rfc(9989, "4.4")],
    examples: [
      .flags(
        "strict", at: ["_dmarc.example.com."], expecting: .exampleSRS,
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject; aspf=s\""),
      .passes(
        "relaxed", expecting: .exampleSRS,
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject; aspf=r; adkim=s\""),
      .passes(
        "no domain for SRS", expecting: .exampleV4, "_dmarc TXT \"v=DMARC1; p=reject; aspf=s\""),
    ]
  ) { domain, _ in
    guard let answer = domain.policies else { return [] }
    return answer.records.filter(\.asksForStrictSPF).map { _ in
      Fault(
        in: answer, "The DMARC record asks for strict alignment of SPF (aspf=s).", observed: "aspf=s",
        expected: "no aspf, or aspf=r")
    }
  }
}

extension Record {
  fileprivate var asksForStrictSPF: Bool {
    guard case .txt(let text) = data else { return false }
    let record = DMARCRecord(text.joined)
    return record.usability == .ok && record.settings.spfAlignment == .strict
  }
}
