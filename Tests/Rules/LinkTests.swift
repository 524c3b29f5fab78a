import AuditTesting
import DNSData
import Evidence
import Testing
import Verdict

@testable import Rules

/// A link between two names that ought to agree, broken in a world that is well otherwise: what the audit says of it,
/// at medium or above, is said once; where records of two kinds are to be mended, once for each.
@Suite struct LinkTests {
  struct Link: Sendable, CustomTestStringConvertible {
    let name: String
    /// In place of the first records, or added to them.
    var zone = Link.zone
    var servers = Link.servers
    var documents = Link.documents
    /// Lesser findings are not looked at; those that the unbroken world has are never meant.
    var floor = Severity.medium
    let findings: Set<String>

    var testDescription: String { name }

    static let zone = """
      @ MX 10 mail
      @ TXT "v=spf1 mx -all"
      _dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"
      mail A 192.0.2.1
      mail TXT "v=spf1 a -all"
      1.2.0.192.in-addr.arpa. PTR mail.example.com.
      _mta-sts TXT "v=STSv1; id=1"
      mta-sts A 192.0.2.80
      autoconfig A 192.0.2.81
      _submissions._tcp SRV 0 1 465 mail
      _imaps._tcp SRV 0 1 993 mail
      """
    static let servers = [ServerProbe.example(), .example(.submissions), .example(.imaps)]
    static let documents = [ExampleDocument.policy(), .settings()]

    /// The host under a name that the policy does not know.
    static let renamed = zone(
      ("10 mail", "10 mx2"), ("mail A", "mx2 A"), ("mail TXT", "mx2 TXT"), ("PTR mail", "PTR mx2"),
      ("465 mail", "465 mx2"), ("993 mail", "993 mx2"))
    static let renamedDocuments = [
      ExampleDocument.policy(),
      .settings(
        ExampleDocument.settingsText(
          imap: (host: "mx2.example.com", port: 993, security: "SSL"),
          smtp: (host: "mx2.example.com", port: 465, security: "SSL"))),
    ]

    static func zone(_ changes: (String, String)...) -> String {
      changes.reduce(zone) { $0.replacing($1.0, with: $1.1) }
    }
  }

  static let wrongName = ExampleHandshake(nameMatches: false)

  private static func settings(imap host: String) -> ExampleDocument {
    .settings(ExampleDocument.settingsText(imap: (host: host, port: 993, security: "SSL")))
  }

  static let links = [
    Link(name: "none", findings: []),
    Link(
      name: "the MX name and the policy", zone: Link.renamed,
      servers: [
        .example(host: "mx2.example.com"), .example(.submissions, host: "mx2.example.com"),
        .example(.imaps, host: "mx2.example.com"),
      ], documents: Link.renamedDocuments, findings: ["mtasts.mx-mismatch"]),
    Link(
      name: "the MX name, the policy and the certificate", zone: Link.renamed,
      servers: [
        .example(host: "mx2.example.com", tls: wrongName), .example(.submissions, host: "mx2.example.com"),
        .example(.imaps, host: "mx2.example.com"),
      ], documents: Link.renamedDocuments, findings: ["mtasts.mx-mismatch"]),
    Link(
      name: "the MX name and the certificate, under a policy",
      servers: [.example(tls: wrongName), .example(.submissions), .example(.imaps)],
      findings: ["mtasts.mx-cert"]),
    Link(
      name: "a host for mail programs and its certificate",
      servers: [.example(), .example(.submissions), .example(.imaps, tls: wrongName)],
      findings: ["cert.name-mismatch"]),
    Link(
      name: "an SRV target and its certificate",
      zone: Link.zone(("993 mail", "993 imap")) + "\nimap A 192.0.2.1",
      servers: Link.servers + [.example(.imaps, host: "imap.example.com", tls: wrongName)],
      findings: ["srv.cert"]),
    Link(
      name: "an SRV target that does not exist", zone: Link.zone(("993 mail", "993 gone")),
      findings: ["srv.target-unresolved"]),
    Link(
      name: "a port, to which an SRV record and the settings lead, and its server",
      servers: [.example(), .example(.submissions)], findings: ["access.expected-port-closed"]),
    Link(
      name: "a leftover SRV record and a closed port", zone: Link.zone + "\n_imap._tcp SRV 10 1 143 mail",
      findings: ["srv.legacy-without-service"]),
    Link(
      name: "the settings and a closed port",
      documents: [
        .policy(),
        .settings(
          ExampleDocument.settingsText(imap: (host: "mail.example.com", port: 143, security: "STARTTLS"))),
      ], findings: ["autoconfig.hostport"]),
    Link(
      name: "the policy host and its certificate",
      documents: [.policy(failing: .certificate(.nameMismatch)), .settings()],
      findings: ["mtasts.cert-invalid"]),
    Link(
      name: "the policy host and its address", zone: Link.zone(("mta-sts A 192.0.2.80\n", "")),
      findings: ["mtasts.host-missing"]),
    Link(
      name: "the key and the TLSA record",
      zone: Link.zone + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.authorityDigest)",
      findings: ["dane.mismatch"]),
    Link(
      name: "the address and its reverse name",
      zone: Link.zone(("PTR mail.example.com.", "PTR other.example.net.")),
      findings: ["host.ptr-not-confirmed"]),
    Link(
      name: "the MX name, which SRV records and the settings give too, and its address",
      zone: Link.zone(("mail A 192.0.2.1\n", "mail TXT x\n")), findings: ["mx.target-nxdomain"]),
    Link(
      name: "an SRV target, which the settings give too, and its address",
      zone: Link.zone(("993 mail", "993 gone")), documents: [.policy(), settings(imap: "gone.example.com")],
      findings: ["srv.target-unresolved"]),
    Link(
      name: "a host that the settings alone name, and its address",
      documents: [.policy(), settings(imap: "imap.vendor.example")], findings: ["autoconfig.hostport"]),
    Link(
      name: "a host that the settings alone name, and its certificate",
      zone: Link.zone + "\nimap.vendor.example. A 192.0.2.2",
      servers: Link.servers + [
        .example(.imaps, host: "imap.vendor.example", at: "192.0.2.2", tls: wrongName)
      ], documents: [.policy(), settings(imap: "imap.vendor.example")], findings: ["autoconfig.hostport"]),
    Link(
      name: "the banner and the name of the host",
      servers: [
        .example {
          $0.greeting = .example(220, "localhost ESMTP")
          $0.inPlaintext = $0.inPlaintext.greeted(by: "localhost")
          $0.inTLS = $0.inTLS.greeted(by: "localhost")
        }, .example(.submissions), .example(.imaps),
      ], floor: .info, findings: ["host.banner-name"]),
    Link(
      name: "the authority and the CAA records", zone: Link.zone + "\n@ CAA 0 issue \"ca.example\"",
      servers: [
        .example(tls: ExampleHandshake(certificate: .letsEncrypt)), .example(.submissions), .example(.imaps),
      ], documents: [.policy(certificate: .letsEncrypt), .settings()], findings: ["caa.blocks-ca"]),
  ]

  @Test(arguments: links)
  func `a broken link is one finding`(_ link: Link) async throws {
    let usual = link.floor < .medium ? try await findings(Link(name: "none", findings: []), link.floor) : []
    #expect(try await findings(link, link.floor).subtracting(usual) == link.findings)
  }

  private func findings(_ link: Link, _ floor: Severity) async throws -> Set<String> {
    let snapshot = try await World(link.zone).snapshot(
      probing: .usual(only: nil), servers: GivenServers(link.servers.compactMap(\.self), link.documents),
      signed: ["."])
    let scorecard = Scorecard(Facts(snapshot), rules: Rule.catalog)
    return Set(
      scorecard.results.filter { $0.outcome == .failed && $0.severity >= floor }.map(\.rule.id))
  }
}

extension MailCapabilityListing {
  /// The same list, in the name of another.
  fileprivate func greeted(by name: String) -> MailCapabilityListing {
    guard let list else { return self }
    return .listed(MailCapabilities(.smtp, reply: .example(250, name), items: list.items))
  }
}
