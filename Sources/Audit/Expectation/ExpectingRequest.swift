package import DNSData
package import Evidence
import PublicSuffix

// What an expected configuration makes an audit look at: what is known takes the place of guesses.

extension AuditRequest {
  /// The same audit with the eyes of `site`: its selectors and senders count as given, its records and ports are looked
  /// at, and its hosts are the operator's own. Of a domain that the site does not describe only the latter is known.
  /// Which keys sign is a matter of the moment.
  package func expecting(_ site: ExpectedSite, at now: Timestamp) -> AuditRequest {
    let described = site.domain(domain)
    let wanted = described.map(site.wanted) ?? []
    let hosts = described.map(site.hosts) ?? []
    let webmail = [].joined(with: hosts.compactMap(\.webmail))
    let challenged = hosts.filter { $0.validation == .http }.map(\.name)
    return AuditRequest(
      domain: domain,
      selectors: selectors.joined(with: described?.signingSelectors(at: now) ?? []),
      idleSelectors: described?.idleSelectors(at: now) ?? [],
      publishedSelectors: publishedSelectors,
      senders: senders.joined(with: described.map(site.sendingAddresses) ?? []),
      allowedNetworks: allowedNetworks, probeLabel: probeLabel, blocklists: blocklists, probing: probing,
      wanted: WantedEvidence(
        questions: [].joined(
          with: wanted.flatMap(\.questions) + (webmail + challenged).flatMap(Self.addresses)),
        ownNames: site.ownNames,
        doors: hosts.flatMap { host in
          (host.services(.open) + host.services(.closed)).map { WantedDoor(host.name, $0) }
        },
        identities: described.map(site.identities) ?? [], pages: webmail,
        challenged: challenged), view: view, assumedSecure: assumedSecure)
  }

  private static func addresses(of host: Name) -> [Question] { [Question(host, .a), Question(host, .aaaa)] }
}

extension ExpectedSite {
  /// A name in HELO may be one that the owner of the address has given.
  fileprivate var ownNames: [Name] {
    let helo = hosts.filter { SuffixList.shareOrganisation($0.helo, $0.name) }.map(\.helo)
    return hosts.map(\.name).joined(with: helo + hosts.compactMap(\.webmail) + domains.map(\.name))
  }

  /// Under which names mail of `domain` is sent, beside its own: those in HELO, and the domain of rewritten senders.
  package func identities(of domain: ExpectedDomain) -> [Name] {
    guard domain.role.sends else { return [] }
    let rewriting = domains.filter { $0.role == .srs }.map(\.name)
    return [].joined(with: sendingHosts(of: domain).map(\.helo) + rewriting).filter { $0 != domain.name }
  }
}

extension Array where Element: Hashable {
  /// Each once, in their order.
  fileprivate func joined(with others: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return (self + others).filter { seen.insert($0).inserted }
  }
}
