import AuditTesting
import DNSData
import Expectation
import Foundation
import Testing

@testable import mailaudit

@Suite struct ExpectImportTests {
  private static let samples = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Import")

  private func keys() async throws -> String { try await KeyFolder.shared.value.path }

  /// The printed expression over an attribute set of the release's shape, by nix itself.
  private func selected(_ release: String, with changes: String = "{ }") async throws -> String {
    let expression = try await Program.mailaudit.run(["expect", "import", "snm", "--print-nix"])
    #expect(expression.status == 0)
    let sample = Self.samples.appending(path: "mailserver-\(release).nix").path
    let home = FileManager.default.temporaryDirectory.path
    let result = try await Program(path: "/usr/bin/nix-instantiate").run(
      [
        "--store", "dummy://", "--eval", "--json", "--strict", "-E",
        "(\(expression.output)) (import \(sample) // \(changes))",
      ],
      environment: ["HOME": home, "PATH": "/usr/bin:/bin"])
    #expect(result.status == 0, "\(result.error)")
    return result.output
  }

  private func imported(_ arguments: [String], input: String) async throws -> (
    text: String, site: ExpectedSite
  ) {
    let result = try await Program.mailaudit.run(["expect", "import"] + arguments, input: input)
    #expect(result.status == 0, "\(result.error)")
    return (result.output, try ExpectationFile.read(Array(result.output.utf8), file: "imported", folder: ""))
  }

  @Test func `nix selects what is needed, and touches neither accounts nor secrets`() async throws {
    let (text, site) = try await imported(
      ["snm", "-", "--address", "192.0.2.1", "--address", "2001:db8::1", "--keys", try await keys()],
      input: try await selected("26.05"))
    let host = try #require(site.hosts.first)
    #expect(host.name.display == "mail.example.com" && host.helo.display == "out.example.com")
    #expect(host.addresses.count == 2 && host.services[.pop3s] == .open && host.services[.imap] == .closed)
    #expect(
      host.services[.manageSieve] == .open && host.services[.submissions] == .open
        && host.services[.smtp] == .open)
    #expect(site.domains.map(\.name.display) == ["example.com", "example.org", "srs.example.com"])
    #expect(site.domains.map(\.role) == [.full, .full, .srs])
    #expect(site.domains[0].selectors.map(\.label) == ["mail"] && site.domains[0].selectors[0].key != nil)
    #expect(site.domains[1].selectors.map(\.label) == ["ed-2026", "rsa-2026"])
    #expect(site.domains[1].selectors.map { $0.key == nil } == [true, false])
    #expect(
      text.contains("# dkim: { ed-2026: { record: ")
        && text.contains("# certificates: [/var/lib/acme/mail.example.com/cert.pem]"))
    #expect(site.domains[2].dmarc?.policy == .reject && site.domains[0].spf == ExpectedSPF(own: .mx))
    #expect(site.domains[0].discovery.services == .open)
  }

  @Test func `the options of the release before are found under their old names`() async throws {
    let (text, site) = try await imported(
      ["snm", "-", "--offline"], input: try await selected("25.11"))
    #expect(site.hosts[0].services[.imap] == .open && site.hosts[0].services[.pop3s] == .closed)
    #expect(
      site.domains.map(\.name.display) == ["example.com"]
        && site.domains[0].selectors.map(\.label) == ["mail"])
    #expect(text.contains("# addresses: [...]: the configuration does not tell them"))
    #expect(text.contains("/var/dkim/example.com.mail.txt"))
    #expect(text.contains("# certificates: [/etc/mail/cert.pem]"))
  }

  @Test func `how the authority sees whose name it is stands there where it is known, and else as a comment`()
    async throws
  {
    let nginx = try await imported(
      ["snm", "-", "--offline"],
      input: try await selected("25.11", with: "{ certificateScheme = \"acme-nginx\"; }"))
    #expect(nginx.site.hosts[0].validation == .http && nginx.text.contains("\n    acme: http-01\n"))
    for input in [
      try await selected("25.11", with: "{ certificateScheme = \"acme\"; }"), try await selected("26.05"),
    ] {
      let (text, site) = try await imported(["snm", "-", "--offline"], input: input)
      #expect(
        site.hosts[0].validation == nil && text.contains("    # acme: http-01, dns-01 or tls-alpn-01: "))
    }
    let manual = try await imported(["snm", "-", "--offline"], input: try await selected("25.11"))
    #expect(manual.site.hosts[0].validation == nil && !manual.text.contains("acme:"))
  }

  @Test func `addresses that the configuration does not tell are those of the DNS, marked so`() async throws {
    let zone = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zone")
    try Data("mail.example.com. A 192.0.2.1\nmail.example.com. AAAA 2001:db8::1\n".utf8).write(to: zone)
    defer { try? FileManager.default.removeItem(at: zone) }
    let dns = ["--offline", "--zone", zone.path]
    for (kind, input) in [
      ("snm", #"{"fqdn": "mail.example.com", "domains": ["example.com"]}"#),
      ("flyingcircus", #"{"mailHost": "mail.example.com", "domains": ["example.com"], "smtpBind4": ""}"#),
    ] {
      let (text, site) = try await imported([kind, "-"] + dns, input: input)
      #expect(site.hosts[0].addresses.map(\.description) == ["192.0.2.1", "2001:db8::1"])
      #expect(site.hosts[0].sendingAddresses == site.hosts[0].addresses)
      #expect(text.contains("# addresses: from the DNS on 20"), "\(text)")
    }
    let given = try await imported(
      ["snm", "-", "--address", "192.0.2.9"] + dns,
      input: #"{"fqdn": "mail.example.com", "domains": ["example.com"]}"#)
    #expect(given.site.hosts[0].addresses.map(\.description) == ["192.0.2.9"])
    #expect(!given.text.contains("from the DNS"))
  }

  @Test func `the configuration of Flying Circus, its domains as a set`() async throws {
    let input = try String(contentsOf: Self.samples.appending(path: "flyingcircus.json"), encoding: .utf8)
    let (text, site) = try await imported(["flyingcircus", "-", "--keys", try await keys()], input: input)
    let host = try #require(site.hosts.first)
    #expect(
      host.addresses.map(\.description) == ["192.0.2.25", "2001:db8::25"]
        && host.webmail?.display == "webmail.example.com")
    #expect(host.services[.submission] == .open && host.services[.submissions] == nil)
    #expect(site.domains.map(\.name.display) == ["example.com", "lists.example.com"])
    #expect(site.domains.map(\.discovery.autoconfig) == [host.name, nil])
    #expect(site.domains.allSatisfy { $0.spf == ExpectedSPF(own: .addresses) })
    #expect(site.domains[0].selectors.map(\.label) == ["mail"] && site.domains[1].selectors.isEmpty)
    #expect(text.contains("# explicitSmtpBind: ") && !text.contains("hashedPassword"))
  }

  @Test func `the configuration of Flying Circus, its domains as a list`() async throws {
    let (_, site) = try await imported(
      ["flyingcircus", "-", "--address", "192.0.2.1"],
      input:
        #"{"mailHost": "mail.example.com", "domains": ["example.com", "bücher.example"], "smtpBind6": ["2001:db8::1"]}"#
    )
    #expect(site.hosts[0].addresses.map(\.description) == ["2001:db8::1", "192.0.2.1"])
    #expect(site.domains.map(\.name.display) == ["example.com", "xn--bcher-kva.example"])
  }

  @Test(arguments: [
    ("snm", "{", "standard input: this is no JSON"),
    ("snm", "[]", "standard input: $: an object is expected here"),
    ("snm", "{}", "$: the option fqdn is missing"),
    ("snm", #"{"fqdn": "a.example"}"#, "$: the option domains is missing"),
    ("snm", #"{"fqdn": 1, "domains": []}"#, "$.fqdn: a text is expected here"),
    ("snm", #"{"fqdn": "a.example", "domains": []}"#, "$.domains: there is no domain in it"),
    ("snm", #"{"fqdn": "a.example", "domains": "b.example"}"#, "$.domains: a list is expected here"),
    (
      "snm", #"{"fqdn": "a.example", "domains": ["b.example", "b\u001b"]}"#,
      #"$.domains[1]: "b\x{1b}" is no name"#
    ),
    (
      "snm", #"{"fqdn": "a.example", "domains": ["b.example"], "enableImap": "yes"}"#,
      "$.enableImap: true or false is expected here"
    ),
    (
      "snm", #"{"fqdn": "a.example", "domains": ["b.example"], "dkim": {"defaults": {"selector": "a b"}}}"#,
      "$.dkim.defaults.selector: \"a b\" is no DKIM selector"
    ),
    ("flyingcircus", "{}", "$: the option mailHost is missing"),
    (
      "flyingcircus", #"{"mailHost": "a.example", "domains": {"b.example": true}}"#,
      "$.domains.b.example: an object is expected here"
    ),
    (
      "flyingcircus", #"{"mailHost": "a.example", "domains": {"b.example": {"enable": false}}}"#,
      "$.domains: no domain in it is enabled"
    ),
    (
      "flyingcircus", #"{"mailHost": "a.example", "domains": ["b.example"], "smtpBind4": "300.0.0.1"}"#,
      "$.smtpBind4: \"300.0.0.1\" is no IPv4 or IPv6 address"
    ),
  ])
  func `JSON of another shape is told with its place`(kind: String, json: String, sentence: String)
    async throws
  {
    let result = try await Program.mailaudit.run(["expect", "import", kind, "-"], input: json)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error.contains(sentence), "\(result.error)")
  }

  @Test func `JSON without end neither crashes nor passes`() async throws {
    for json in [
      String(repeating: "[", count: 100_000), String(repeating: " ", count: JSONInput.maximumSize + 1),
    ] {
      #expect(try await Program.mailaudit.run(["expect", "import", "snm", "-"], input: json).status == 2)
    }
  }
}
