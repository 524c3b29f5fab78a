import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// What the program imports, it prints as a zone; what it prints, name servers serve; what they serve, it accepts.
  @Suite struct Sites {
    struct Site: Sendable, CustomTestStringConvertible {
      let name: String
      let configuration: String
      let arguments: [String]
      let domains: [String]
      /// The root zone of a name server of its own.
      let address: String
      /// What stays to be said of such a site, and why that is so.
      let accepted: [String: String]

      var testDescription: String { name }
    }

    private static let noReports = "where reports go is not in the configuration"
    private static let noPolicy = "the server serves no MTA-STS policy of its own, and the zone is not signed"
    private static let notOffered = "the manual asks for none"

    static let all = [
      Site(
        name: "snm",
        configuration: """
          {"fqdn": "mail.snm.example", "domains": ["snm.example", "snm-second.example"],
           "enableImap": false, "enableImapSsl": true, "enableSubmission": false, "enableSubmissionSsl": true,
           "enablePop3": false, "enablePop3Ssl": false, "enableManageSieve": false,
           "dkim": {"enable": true, "keyDirectory": "/var/dkim", "defaults": {"selector": "mail"}},
           "srs": {"enable": true, "domain": "srs.snm.example"}, "systemDomain": "snm.example",
           "certificateScheme": "acme-nginx"}
          """,
        arguments: ["--address", "198.51.100.10", "--address", "2001:db8:25::10"],
        domains: ["snm.example", "snm-second.example", "srs.snm.example"], address: "192.0.2.240",
        accepted: [
          "dmarc.p-none-no-rua": noReports, "dmarc.enforce-no-rua": noReports, "mtasts.missing": noPolicy,
          "autodiscover.missing": notOffered, "caa.missing": notOffered,
        ]),
      Site(
        name: "flyingcircus",
        configuration: """
          {"mailHost": "mail.fc.example", "webmailHost": "webmail.fc.example",
           "domains": {"fc.example": {"enable": true, "autoconfig": true}},
           "smtpBind4": ["198.51.100.20", "198.51.100.21"],
           "smtpBind6": ["2001:db8:25::20", "2001:db8:25::21"], "explicitSmtpBind": true}
          """,
        arguments: [], domains: ["fc.example"], address: "192.0.2.241",
        accepted: [
          "dmarc.p-none-no-rua": noReports, "mtasts.missing": noPolicy, "autodiscover.missing": notOffered,
          "caa.missing": notOffered,
        ]),
    ]

    @Test(arguments: all)
    func `an imported site, written as a zone and served, is as it should be`(_ site: Site) async throws {
      let lab = try await Lab.shared
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "mailaudit-site-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      func path(_ name: String) -> String { folder.appending(path: name).path }
      for domain in site.domains { try await makeKey(of: domain, in: folder) }

      let imported = try await Program.mailaudit.run(
        ["expect", "import", site.name, "-", "--keys", folder.path] + site.arguments,
        input: site.configuration)
      #expect(imported.status == 0, "\(imported.error)")
      let waivers = site.accepted.sorted(by: <).map { rule, reason in
        "- { rule: \(rule), reason: \"\(reason)\", until: 9000-01-01 }"
      }
      let text = imported.output + "waivers:\n" + waivers.joined(separator: "\n") + "\n"
      try Data(text.utf8).write(to: folder.appending(path: "site.yaml"))

      let zone = try await Program.mailaudit.run(["zone", "--all", "--expect", path("site.yaml")])
      #expect(zone.status == 0, "\(zone.error)")
      try Data((Self.root(site.address) + zone.output).utf8).write(to: folder.appending(path: "root.zone"))
      let server = try lab.serve(["\(site.address)=\(path("root.zone"))"])
      defer { try? server.fileHandleForWriting.close() }

      let audit = try await lab.run(
        [
          Program.mailaudit.path, "--expect", path("site.yaml"), "--resolver", site.address, "--format",
          "json",
          "--ca-file", lab.authorityFile, "--probe-timeout", "10", "--fail-on", "info",
        ] + lab.surroundings)
      let audits = try ReportDocument(audit.output).audits
      #expect(audits.map(\.domain) == site.domains, "\(audit.error)")
      for audit in audits {
        let faults = audit.findings.filter { ["failed", "unknown"].contains($0.outcome) }
        #expect(faults.isEmpty, "\(audit.domain): \(faults.map { "\($0.rule): \($0.message)" })")
      }
      let waived = Set(audits.flatMap(\.findings).filter { $0.outcome == "waived" }.map(\.rule))
      #expect(waived == Set(site.accepted.keys))
      #expect(audit.status == 0)
    }

    private static func root(_ address: String) -> String {
      """
      $TTL 3600
      . SOA ns.root. hostmaster.root. 1 3600 600 86400 300
      . NS ns.root.
      ns.root. A \(address)

      """
    }

    /// A record file as rspamd writes it.
    private func makeKey(of domain: String, in folder: URL) async throws {
      let openssl = Program(path: "/usr/bin/openssl")
      let key = folder.appending(path: "\(domain).pem").path
      _ = try await openssl.run(["genrsa", "-out", key, "2048"])
      let text = try await openssl.run(["rsa", "-in", key, "-pubout"]).output
      let public64 = text.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
      let record =
        "mail._domainkey IN TXT ( \"v=DKIM1; k=rsa; \"\n\t\"p=\(public64.prefix(250))\"\n\t"
        + "\"\(public64.dropFirst(250))\" ) ;\n"
      try Data(record.utf8).write(to: folder.appending(path: "\(domain).mail.txt"))
    }
  }
}
