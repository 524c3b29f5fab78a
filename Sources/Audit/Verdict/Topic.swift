/// What rules are about: the first part of their ids, in the order of the reports.
package enum Topic: String, Hashable, Sendable, Codable, CaseIterable {
  case dns, dnssec, mx, host, smtp, tls, cert, spf, dkim, dmarc, mtasts, tlsrpt, dane, access, srv, autoconfig
  case autodiscover, caa, bimi, srs, web, misc, config, dnsbl

  package init(ruleID: String) {
    // A test holds every rule of the catalog to a topic listed here.
    self = Topic(rawValue: String(ruleID.prefix { $0 != "." })) ?? .dns
  }

  package var title: String {
    switch self {
    case .dns: "The domain in the DNS"
    case .dnssec: "DNSSEC"
    case .mx: "Receiving (MX)"
    case .host: "Mail hosts"
    case .smtp: "Mail between servers (SMTP)"
    case .tls: "TLS"
    case .cert: "Certificates"
    case .spf: "SPF"
    case .dkim: "DKIM"
    case .dmarc: "DMARC"
    case .mtasts: "MTA-STS"
    case .tlsrpt: "TLS reporting"
    case .dane: "DANE"
    case .access: "Mail programs (submission, IMAP, POP3, ManageSieve)"
    case .srv: "Service discovery (SRV)"
    case .autoconfig: "Autoconfig"
    case .autodiscover: "Autodiscover"
    case .caa: "CAA"
    case .bimi: "BIMI"
    case .srs: "Rewritten senders (SRS)"
    case .web: "Webmail"
    case .misc: "Other records"
    case .config: "The expected configuration"
    case .dnsbl: "Blocklists"
    }
  }
}
