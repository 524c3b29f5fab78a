/// How an operator means a mail site to be: its hosts, and the domains that they serve. A value without files: keys
/// and certificates have been read, and everything that the file left out has its default.
package import DNSData

package struct ExpectedSite: Hashable, Sendable {
  /// In the order of the file, names unique.
  package var hosts: [ExpectedHost]
  /// In the order of the file, names unique.
  package var domains: [ExpectedDomain]
  package var waivers: [Waiver]

  package init(hosts: [ExpectedHost] = [], domains: [ExpectedDomain] = [], waivers: [Waiver] = []) {
    self.hosts = hosts
    self.domains = domains
    self.waivers = waivers
  }

  package func host(_ name: Name) -> ExpectedHost? { hosts.first { $0.name == name } }
  package func domain(_ name: Name) -> ExpectedDomain? { domains.first { $0.name == name } }

  /// Those to which MX records of `domain` lead, as far as the site describes them.
  package func exchangers(of domain: ExpectedDomain) -> [ExpectedHost] {
    domain.mx.compactMap { host($0.host) }
  }

  /// Those that send mail of `domain`: named ones, else its exchangers.
  package func sendingHosts(of domain: ExpectedDomain) -> [ExpectedHost] {
    domain.sendingHosts.isEmpty ? exchangers(of: domain) : domain.sendingHosts.compactMap(host)
  }

  /// Every address that mail of `domain` leaves from, each once.
  package func sendingAddresses(of domain: ExpectedDomain) -> [IPAddress] {
    guard domain.role.sends else { return [] }
    return (sendingHosts(of: domain).flatMap(\.sendingAddresses) + domain.senders).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }
}

/// A finding that the operator knows of and accepts.
package struct Waiver: Hashable, Sendable {
  /// `tls.no-tls13`
  package let rule: String
  /// nil: at every name, else at this name and below it.
  package let name: Name?
  package let reason: String
  /// The first moment at which it counts no more.
  package let end: Timestamp
  /// Its line in the file.
  package let line: Int

  package init(rule: String, name: Name?, reason: String, end: Timestamp, line: Int) {
    self.rule = rule
    self.name = name
    self.reason = reason
    self.end = end
    self.line = line
  }

  package func covers(_ rule: String, at place: Name) -> Bool {
    self.rule == rule && (name.map { place.isAtOrBelow($0) } ?? true)
  }
}
