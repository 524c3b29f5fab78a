import DANE
package import DNSData
import Evidence
import PublicSuffix
import SPF

// The records that a mail host wants: its names, its addresses both ways, the keys of its certificates.

extension ExpectedSite {
  /// Those that take mail of `domain`, send it, or are announced to its mail programs; each once.
  package func hosts(of domain: ExpectedDomain) -> [ExpectedHost] {
    let sending = domain.role.sends ? sendingHosts(of: domain) : []
    let discovery = [domain.discovery.host, domain.discovery.autoconfig, domain.discovery.autodiscover]
    return (exchangers(of: domain) + sending + discovery.compactMap(\.self).compactMap(host)).reduce(into: [])
    {
      hosts, host in
      if !hosts.contains(where: { $0.name == host.name }) { hosts.append(host) }
    }
  }

  /// What `host` wants where `domain` uses it. The SPF record of its name in HELO is the domain's affair if both
  /// belong to one organisation.
  package func wanted(for host: ExpectedHost, of domain: ExpectedDomain) -> [WantedRecordSet] {
    addresses(of: host) + reverse(of: host) + helloPolicy(of: host, domain) + webmail(of: host)
      + pins(of: host, domain)
  }

  private func addresses(of host: ExpectedHost) -> [WantedRecordSet] {
    // Unknown ones are no reason to publish none.
    let own =
      host.addresses.isEmpty
      ? []
      : Self.addresses(
        .addresses(host: host.name), host.name, host.addresses, ttl: host.ttl, purpose: "the mail host")
    let namesakes = hosts.filter { $0.helo == host.helo }
    guard host.helo != host.name, self.host(host.helo) == nil, let first = namesakes.first,
      namesakes.allSatisfy({ !$0.sendingAddresses.isEmpty })
    else { return own }
    return own
      + Self.addresses(
        .addresses(host: first.name), host.helo, namesakes.flatMap(\.sendingAddresses), ttl: first.ttl,
        purpose: "the name that \(first.name.display) gives in HELO")
  }

  private static func addresses(
    _ kind: WantedRecordSet.Kind, _ name: Name, _ addresses: [IPAddress], ttl: UInt32?, purpose: String
  ) -> [WantedRecordSet] {
    [RecordType.a, .aaaa].map { type in
      let unique = addresses.reduce(into: [IPAddress]()) { if !$0.contains($1) { $0.append($1) } }
      let records = unique.map { address in
        switch address {
        case .v4(let address): Record(name, ttl: ttl ?? ZoneFile.defaultTTL, .a(address))
        case .v6(let address): Record(name, ttl: ttl ?? ZoneFile.defaultTTL, .aaaa(address))
        }
      }
      return WantedRecordSet(kind, name, type, records.filter { $0.type == type }, purpose: purpose)
    }
  }

  private func reverse(of host: ExpectedHost) -> [WantedRecordSet] {
    host.sendingAddresses.map { address in
      let name = address.reverseName
      return WantedRecordSet(
        .reverse(address), name, .ptr,
        [Record(name, ttl: host.ttl ?? ZoneFile.defaultTTL, .ptr(host.helo))],
        purpose: "the reverse name of \(address): what \(host.name.display) says in HELO")
    }
  }

  /// RFC 7208 §2.3. A name that is a mail domain itself has its own record.
  private func helloPolicy(of host: ExpectedHost, _ domain: ExpectedDomain) -> [WantedRecordSet] {
    guard domain.role.sends, sendingHosts(of: domain).contains(where: { $0.name == host.name }),
      self.domain(host.helo) == nil, SuffixList.shareOrganisation(host.helo, domain.name)
    else { return [] }
    let record = Record(host.helo, ttl: host.ttl ?? ZoneFile.defaultTTL, .txt(TXT("v=spf1 a -all")))
    return [
      WantedRecordSet(.spf, host.helo, .txt, [record], purpose: "SPF of the name in HELO, for bounces")
    ]
  }

  private func webmail(of host: ExpectedHost) -> [WantedRecordSet] {
    guard let name = host.webmail, self.host(name) == nil else { return [] }
    let namesakes = hosts.filter { $0.webmail == name }
    guard namesakes.allSatisfy({ !$0.addresses.isEmpty }) else { return [] }
    return Self.addresses(
      .webmail, name, namesakes.flatMap(\.addresses), ttl: namesakes.first?.ttl, purpose: "webmail"
    )
    .filter { !$0.records.isEmpty }
  }

  /// RFC 7672 §2.2, RFC 7673 §3.
  private func pins(of host: ExpectedHost, _ domain: ExpectedDomain) -> [WantedRecordSet] {
    guard !host.pins.isEmpty else { return [] }
    return tlsServices(of: host, domain).compactMap { service in
      guard let name = TLSAName.of(host: host.name, port: service.port) else { return nil }
      let records = host.pins.map {
        Record(name, ttl: host.ttl ?? ZoneFile.defaultTTL, .tlsa($0.record))
      }
      return WantedRecordSet(
        .tlsa(host: host.name, service), name, .tlsa, records,
        purpose: "the keys of \(host.name.display), port \(service.port)")
    }
  }

  /// The names of the TLSA records of `host`.
  package func pinned(_ host: ExpectedHost, for domain: ExpectedDomain) -> [Name] {
    pins(of: host, domain).map(\.name)
  }

  /// Those that are open; an exchanger's port 25 is, unless it is said to be closed.
  private func tlsServices(of host: ExpectedHost, _ domain: ExpectedDomain) -> [ProbedService] {
    let takesMail = exchangers(of: domain).contains { $0.name == host.name } && host.services[.smtp] == nil
    return (takesMail ? [.smtp] : []) + host.services(.open)
  }
}
