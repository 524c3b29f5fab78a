import AuditTesting
import DNSData
import Evidence
import Expectation
import Foundation
import Reports
import Verdict

@testable import Rules

/// Audits for pages: with everything that a page can show, and with everything that a stranger could try.
enum HTMLSample {
  static let tool = "mailaudit <test>"

  /// Strings that would do harm if they were markup, and characters that turn text around, hide it or join with markup.
  static let hostile =
    "@ MX 10 mail\nmail A 192.0.2.1\n" + #"@ TXT "v=spf1 mx include:gone.example "#
    + #"<script>document.title='owned'</script> <img/src=x/onerror=alert(1)> </style></code></pre> {{tool}} "#
    + #"\"\204\129onmouseover=alert(1) \226\128\174\226\128\168\027[31m \240\159\143\187' &amp; -all""# + "\n"
    + #"_dmarc TXT "v=DMARC1; p=\"><script>alert(2)</script>; rua=mailto:<svg/onload=alert(3)>@example.com""#
    + "\n1.2.0.192.in-addr.arpa. PTR evil\\027\\010name.example.com.\n"
    + "mail._domainkey TXT \"v=DKIM1; k=rsa; p=\" "
    + String(repeating: "\"" + String(repeating: "<b>", count: 85) + "\" ", count: 235)

  static let sound = """
    @ MX 10 mail
    @ TXT "v=spf1 mx include:_spf.example.com -all"
    _spf TXT "v=spf1 a:mail.example.com ip4:198.51.100.0/24 -all"
    _dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com"
    mail A 192.0.2.1
    mail TXT "v=spf1 a -all"
    1.2.0.192.in-addr.arpa. PTR mail
    """

  static let poor = "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"

  static func audit(
    _ zone: String, name: String = "example.com", selectors: [String] = [], probes: [ServerProbe?] = [],
    expecting site: ExpectedSite? = nil
  ) async throws -> AuditResult {
    let servers = GivenServers(probes.compactMap(\.self))
    let snapshot = try await World(zone).snapshot(
      selectors: selectors, senders: site == nil ? ["192.0.2.1"] : [],
      probing: probes.isEmpty ? .none : .usual(only: nil), servers: servers, expecting: site)
    return result(Facts(snapshot, expecting: site), name)
  }

  /// The domain's TXT records cannot be had.
  static func unknown() async throws -> AuditResult {
    let source = FailingSource(
      try World(poor).source, failing: [Question(try Name("example.com"), .txt): .serverFailure])
    return result(Facts(try await World(asking: source).snapshot()), "unknown.example")
  }

  static func waived() async throws -> AuditResult {
    try await audit(
      poor, name: "waived.example", expecting: .exampleWaiver("host.ptr-missing", until: "2027-01-01"))
  }

  static func expected() async throws -> AuditResult { try await audit(sound, expecting: .exampleV4) }

  private static func result(_ facts: Facts, _ name: String) -> AuditResult {
    AuditResult(facts.snapshot, Scorecard(facts, rules: Rule.catalog), displayName: name)
  }

  static var sick: [ServerProbe?] {
    let refusal = MailReply.example(554, "<script>alert(4)</script>\u{202E} go away")
    return [
      .example(
        tls: ExampleHandshake(
          version: .tls12,
          trust: .untrusted(PathError(code: 18, reason: "self-signed certificate", depth: 0)),
          dates: .expired(ExampleHandshake.time, depth: 0), nameMatches: false)),
      .example(policy: .legacy, tls: ExampleHandshake(version: .tls11)), .example(.imaps),
      .example(.submission, tls: nil) {
        $0.greeting = refusal
        $0.ending = .refused(refusal)
        $0.startTLS = .unseen
        $0.stage = .greeting
      },
    ]
  }

  private static let audits = Task { try await make() }
  /// One of each kind.
  static var all: [AuditResult] { get async throws { try await audits.value } }

  private static func make() async throws -> [AuditResult] {
    [
      try await audit(sound, name: "sound.example"),
      try await audit(
        hostile, name: "hostile<script>alert(5)</script>\u{202E}.example", selectors: ["mail"],
        probes: sick),
      try await unknown(),
      try await waived(),
    ]
  }

  static func page(_ audits: [AuditResult]) throws -> Page {
    Page(html: try HTMLReport(audits, tool: tool).text())
  }

  /// What a failed expectation does not print as a whole.
  struct Page: CustomStringConvertible {
    let html: String

    var description: String { "the page" }

    func contains(_ part: String) -> Bool { html.contains(part) }
  }
}
