import CAA
import DKIM
import DMARC
import DNSData
import Evidence
import Expectation
import MTASTS
import MailDiscovery
import SPF
import TLSRPT
import URISyntax

// Expected configurations for the examples of rules: one host, mail.example.com, and the domains that it serves.

extension ExpectedSite {
  /// example.com with all that a domain can want, a parked one, and one of an unrelated customer.
  static let example = ExpectedSite.of(["192.0.2.1", "2001:db8::1"])

  /// The same without IPv6.
  static let exampleV4 = ExpectedSite.of(["192.0.2.1"])

  /// With the keys of certificates, the current one and the next.
  static let examplePinned = ExpectedSite.of(
    ["192.0.2.1"],
    host: { host in
      host.services = [:]
      host.pins = [
        ExpectedPin(.current, digest: ExamplePin.digest(0xaa), file: "current.pem"),
        ExpectedPin(.next, digest: ExamplePin.digest(0xbb), file: "next.pem"),
      ]
    })

  /// With the ports of old mail programs.
  static let exampleLegacy = ExpectedSite.of(["192.0.2.1"], host: { $0.services[.imap] = .open })

  /// An authority asks the host over HTTP before it issues its certificate.
  static let exampleHTTP01 = ExpectedSite.of(["192.0.2.1", "2001:db8::1"], host: { $0.validation = .http })

  /// It asks the DNS.
  static let exampleDNS01 = ExpectedSite.of(["192.0.2.1", "2001:db8::1"], host: { $0.validation = .dns })

  /// example.com sends, and takes no mail.
  static let exampleSendOnly = ExpectedSite.of(
    ["192.0.2.1"],
    domain: { domain in
      domain.role = .sendOnly
      domain.sendingHosts = domain.mx.map(\.host)
      domain.mx = []
      domain.spf = ExpectedSPF(own: .addresses)
    })

  /// It sends from an address that it does not have.
  static let exampleUnlisted = ExpectedSite.of(
    ["192.0.2.1"], host: { $0.sendingAddresses = ["192.0.2.9"].compactMap(IPAddress.init) })

  /// It says another name in HELO than that of its MX records.
  static let exampleHELO = ExpectedSite.of(
    ["192.0.2.1"], host: { host in host.helo = (try? Name("out.example.com")) ?? host.helo })

  /// example.com takes the bounces of mail that the host forwards.
  static let exampleSRS = ExpectedSite.of(["192.0.2.1"], domain: { $0.role = .srs })

  /// srs.example.com takes them, beside example.com; the host is of another organisation, and serves example.net too.
  static let exampleTenantSRS = ExpectedSite.tenants(host: "mail.provider.example")

  /// The same at a host of example.com itself.
  static let exampleOwnSRS = ExpectedSite.tenants(host: "mail.example.com")

  /// `rule` is accepted until the day in the year 2027, or was until one in 2025.
  static func exampleWaiver(_ rule: String, until end: String) -> ExpectedSite {
    var site = exampleV4
    site.waivers =
      Timestamp(end).map {
        [Waiver(rule: rule, name: nil, reason: "until the old server is gone", end: $0, line: 9)]
      } ?? []
    return site
  }

  private static func of(
    _ addresses: [String], host change: (inout ExpectedHost) -> Void = { _ in },
    domain: (inout ExpectedDomain) -> Void = { _ in }
  ) -> ExpectedSite {
    guard let origin = try? Name("example.com"), let name = try? origin.prepending("mail"),
      let parked = try? origin.prepending("parked")
    else { return ExpectedSite() }
    var host = ExpectedHost(name, addresses: addresses.compactMap(IPAddress.init))
    host.services = [
      .submissions: .open, .imaps: .open, .imap: .closed, .pop3s: .closed,
    ]
    host.webmail = try? origin.prepending("webmail")
    change(&host)
    var served = ExpectedDomain(origin, role: .full)
    served.mx = [ExpectedExchanger(name)]
    served.spf = ExpectedSPF(own: .mx)
    served.dmarc = .example
    served.mtasts = ExpectedMTASTS(mode: .enforce, maxAge: 604_800)
    served.tlsrpt = (try? URI(Array("mailto:tls@example.com".utf8))).flatMap {
      TLSRPTPublication(destinations: [$0])
    }
    served.caa = [CAA(flags: 0, tag: Array("issue".utf8), value: Array("letsencrypt.org".utf8))]
    served.discovery = ExpectedDiscovery(
      services: .openAndClosed, host: name, autoconfig: name, autodiscover: name)
    domain(&served)
    return ExpectedSite(hosts: [host], domains: [served, ExpectedDomain(parked, role: .parked)])
  }

  private static func tenants(host text: String) -> ExpectedSite {
    guard let name = try? Name(text) else { return ExpectedSite() }
    var host = ExpectedHost(name, addresses: ["192.0.2.1"].compactMap(IPAddress.init))
    host.services = [:]
    let domains = [("example.com", ExpectedRole.full), ("example.net", .full), ("srs.example.com", .srs)]
    return ExpectedSite(
      hosts: [host],
      domains: domains.compactMap { text, role in
        (try? Name(text)).map { name in
          var domain = ExpectedDomain(name, role: role)
          domain.mx = [ExpectedExchanger(host.name)]
          domain.spf = ExpectedSPF(own: .mx)
          return domain
        }
      })
  }
}

extension DMARCSettings {
  fileprivate static var example: DMARCSettings {
    var settings = DMARCSettings()
    settings.policy = .reject
    settings.aggregateReports = [try? ReportURI(Array("mailto:dmarc@example.com".utf8))].compactMap(\.self)
    return settings
  }
}

/// Digests of keys that nobody has.
enum ExamplePin {
  static func digest(_ octet: UInt8) -> [UInt8] { Array(repeating: octet, count: 32) }
  static func hex(_ octet: UInt8) -> String { Encoding.hex(digest(octet)) }
}
