import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let mxBackupWeaker = Rule(
    "mx.backup-weaker",
    "A backup mail host is less protected than the first one",
    about: BackupProtection.self,
    severity: .medium,
    why: """
      Who can keep senders from the first host, by dropping packets on the way to it, has them go to the backup. There \
      the mail passes as unprotected as the backup is.
      """,
    fix: "Give the backup what the first host has, or do without it: senders try again for days.",
    references: [.rfc(5321, "5.1"), .rfc(7672, "2.2.1"), .rfc(8461, "4.1")],
    examples: [
      .flags(
        "no STARTTLS", at: ["backup.example.com."],
        servers: [
          .example(), .example(host: "backup.example.com", at: "192.0.2.2", tls: nil) { $0.offerNoTLS() },
        ], exampleBackup),
      .flags(
        "no TLSA record", at: ["_25._tcp.backup.example.com."],
        servers: [.example(), .example(host: "backup.example.com", at: "192.0.2.2")],
        exampleBackup + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "the records of the first one are not signed",
        servers: [.example(), .example(host: "backup.example.com", at: "192.0.2.2")], signed: ["net."],
        exampleBackup + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "alike", servers: [.example(), .example(host: "backup.example.com", at: "192.0.2.2")], exampleBackup),
      .passes(
        "the first one has none either, which is smtp.starttls-missing",
        servers: [
          .example(tls: nil) { $0.offerNoTLS() },
          .example(host: "backup.example.com", at: "192.0.2.2", tls: nil) { $0.offerNoTLS() },
        ], exampleBackup),
      .passes(
        "nothing listens there", servers: [.example(), .example(.refused, host: "backup.example.com")],
        exampleBackup),
    ]
  ) { backup, _ in
    var faults: [Fault] = []
    if backup.firstHasTLS {
      faults += backup.withoutTLS.map { server in
        server.fault(
          severity: server.severity(.medium),
          "\(server.owned) is a backup and has no STARTTLS, which a host before it has.", expected: "STARTTLS"
        )
      }
    }
    if let pinned = backup.pinned, let answer = backup.unpinned {
      faults.append(
        Fault(
          in: answer,
          "The backup \(backup.host) has no signed TLSA record, while \(pinned), which is tried before it, has.",
          expected: "signed TLSA records for both"))
    }
    return faults
  }
}

private let exampleBackup = """
  @ MX 10 mail
  @ MX 20 backup
  mail A 192.0.2.1
  backup A 192.0.2.2
  """

extension MailSession {
  fileprivate mutating func offerNoTLS() {
    inPlaintext = .example(.smtp, [])
    inTLS = .unseen
    startTLS = .notOffered
  }
}
