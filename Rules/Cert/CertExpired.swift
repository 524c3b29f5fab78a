import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let certExpired = Rule(
    "cert.expired",
    "A certificate is out of its dates",
    about: CertifiedServer.self,
    severity: .critical,
    why: """
      Mail programs refuse the connection. Between servers, those that are made to look at certificates by MTA-STS \
      hold mail back.
      """,
    fix: "Renew the certificate, have the server load it, and find out why that did not happen by itself.",
    references: [.rfc(5280, "4.1.2.5"), .rfc(8461, "4.2"), .rfc(7672, "3.1.1")],
    examples: [
      .flags(
        "expired", at: ["mail.example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(dates: .expired(.exampleDate, depth: 0)))],
        exampleHost),
      .flags(
        "between servers", at: ["mail.example.com."], severity: .high,
        servers: [.example(.smtp, tls: ExampleHandshake(dates: .expired(.exampleDate, depth: 0)))],
        exampleHost),
      .flags(
        "an authority's, not yet", at: ["mail.example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(dates: .notYetValid(.exampleDate, depth: 1)))],
        exampleHost),
      .passes("in date", servers: [.example(.smtp), .example(.imaps)], exampleHost),
      .passes(
        "its key is pinned",
        servers: [.example(.smtp, tls: ExampleHandshake(dates: .expired(.exampleDate, depth: 0)))],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
    ]
  ) { certified, _ in
    guard !certified.isPinned else { return [] }
    func fault(_ depth: Int, _ what: Message) -> [Fault] {
      let whose = certified.words(at: depth)
      return [
        certified.fault(
          mail: .high, clients: .critical, "\(whose) \(what).",
          expected: "dates around \(own: certified.verdicts.time.description)")
      ]
    }
    return switch certified.verdicts.dates {
    case .inDate: []
    case .expired(let time, let depth): fault(depth, "expired at \(own: time.description)")
    case .notYetValid(let time, let depth): fault(depth, "is not valid before \(own: time.description)")
    case .unreadable(let depth): fault(depth, "has a date that is none")
    }
  }
}

extension Timestamp {
  fileprivate static let exampleDate = Timestamp(seconds: 1_795_000_000)
}
