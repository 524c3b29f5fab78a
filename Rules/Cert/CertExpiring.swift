import Crypto
import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let certExpiring = Rule(
    "cert.expiring",
    "A certificate expires soon and ought to have been renewed",
    about: CertifiedServer.self,
    severity: .high,
    why: """
      Certificates are renewed by programs, when a third of their life is left: what is older shows that this does \
      not work any more. When it expires, mail programs refuse to connect.
      """,
    fix: "Look why the last renewals failed, or why the server has not loaded the new certificate.",
    references: [.rfc(9773, ""), .rfc(5280, "4.1.2.5")],
    examples: [
      .flags(
        "13 of 90 days left", at: ["mail.example.com."], severity: .medium,
        servers: [.example(.imaps, tls: ExampleHandshake(time: .daysLeft(13)))], exampleHost),
      .flags(
        "6 of 90 days left", at: ["mail.example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(time: .daysLeft(6)))], exampleHost),
      .passes(
        "15 of 90 days left", servers: [.example(.imaps, tls: ExampleHandshake(time: .daysLeft(15)))],
        exampleHost),
      .passes(
        "over already, of which another rule speaks",
        servers: [
          .example(
            .imaps, tls: ExampleHandshake(dates: .expired(.daysLeft(0), depth: 0), time: .daysLeft(-1)))
        ], exampleHost),
      .passes(
        "its key is pinned", servers: [.example(.smtp, tls: ExampleHandshake(time: .daysLeft(6)))],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
    ]
  ) { certified, _ in
    guard certified.verdicts.dates == .inDate, !certified.isPinned,
      let begin = certified.certificate.notBefore, let end = certified.certificate.notAfter, begin < end
    else { return [] }
    let lifetime = end.seconds - begin.seconds
    let left = end.seconds - certified.verdicts.time.seconds
    // Of a short life the fifth counts, of a long one two weeks: lives are short enough to be spent in fractions.
    guard left < min(lifetime / 5, 14 * day) else { return [] }
    let isUrgent = left < max(min(lifetime / 10, 7 * day), 2 * day)
    let severity: Severity = isUrgent ? .high : .medium
    return [
      certified.fault(
        mail: severity, clients: severity,
        "\(certified.words) expires at \(own: end.description).",
        observed: "\(Int(left * 100 / lifetime)) % of its life is left, \(left.inWords)",
        expected: "a renewal when a third is left")
    ]
  }
}

/// Seconds.
private let day: Int64 = 86_400

extension Int64 {
  fileprivate var inWords: Message {
    self < 2 * day ? "\(Int(self / 3600)) hours" : "\(Int(self / day)) days"
  }
}

extension Timestamp {
  /// In the life of the example certificates.
  fileprivate static func daysLeft(_ days: Int64) -> Timestamp {
    Timestamp(seconds: 1_801_267_200 - days * day)
  }
}
