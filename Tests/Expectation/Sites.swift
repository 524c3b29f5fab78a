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

/// Sites as the two manuals have them.
enum Sites {
  /// Simple NixOS Mailserver: one host, two domains, and one for rewritten senders.
  static let snm = make { site in
    let host = try Name("mail.example.com")
    var server = ExpectedHost(host, addresses: ["192.0.2.1", "2001:db8::1"].compactMap(IPAddress.init))
    server.services = [
      .smtp: .open, .submissions: .open, .imaps: .open, .submission: .closed, .imap: .closed, .pop3: .closed,
      .pop3s: .closed,
    ]
    server.pins = [
      ExpectedPin(.current, digest: Array(repeating: 0xaa, count: 32), file: "current.pem"),
      ExpectedPin(.next, digest: Array(repeating: 0xbb, count: 32), file: "next.pem"),
    ]
    site.hosts = [server]
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(host)]
    domain.spf = ExpectedSPF(own: .mx)
    domain.selectors = [ExpectedSelector("mail", .signing, key: try key(), file: "mail.txt")]
    domain.dmarc = try dmarc(.reject, "dmarc@example.com")
    domain.dmarc?.nonexistentPolicy = .reject
    domain.mtasts = ExpectedMTASTS(mode: .enforce, maxAge: 2_592_000)
    domain.tlsrpt = try reports("tls@example.com")
    domain.caa = [CAA(flags: 0, tag: Array("issue".utf8), value: Array("letsencrypt.org".utf8))]
    domain.discovery = ExpectedDiscovery(
      services: .openAndClosed, host: host, autoconfig: host, autodiscover: host)
    var other = domain.named(try Name("example.net"))
    other.dmarc = try dmarc(.reject, "dmarc@example.net")
    other.dmarc?.nonexistentPolicy = .reject
    other.tlsrpt = try reports("tls@example.net")
    var srs = ExpectedDomain(try Name("srs.example.com"), role: .srs)
    srs.mx = domain.mx
    srs.spf = domain.spf
    srs.selectors = domain.selectors
    srs.dmarc = try dmarc(.reject, "dmarc@example.com")
    srs.dmarc?.dkimAlignment = .strict
    var parked = ExpectedDomain(try Name("parked.example.com"), role: .parked)
    parked.spf = ExpectedSPF(own: .none)
    parked.dmarc = try dmarc(.reject, "dmarc@example.com")
    site.domains = [domain, other, srs, parked]
  }

  /// Flying Circus: a mail host of the hoster's customer, addresses in SPF, webmail.
  static let flyingcircus = make { site in
    let host = try Name("mail.example.com")
    var server = ExpectedHost(host, addresses: ["192.0.2.1", "2001:db8::1"].compactMap(IPAddress.init))
    server.services = [
      .smtp: .open, .submission: .open, .imaps: .open, .imap: .open, .manageSieve: .open,
    ]
    server.webmail = try Name("webmail.example.com")
    site.hosts = [server]
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(host)]
    domain.spf = ExpectedSPF(own: .addresses)
    domain.selectors = [ExpectedSelector("fc", .signing, key: try key(), file: "fc.txt")]
    domain.dmarc = try dmarc(.quarantine, "dmarc@example.com")
    domain.dmarc?.nonexistentPolicy = .reject
    domain.tlsrpt = try reports("tls@example.com")
    domain.discovery = ExpectedDiscovery(services: .open, host: host, autoconfig: host)
    site.domains = [domain]
  }

  private static func make(_ build: (inout ExpectedSite) throws -> Void) -> ExpectedSite {
    var site = ExpectedSite()
    do { try build(&site) } catch { return ExpectedSite() }
    return site
  }

  private struct Unreadable: Error {}

  private static func key() throws -> DKIMKeyPublication {
    guard let octets = Encoding.decodeBase64(Array(rsa2048.utf8)) else { throw Unreadable() }
    return DKIMKeyPublication(key: .rsa(der: octets))
  }

  private static func dmarc(_ policy: DMARCPolicy, _ mailbox: String) throws -> DMARCSettings {
    var settings = DMARCSettings()
    settings.policy = policy
    settings.aggregateReports = [try ReportURI(Array("mailto:\(mailbox)".utf8))]
    return settings
  }

  private static func reports(_ mailbox: String) throws -> TLSRPTPublication? {
    TLSRPTPublication(destinations: [try URI(Array("mailto:\(mailbox)".utf8))])
  }

  /// A public key whose private half nobody has kept.
  private static let rsa2048 = """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA/S9WXn+j6knoD+nBSS5b/F0ZNgMHJMEsjmKVAu0szO9jnn\
    m+X+AIEYvZNAmPlkAGNzNQO7at6uDB3v83Xxf9CALGc+QTY1wmnXO2PEEiWDUMKf0G4rUfM1Vo3jqKQ78fzIbArpKI\
    8wqLnRNQwYX1kvAJjnVihjz7MJmXyg/juR0/Pv6j2wMFCIZm94IQb2BCD/Wpsq6Sade/EG8gS6Kp2IRe5RUs450wZV\
    cgqSwdNPWht3pK3z6GdlZNGfaT844HaGX/DpnfgO7EMs4kR3VvwkEN2BjQ5I3TLDzPm8Fv0dUVRmUb6+C9hl9C7JX/\
    V0S8QYjVuFlJcgbB2tVOPufDEQIDAQAB
    """
}

extension ExpectedDomain {
  /// The same at another name.
  fileprivate func named(_ name: Name) -> ExpectedDomain {
    var domain = ExpectedDomain(name, role: role)
    domain.mx = mx
    domain.spf = spf
    domain.selectors = selectors
    domain.mtasts = mtasts
    domain.caa = caa
    domain.discovery = discovery
    return domain
  }
}
