import MTASTS
package import Verdict

extension Rule {
  package static let mtastsMissing = Rule(
    "mtasts.missing",
    "Nothing tells senders that the MX hosts are reached by TLS",
    about: TransportSecurity.self,
    severity: .low,
    why: """
      Without MTA-STS or DANE, TLS between mail servers is a matter of luck: whoever sits in between can \
      switch it off, or show a certificate of their own.
      """,
    fix: """
      Serve a policy at `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` in mode `testing`, then publish \
      `v=STSv1; id=…;` at `_mta-sts`, and enforce it once TLS reports are clean. Or sign the zone and publish \
      TLSA records for the MX hosts.
      """,
    references: [.rfc(8461, "2"), .rfc(7672, "1.3")],
    examples: [
      .flags("neither", at: ["_mta-sts.example.com."], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a hosted MX, whose customers publish the policy", at: ["_mta-sts.example.com."],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 203.0.113.25"),
      .flags(
        "TLSA records that no sender can use", at: ["_mta-sts.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_25._tcp.mail TLSA 3 1 1 abcd"),
      .flags(
        "TLSA records for mail programs alone", at: ["_mta-sts.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _465._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "MTA-STS",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _mta-sts TXT "v=STSv1; id=20260101T000000;"
        mta-sts A 192.0.2.80
        """),
      .passes("DANE is enough", examplePinnedHost),
      .passes(
        "DANE of a third party",
        """
        @ MX 10 mx.vendor.example.
        mx.vendor.example. A 203.0.113.25
        _25._tcp.mx.vendor.example. TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("null MX", "@ MX 0 ."),
      .passes("a web site", "@ A 192.0.2.80"),
    ]
  ) { security, facts in
    // That the policy further up does not hold is mtasts.subdomain.
    guard !security.isAnnounced,
      !facts.observation(of: MailSubdomain.self).subjects.contains(where: \.believesInInheritance)
    else { return [] }
    return [
      Fault(
        in: security.answer,
        "\(facts.domain) has no MTA-STS record, and no MX host has TLSA records that senders can use.",
        expected: "an MTA-STS record and its policy, or TLSA records")
    ]
  }
}
