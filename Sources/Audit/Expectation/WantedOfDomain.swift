package import DKIM
import DMARC
import DNSData
import Evidence
import MTASTS
import MailDiscovery
import SPF
import TLSRPT

// The records that a domain wants: where its mail goes, who may send it, what receivers do with the rest, and how
// mail programs find their servers.

extension ExpectedSite {
  /// Every record set that `domain` wants: its own, then those of the hosts that it uses.
  package func wanted(for domain: ExpectedDomain) -> [WantedRecordSet] {
    let hosts = hosts(of: domain).flatMap { wanted(for: $0, of: domain) }
    // Hosts may share a name in HELO. A domain that is its own host has one SPF record.
    let all = DomainRecords(site: self, domain: domain).all + hosts
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

private struct DomainRecords {
  let site: ExpectedSite
  let domain: ExpectedDomain

  var all: [WantedRecordSet] {
    [mx, spf].compactMap(\.self) + selectors
      + [dmarc, policyRecord, policyHost, tlsReporting].compactMap(\.self) + services
      + [configuration(.autoconfig, domain.discovery.autoconfig, .autoconfig)].compactMap(\.self)
      + [configuration(.autodiscover, domain.discovery.autodiscover, .autodiscover)].compactMap(\.self)
      + [authorities].compactMap(\.self)
  }

  private func record(_ name: Name, _ data: RecordData) -> Record {
    Record(name, ttl: domain.ttl ?? ZoneFile.defaultTTL, data)
  }

  private func text(
    _ kind: WantedRecordSet.Kind, _ name: Name?, _ text: String?, purpose: String
  ) -> WantedRecordSet? {
    guard let name, let text else { return nil }
    return WantedRecordSet(kind, name, .txt, [record(name, .txt(TXT(text)))], purpose: purpose)
  }

  // MARK: - Mail

  private var mx: WantedRecordSet? {
    let hosts =
      domain.role.receives
      ? domain.mx.map { MX(preference: $0.preference, exchange: $0.host) }
      : [MX(preference: 0, exchange: .root)]
    guard !hosts.isEmpty else { return nil }
    return WantedRecordSet(
      .mx, domain.name, .mx, hosts.map { record(domain.name, .mx($0)) },
      purpose: domain.role.receives ? "the hosts that take mail" : "takes no mail (RFC 7505)")
  }

  private var spf: WantedRecordSet? {
    guard let spf = domain.spf, !isSenderUnknown(spf) else { return nil }
    let terms = ownTerms(spf) + spf.terms.map(\.description) + [Self.ending(spf.ending)]
    return text(
      .spf, domain.name, (["v=spf1"] + terms).joined(separator: " "),
      purpose: domain.role.sends ? "who may send" : "nobody may send")
  }

  /// A record that lacks a sender would do harm: none is proposed where not all are known.
  private func isSenderUnknown(_ spf: ExpectedSPF) -> Bool {
    guard spf.own == .addresses else { return false }
    return site.sendingHosts(of: domain).contains { $0.sendingAddresses.isEmpty }
      || (site.sendingAddresses(of: domain).isEmpty && spf.terms.isEmpty)
  }

  /// `mx` does not cover those that send and take no mail.
  private func ownTerms(_ spf: ExpectedSPF) -> [String] {
    let senders = site.sendingAddresses(of: domain)
    switch spf.own {
    case .none: return []
    case .addresses: return senders.map(Self.term)
    case .mx:
      let covered = site.exchangers(of: domain).flatMap(\.addresses)
      return ["mx"] + senders.filter { !covered.contains($0) }.map(Self.term)
    }
  }

  private static func term(_ address: IPAddress) -> String {
    switch address.family {
    case .v4: "ip4:\(address)"
    case .v6: "ip6:\(address)"
    }
  }

  private static func ending(_ qualifier: SPFQualifier) -> String {
    switch qualifier {
    case .pass: "+all"
    case .fail: "-all"
    case .softfail: "~all"
    case .neutral: "?all"
    }
  }

  // MARK: - Keys and policies

  /// A selector whose key is not known has no record to write: it is judged by what is published.
  private var selectors: [WantedRecordSet] {
    domain.selectors.compactMap { selector in
      text(
        .dkim(selector: selector.label), DKIMName.of(selector: selector.label, domain: domain.name),
        selector.publication?.description, purpose: selector.purpose)
    }
  }

  private var dmarc: WantedRecordSet? {
    text(
      .dmarc, try? domain.name.prepending(DMARCDiscovery.prefix), domain.dmarc?.description,
      purpose: "what receivers do with mail that fails")
  }

  private var policyRecord: WantedRecordSet? {
    guard let policy = domain.mtasts else { return nil }
    return text(
      .mtasts, try? domain.name.prepending(MTASTSDiscovery.prefix),
      MTASTSPublication(id: policy.id ?? policy.derivedID(for: domain.mx))?.description,
      purpose: "MTA-STS: the policy, by its id")
  }

  /// Any address will do; a host of the site is where web servers for mail are, as far as the site tells.
  private var policyHost: WantedRecordSet? {
    let host =
      domain.discovery.autoconfig ?? domain.discovery.host ?? site.exchangers(of: domain).first?.name
    guard domain.mtasts != nil, let host, let name = MTASTSDiscovery.policyHost(for: domain.name) else {
      return nil
    }
    return alias(.policyHost, name, to: host, purpose: "the host of the MTA-STS policy, over HTTPS")
  }

  private var tlsReporting: WantedRecordSet? {
    text(
      .tlsrpt, try? domain.name.prepending(TLSRPTDiscovery.prefix), domain.tlsrpt?.description,
      purpose: "where reports on TLS failures go")
  }

  private var authorities: WantedRecordSet? {
    guard !domain.caa.isEmpty else { return nil }
    return WantedRecordSet(
      .caa, domain.name, .caa, domain.caa.map { record(domain.name, .caa($0)) },
      purpose: "who may issue certificates")
  }

  // MARK: - Mail programs

  private var services: [WantedRecordSet] {
    guard domain.discovery.services != .ignored,
      let host = (domain.discovery.host ?? domain.mx.first?.host).flatMap(site.host)
    else { return [] }
    return MailService.allCases.compactMap { announcement(of: $0, at: host) }
  }

  private func announcement(of service: MailService, at host: ExpectedHost) -> WantedRecordSet? {
    guard let name = service.owner(for: domain.name) else { return nil }
    let open = host.services(.open, of: service)
    let isClosed = open.isEmpty && !host.services(.closed, of: service).isEmpty
    guard !open.isEmpty || isClosed else { return nil }
    let records =
      open.map { SRV(priority: service.priority, weight: 1, port: $0.port, target: host.name) }
      + (isClosed && domain.discovery.services == .openAndClosed
        ? [SRV(priority: 0, weight: 0, port: 0, target: .root)] : [])
    return WantedRecordSet(
      .service(service), name, .srv, records.map { record(name, .srv($0)) },
      purpose: isClosed ? "not offered (RFC 6186 §3.4)" : "for mail programs")
  }

  private func configuration(
    _ kind: WantedRecordSet.Kind, _ target: Name?, _ host: ClientConfigurationHost
  ) -> WantedRecordSet? {
    guard let target, let name = host.name(for: domain.name) else { return nil }
    return alias(kind, name, to: target, purpose: "the settings of mail programs")
  }

  /// nil where the host has the name itself.
  private func alias(
    _ kind: WantedRecordSet.Kind, _ name: Name, to host: Name, purpose: String
  ) -> WantedRecordSet? {
    guard name != host else { return nil }
    return WantedRecordSet(kind, name, .cname, [record(name, .cname(host))], purpose: purpose)
  }
}

extension ExpectedSelector {
  /// nil where no record is wanted, or where no key file says which.
  package var publication: DKIMKeyPublication? {
    switch state {
    case .planned, .retired: nil
    case .published, .signing, .retiring: key
    case .revoked: DKIMKeyPublication(key: .revoked)
    }
  }

  fileprivate var purpose: String {
    switch state {
    case .planned, .published, .retired: "a key that signs nothing"
    case .signing: "the key that signs"
    case .retiring: "a key whose signatures are still on their way"
    case .revoked: "a key that is withdrawn (RFC 6376 §3.6.1)"
    }
  }
}

extension ExpectedMTASTS {
  /// The same for the same policy, another for another: FNV-1a, 64 bits, over all that it says.
  func derivedID(for mx: [ExpectedExchanger]) -> String {
    let text = "\(mode.rawValue) \(maxAge) " + mx.map(\.host.description).sorted().joined(separator: " ")
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

extension MailService {
  /// TLS from the first octet before TLS on demand (RFC 8314 §5.1).
  fileprivate var priority: UInt16 { implicitTLSVariant == nil ? 0 : 10 }
}
