/// Findings that a mend may bring to light: each is true, and no worse than the one that goes.
package struct BroughtToLight: Sendable {
  package let appears: [String]
  /// The rules whose mends bring it.
  package let mended: [String]
  package let reason: String

  package static let all = [
    BroughtToLight(
      appears: ["dmarc.p-none-no-rua", "dmarc.enforce-no-rua"],
      mended: [
        "dns.nonascii-txt", "dmarc.missing", "dmarc.multiple", "dmarc.p-invalid", "dmarc.sp-np-invalid",
        "dmarc.version",
        "dmarc.wrong-location",
      ],
      reason: "which mailbox takes the reports only the operator knows"),
    BroughtToLight(
      appears: ["dmarc.rua-undeliverable"], mended: ["dns.nonascii-txt"],
      reason: "where reports go shows once the record can be read"),
    BroughtToLight(
      appears: ["dmarc.p-none"], mended: ["dmarc.p-missing", "dmarc.rua-scheme"],
      reason: "no mend makes a policy stronger than what is written or in force"),
    BroughtToLight(
      appears: ["spf.softfail"], mended: ["spf.all-pass", "spf.all-weak", "spf.missing", "spf.multiple"],
      reason: "-all would have mail of senders refused that are not named yet (RFC 9989 §7.1)"),
    BroughtToLight(
      appears: ["spf.length-total"], mended: ["spf.missing"],
      reason: "other texts at the domain leave little room, and SPF has no other place"),
    BroughtToLight(
      appears: ["dkim.rsa-1024"], mended: ["dkim.p-base64", "dkim.tag-syntax", "dkim.txt-quotes"],
      reason: "how long a key is shows once it can be read"),
    BroughtToLight(
      appears: ["host.helo-spf"],
      mended: [
        "host.ptr-generic", "host.ptr-helo-domain", "host.ptr-missing", "host.ptr-not-confirmed", "mx.cname",
        "mx.ip-literal", "spf.a-empty", "spf.join-missing-space", "spf.missing", "spf.multiple",
        "spf.trailing-garbage", "spf.unknown-mechanism", "spf.version-prefix",
      ],
      reason: "that a host sends, and under which name, is known once SPF and reverse name are in order"),
    BroughtToLight(
      appears: ["host.aaaa-missing"],
      mended: [
        "config.domain-not-served", "host.address-special", "mx.cname", "mx.ip-literal", "mx.missing",
        "mx.target-nxdomain", "srs.mx-missing",
      ],
      reason: "a host that mail reaches at last, or by its own name, has had IPv4 alone before"),
    BroughtToLight(
      appears: ["dane.missing"],
      mended: [
        "config.domain-not-served", "dns.doubled-suffix", "host.address-special", "mx.cname", "mx.differs",
        "mx.ip-literal", "mx.missing", "mx.target-nxdomain", "srs.mx-missing",
      ],
      reason: "a signed host that mail reaches at last, or by its own name, has had no TLSA records before"),
    BroughtToLight(
      appears: ["dmarc.parked", "spf.parked"],
      mended: ["mx.dangling", "spf.mx-vs-null", "spf.redirect-dup", "spf.version-prefix"],
      reason: "what is left says that the domain has no mail"),
    BroughtToLight(
      appears: ["autodiscover.missing", "mtasts.missing"], mended: ["dns.doubled-suffix", "mx.missing"],
      reason: "what a domain with mail is asked for shows once its MX records say that it is one"),
    BroughtToLight(
      appears: ["autodiscover.missing"], mended: ["autodiscover.dangling"],
      reason:
        "which host serves the settings only the operator knows; until then none does, rather than a stranger"
    ),
    BroughtToLight(
      appears: ["mx.missing"], mended: ["mx.dangling"],
      reason:
        "which host takes the mail only the operator knows; until then nobody does, rather than a stranger"),
    BroughtToLight(
      appears: ["dmarc.reject-humans"], mended: ["dmarc.differs"],
      reason: "the operator wants it so, and is told what that means for users on mailing lists"),
  ]

  static func allows(_ appears: String, afterMending mended: String) -> Bool {
    all.contains { $0.appears.contains(appears) && $0.mended.contains(mended) }
  }
}
