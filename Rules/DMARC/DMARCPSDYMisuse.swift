import DMARC
package import Verdict

extension Rule {
  package static let dmarcPSDYMisuse = Rule(
    "dmarc.psd-y-misuse",
    "The domain calls itself a public suffix",
    about: DMARCPublication.self,
    severity: .critical,
    why: """
      `psd=y` says that everybody may register names below this domain. Its policy no longer applies to \
      itself as an organisation, and its subdomains are taken for strangers.
      """,
    fix: "Remove `psd=y`.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "4.10.2")],
    examples: [
      .flags("an ordinary domain", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; psd=y""#),
      .passes("psd=n", #"_dmarc TXT "v=DMARC1; p=reject; psd=n""#),
      .passes(
        "a public suffix", domain: "co.uk",
        "_dmarc.co.uk. TXT \"v=DMARC1; p=reject; psd=y\"\nco.uk. TXT \"a registry\""),
    ]
  ) { publication, _ in
    publication.ownStops.compactMap { stop in
      guard let record = stop.record, record.settings.suffix == .publicSuffix, !stop.isPublicSuffix else {
        return nil
      }
      var settings = record.settings
      settings.suffix = .undetermined
      return Fault(
        in: stop.answer,
        "\(stop.step.target) has psd=y, and the public suffix list does not know it as a suffix.",
        observed: "\(foreign: record.octets)", mend: stop.mend(of: record, to: settings))
    }
  }
}
