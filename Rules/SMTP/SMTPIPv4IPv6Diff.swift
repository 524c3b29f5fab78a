package import Verdict

extension Rule {
  package static let smtpIPv4IPv6Diff = Rule(
    "smtp.ipv4-ipv6-diff",
    "A mail host offers other things over IPv6 than over IPv4",
    about: FamilyComparison.self,
    severity: .medium,
    why: """
      Both are addresses of one host, and senders take either. A difference shows two servers or settings, \
      of which one was forgotten: mail is treated differently by chance.
      """,
    fix: "Give both families the same server and settings.",
    references: [.practice("one host name, one configuration"), .rfc(5321, "5.1")],
    examples: [
      .flags(
        "no STARTTLS over IPv6", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(at: "2001:db8::1", tls: nil) {
            $0.inPlaintext = .example(.smtp, [])
            $0.startTLS = .notOffered
            $0.inTLS = .unseen
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .flags(
        "AUTH over IPv6 alone", at: ["mail.example.com."],
        servers: [
          .example(), .example(at: "2001:db8::1") { $0.inTLS = .example(.smtp, ["AUTH PLAIN"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes(
        "the same", servers: [.example(), .example(at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes(
        "two machines of different kinds, in both families alike",
        servers: [
          .example(), .example(at: "192.0.2.2") { $0.inTLS = .example(.smtp, ["DSN"]) },
          .example(at: "2001:db8::1") { $0.inTLS = .example(.smtp, ["DSN"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1\nmail A 192.0.2.2\nmail AAAA 2001:db8::1"),
      .passes(
        "nothing heard inside TLS over IPv6",
        servers: [
          .example(),
          .example(at: "2001:db8::1") {
            $0.inTLS = .unseen
            $0.stage = .capabilitiesInTLS
            $0.ending = .interrupted(.timedOut)
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
    ]
  ) { comparison, _ in
    // Machines behind one name may differ; the families differ if nothing over IPv6 is like anything over IPv4.
    let isAlike = comparison.overIPv6.contains { six in
      comparison.overIPv4.contains { $0.differences(from: six).isEmpty }
    }
    guard !isAlike, let four = comparison.overIPv4.first else { return [] }
    return comparison.overIPv6.map { six in
      let names = six.differences(from: four).sorted().prefix(10).map { "\(foreign: $0)" as Message }
      return six.server.fault(
        severity: six.server.severity(.medium),
        "\(six.server.owned) and \(four.server.address) do not offer the same.",
        observed: "a difference in \(names.enumeration)", expected: "the same extensions over both families")
    }
  }
}
