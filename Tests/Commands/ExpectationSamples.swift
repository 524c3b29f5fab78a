import Testing

/// Expected configurations for tests: sound ones, and broken ones with the sentence that tells what is wrong.
enum ExpectationSamples {
  static let smallest = """
    hosts:
      mail.example.com: { addresses: [192.0.2.1, "2001:db8::1"] }
    domains:
      example.com: { mx: mail.example.com }
    """

  /// Every key, most of them in each of their forms.
  static let full = """
    profile: snm
    hosts:
      mail.example.com:
        addresses: [192.0.2.1, "2001:db8::1"]
        helo: out.example.com
        sending-addresses: 192.0.2.2
        ports: { sieve: open, imap: closed }
        certificates: certificate.pem
        keys: [{ file: ed25519.pem, stage: next }]
        acme: http-01
        webmail: webmail.example.com
        ttl: 300
      mx2.example.com: { addresses: 192.0.2.3 }
    defaults:
      mx: [mail.example.com, { host: mx2.example.com, preference: 20 }]
      dmarc: { p: reject, rua: "mailto:dmarc@example.com" }
    domains:
      example.com:
        sending-hosts: mail.example.com
        senders: [198.51.100.7]
        spf: { own: mx, terms: ["include:_spf.example.net", "a:x.example.com"], all: softfail }
        dkim:
          mail: { state: retiring, since: 2026-11-01, key: rsa.pem }
          ed: { key: ed25519.pem }
          new: { state: published, key: public.pem }
          file: { record: file.txt }
          old: revoked
        dmarc: "v=DMARC1; p=quarantine; sp=reject; rua=mailto:a@example.com,mailto:b@example.com"
        mta-sts: { mode: enforce, max-age: 86400, id: 20261121 }
        tls-rpt: ["mailto:tls@example.com", "https://example.com/tls"]
        caa:
          - issue "letsencrypt.org"
          - { tag: iodef, value: "mailto:a@example.com", critical: true }
        discovery: { services: open-and-closed, host: mail.example.com, autoconfig: mail.example.com }
        ttl: 3600
        tolerate: [example.com TXT, selector1._domainkey.<domain> TXT]
      bücher.example: { mta-sts: testing, discovery: open, tls-rpt: "mailto:tls@example.com" }
      strict.example:
        dmarc: { p: reject, sp: none, np: reject, adkim: s, aspf: s, ruf: "mailto:f@a.example", fo: "1:d", psd: n, t: y }
      parked.example: { role: parked }
      srs.example.com: { role: srs }
      send.example.com: { role: send-only, sending-hosts: mail.example.com, dmarc: inherited }
      receive.example.com: { role: receive-only }
      backup.example.com: { role: backup-mx, mx: mx.example.net }
    waivers:
      - { rule: tls.no-tls13, name: mail.example.com, reason: "älter: \\"x\\"", until: 2027-01-31 }
      - { rule: spf.syntax, reason: known, until: "2027-01-31T12:00:00Z" }
    """

  /// What is wrong in a file, and who can tell.
  struct Broken: Sendable, CustomTestStringConvertible {
    enum Fault { case shape, meaning }

    let yaml: String
    let sentence: String
    let fault: Fault

    /// One that the schema refuses too.
    init(_ yaml: String, _ sentence: String) {
      self.yaml = yaml
      self.sentence = sentence
      fault = .shape
    }

    /// One whose shape is good.
    init(meaning yaml: String, _ sentence: String) {
      self.yaml = yaml
      self.sentence = sentence
      fault = .meaning
    }

    var testDescription: String { sentence }
  }

  private static func host(_ text: String) -> String {
    "hosts: { m.example.com: { \(text) } }\ndomains: { example.com: {} }"
  }

  private static func domain(_ text: String) -> String {
    "hosts: { m.example.com: {} }\ndomains:\n  example.com: { \(text) }"
  }

  private static func waiver(_ text: String) -> String {
    "domains: { example.com: { mx: m.example.com } }\nwaivers:\n  - \(text)"
  }

  private static let levels = Array(zip("abcdefghi", "bcdefghij"))

  private static func tenfold(_ text: String) -> String {
    Array(repeating: text, count: 10).joined(separator: ", ")
  }

  static let broken: [Broken] = yaml + hosts + domains + defaults + policies + keys + waivers

  private static let yaml: [Broken] = [
    Broken("domains: [", ": this is no YAML"),
    Broken("", "site.yaml: the file is empty"),
    Broken("- a", "site.yaml:1: keys with values are expected here"),
    Broken("hosts: {}", "site.yaml: the key domains must name the mail domains of the site"),
    Broken("domains: {}", "site.yaml:1: the key domains must name the mail domains of the site"),
    Broken("domians: {}", "site.yaml:1: there is no key \"domians\"; the nearest is domains"),
    Broken(meaning: "a: &x 1\nb: *x", "site.yaml:1: anchors and aliases (&, *) are not taken: write it out"),
    // A key that grows tenfold with each level; the parser would follow it before anybody can look.
    Broken(
      meaning: "a: &a [x]\n" + levels.map { "\($0.1): &\($0.1) [\(tenfold("*\($0.0)"))]\n" }.joined()
        + "? *j\n: 1",
      "site.yaml: anchors and aliases (&, *) are not taken: write them out"),
    Broken(
      meaning: "domains:\n  a.example: {}\n  a.example: {}",
      "site.yaml:2: the key \"a.example\" stands here twice"),
    Broken(
      "profile: nixos\ndomains: {a.example: {mx: b.example}}",
      "the key profile is one of snm, flyingcircus; not \"nixos\""),
  ]

  private static let hosts: [Broken] = [
    Broken(host("adresses: 192.0.2.1"), "there is no key \"adresses\"; the nearest is addresses"),
    Broken(host("addresses: mail"), "\"mail\" is no IPv4 or IPv6 address"),
    Broken(host("addresses: {}"), "a value or a list of values is expected here"),
    Broken(host("addresses: null"), "a value or a list of values is expected here"),
    Broken(meaning: host("addresses: 192.0.2.256"), "\"192.0.2.256\" is no IPv4 or IPv6 address"),
    Broken(meaning: host("addresses: [192.0.2.1, 192.0.2.1]"), "192.0.2.1 stands here twice"),
    Broken(meaning: host("helo: 192.0.2.1"), "is an address; the name of a host is expected here"),
    Broken(meaning: host("helo: localhost"), "\"localhost\" is no host name"),
    Broken(meaning: host("webmail: a..b"), "\"a..b\" is no domain name: a label is empty"),
    Broken(
      host("acme: http"), "the key acme is one of http-01, dns-01, tls-alpn-01; not \"http\""),
    Broken(host("ports: { smtps: open }"), "there is no key \"smtps\"; the nearest is smtp"),
    Broken(host("ports: { smtp: yes }"), "the key smtp is one of open, closed; not \"yes\""),
    Broken(host("ttl: -1"), "the key ttl takes a number from 0 to 2147483647; not \"-1\""),
    Broken(host("ttl: soon"), "the key ttl takes a number"),
    Broken(host("keys: [{ stage: next }]"), "the key file must name a file"),
    Broken(
      host("keys: [{ file: rsa.pem, stage: later }]"), "the key stage is one of current, next; not \"later\""),
    Broken(
      meaning: host("keys: [rsa.pem, public.pem]"), "\"public.pem\" has a key that another file here has too"),
    Broken(
      meaning: "hosts: { A.example.com: {}, a.example.com: {} }\ndomains: {}",
      "the host a.example.com stands here twice"),
    Broken(
      meaning: """
        hosts:
          a.example.com: { addresses: [192.0.2.1, 192.0.2.2] }
          b.example.com: { addresses: [192.0.2.3], sending-addresses: [192.0.2.2] }
        domains: { example.com: { mx: a.example.com } }
        """,
      """
      site.yaml:3: b.example.com and a.example.com send from 192.0.2.2 with different names in HELO, b.example.com \
      and a.example.com: its PTR record can name one only
      """),
  ]

  /// In defaults that no domain has a use for.
  private static let defaults: [Broken] = [
    Broken(idle("dmarc: { p: block }"), "site.yaml:2: the key p is one of none, quarantine, reject"),
    Broken(meaning: idle("mx: [m.example.com, m.example.com]"), "the host m.example.com stands here twice"),
    Broken(meaning: idle("senders: nobody"), "\"nobody\" is no IPv4 or IPv6 address"),
    Broken(meaning: idle("sending-hosts: b.example.com"), "there is no host \"b.example.com\" under hosts"),
    Broken(idle("dkim: { mail: { key: <domain>.pem, state: active } }"), "the key state is one of planned"),
    Broken(idle("mta-sts: often"), "the key mta-sts is one of enforce, testing, none"),
    Broken(meaning: idle("spf: { terms: ipv4 }"), "one term of an SPF record is expected here"),
    Broken(meaning: idle("tls-rpt: nobody"), "an address for reports is expected here"),
    Broken(
      meaning: idle("discovery: { host: b.example.com }"), "there is no host \"b.example.com\" under hosts"),
  ]

  private static func idle(_ text: String) -> String {
    "hosts: { m.example.com: {} }\ndefaults: { \(text) }\ndomains: { example.com: { role: parked } }"
  }

  /// No domain has a use for them, and there is nothing wrong with them.
  static let idleDefaults = """
    hosts: { m.example.com: {}, n.example.com: {} }
    defaults:
      spf: { own: addresses }
      dkim: { mail: { key: <domain>.pem } }
      dmarc: { p: reject }
      senders: 192.0.2.1
    domains: { example.com: { role: parked } }
    """

  private static let domains: [Broken] = [
    Broken(domain("rolle: full"), "site.yaml:3: there is no key \"rolle\"; the nearest is role"),
    Broken(
      domain("role: half"), "the key role is one of full, send-only, receive-only, parked, srs, backup-mx"),
    Broken(
      meaning: "domains: { example.com: {} }", "the key mx must say which hosts take the mail of example.com"),
    Broken(meaning: domain("mx: 192.0.2.1"), "is an address; the name of a host is expected here"),
    Broken(meaning: domain("mx: [m.example.com, M.example.com]"), "the host m.example.com stands here twice"),
    Broken(domain("mx: []"), "the key mx must name a host"),
    Broken(domain("mx: [{ preference: 1 }]"), "the key host must name the MX host"),
    Broken(
      domain("mx: { host: m.example.com, preference: 65536 }"),
      "the key preference takes a number from 0 to 65535"),
    Broken(
      domain("role: parked, mx: m.example.com"), "a domain of the role parked has no use for the key mx"),
    Broken(domain("role: receive-only, senders: 192.0.2.1"), "has no use for the key senders"),
    Broken(
      meaning: domain("sending-hosts: n.example.com"),
      "there is no host \"n.example.com\" under hosts; the nearest is m.example.com"),
    Broken(
      meaning: domain("discovery: { host: n.example.com }"), "there is no host \"n.example.com\" under hosts"),
    Broken(
      domain("discovery: { services: all }"), "the key services is one of ignored, open, open-and-closed"),
    Broken(
      domain("tolerate: example.com"), "a name and a record type are expected here, such as example.com TXT"),
    Broken(meaning: domain("tolerate: example.com FOO"), "a name and a record type are expected here"),
    Broken(
      meaning: "domains: { Example.com: {mx: a.example}, example.com: {mx: a.example} }",
      "the domain example.com stands here twice"),
    Broken(meaning: "domains: { a_b.example: {mx: a.example} }", "\"a_b.example\" is no mail domain"),
    Broken("defaults: { role: parked }\ndomains: { a.example: {} }", "there is no key \"role\""),
  ]

  private static let policies: [Broken] = [
    Broken(domain("spf: -all"), "keys with values are expected here"),
    Broken(meaning: domain("spf: none"), "a domain that sends mail needs an SPF record"),
    Broken(domain("spf: { own: a }"), "the key own is one of mx, addresses, none; not \"a\""),
    Broken(domain("spf: { all: pass }"), "the key all is one of fail, softfail, neutral; not \"pass\""),
    Broken(
      meaning: domain("spf: { terms: [\"ip4:192.0.2\"] }"), "one term of an SPF record is expected here"),
    Broken(meaning: domain("spf: { terms: [\"a mx\"] }"), "one term of an SPF record is expected here"),
    Broken(
      meaning: domain("spf: { terms: [\"redirect=a.example\"] }"),
      "redirect takes the place of a record's end"),
    Broken(
      meaning: domain("spf: { terms: [\"~all\"] }"), "the record ends by the key all: leave \"~all\" out"),
    Broken(domain("dmarc: none"), "\"none\" is no DMARC record with a policy"),
    Broken(domain("dmarc: { sp: none }"), "the key p must be none, quarantine or reject"),
    Broken(domain("dmarc: { p: block }"), "the key p is one of none, quarantine, reject; not \"block\""),
    Broken(domain("dmarc: { p: none, adkim: strict }"), "the key adkim is one of r, s; not \"strict\""),
    Broken(domain("dmarc: { p: none, rua: d@example.com }"), "an address for reports is expected here"),
    Broken(
      meaning: domain("dmarc: { p: none, rua: \"mailto:a@example.com;b\" }"),
      "an address for reports is expected here"),
    Broken(meaning: domain("dmarc: { p: none, fo: 0:1 }"), "the key fo takes 0 or 1, d, s"),
    Broken(
      meaning: domain("dmarc: \"v=DMARC1; p=none; pct=50\""),
      "is at fault: The tags pct, rf and ri are obsolete"),
    Broken(domain("mta-sts: { max-age: 1 }"), "the key mode must be enforce, testing or none"),
    Broken(
      domain("mta-sts: { mode: enforce, max-age: 31557601 }"),
      "the key max-age takes a number from 0 to 31557600"),
    Broken(
      meaning: domain("mta-sts: { mode: enforce, id: a-b }"),
      "the key id takes 1 to 32 letters and digits; not \"a-b\""),
    Broken(domain("tls-rpt: tls@example.com"), "an address for reports is expected here"),
    Broken(meaning: domain("tls-rpt: ftp://example.com"), "an address for reports is expected here"),
    Broken(meaning: domain("caa: issue"), "a CAA record is expected here, such as issue \"letsencrypt.org\""),
    Broken(domain("caa: { tag: issue }"), "a CAA record needs the keys tag and value"),
    Broken(meaning: domain("caa: { tag: issue, value: \"a b\" }"), "this CAA record is at fault"),
    Broken(
      domain("caa: { tag: issue, value: a.example, critical: maybe }"), "the key critical is true or false"),
  ]

  private static let keys: [Broken] = [
    Broken(domain("dkim: mail"), "keys with values are expected here"),
    Broken(meaning: domain("dkim: { mail._domainkey: signing }"), "is no DKIM selector: name it alone"),
    Broken(
      meaning: domain("dkim: { mail: signing, MAIL: signing }"), "the selector \"MAIL\" stands here twice"),
    Broken(
      domain("dkim: { mail: active }"),
      "the key state is one of planned, published, signing, retiring, retired, revoked"),
    Broken(domain("dkim: { mail: retiring }"), "the state retiring needs the key since"),
    Broken(domain("dkim: { mail: { since: 2026-01-01 } }"), "the key since belongs to the state retiring"),
    Broken(
      domain("dkim: { mail: { state: retiring, since: yesterday } }"),
      "the key since takes a date such as 2027-01-31"),
    Broken(domain("dkim: { mail: { state: revoked, key: rsa.pem } }"), "a revoked selector has an empty key"),
    Broken(domain("dkim: { mail: { key: rsa.pem, record: file.txt } }"), "leave one out"),
    Broken(
      meaning: domain("role: parked, dkim: { mail: signing }"), "a domain of the role parked signs nothing"),
    Broken(meaning: domain("dkim: { mail: { key: nowhere.pem } }"), "site.yaml:3: cannot read"),
    Broken(meaning: domain("dkim: { mail: { key: . } }"), "it is no file"),
    Broken(meaning: domain("dkim: { mail: { key: big.txt } }"), "is larger than 16 KiB"),
    Broken(meaning: domain("dkim: { mail: { key: encrypted.pem } }"), "a passphrase protects the key"),
    Broken(
      meaning: domain("dkim: { mail: { key: p256.pem } }"),
      "DKIM knows RSA and Ed25519 keys, and this is another one"),
    Broken(meaning: domain("dkim: { mail: { key: certificate.pem } }"), "there is no key in PEM"),
    Broken(
      meaning: domain("dkim: { mail: { key: damaged.pem } }"),
      "it is PEM, but what stands in it cannot be read"),
    Broken(meaning: domain("dkim: { mail: { key: rsa512.pem } }"), "the RSA key has 512 bits"),
    Broken(meaning: domain("dkim: { mail: { record: empty.txt } }"), "\"empty.txt\": the file is empty"),
    Broken(
      meaning: domain("dkim: { mail: { record: noise.txt } }"), "a key in PEM or a record is expected in it"),
    Broken(meaning: domain("dkim: { mail: { key: rsa.der } }"), "a key in PEM or a record is expected in it"),
    Broken(meaning: domain("dkim: { mail: { record: broken.txt } }"), "line 1 cannot be read as a record"),
    Broken(
      meaning: domain("dkim: { mail: { key: headless.pem } }"), "a key in PEM or a record is expected in it"),
    Broken(meaning: domain("dkim: { mail: { record: include.txt } }"), "must not hold a directive"),
    Broken(
      meaning: domain("dkim: { mail: { record: two.txt } }"), "exactly one TXT record is expected in it"),
    Broken(meaning: domain("dkim: { mail: { record: a.txt } }"), "exactly one TXT record is expected in it"),
    Broken(
      meaning: domain("dkim: { mail: { record: file.txt } }"),
      "its record is that of file._domainkey.example.com, and mail._domainkey.example.com is expected"),
    Broken(meaning: domain("dkim: { cut: { record: cut.txt } }"), "the key is cut off"),
    Broken(meaning: host("certificates: rsa.pem"), "there is no certificate in PEM"),
    Broken(
      meaning: host("certificates: damaged-certificate.pem"),
      "it is PEM, but what stands in it cannot be read"),
  ]

  private static let waivers: [Broken] = [
    Broken(
      "domains: { a.example: { mx: b.example } }\nwaivers: { rule: x }", "a list of waivers is expected here"),
    Broken(waiver("{ rule: spf.syntax, until: 2027-01-01 }"), "site.yaml:3: a waiver needs the key reason"),
    Broken(waiver("{ rule: spf.syntax, reason: r }"), "a waiver needs the key until"),
    Broken(
      meaning: waiver("{ rule: spf.sintax, reason: r, until: 2027-01-01 }"),
      "there is no rule \"spf.sintax\"; the nearest is spf.syntax"),
    Broken(
      waiver("{ rule: spf.syntax, reason: r, until: 1.2.2027 }"),
      "the key until takes a date such as 2027-01-31"),
    Broken(
      meaning: waiver("{ rule: spf.syntax, reason: r, until: 2027-02-30 }"),
      "the key until takes a date such as 2027-01-31"),
    Broken(waiver("{ rule: spf.syntax, reason: \"\", until: 2027-01-01 }"), "a reason is expected here"),
    Broken(
      meaning: waiver("{ rule: spf.syntax, reason: \"a\\nb\", until: 2027-01-01 }"), "a reason is one line"),
  ]
}
