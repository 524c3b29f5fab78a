import DNSData
import Evidence
import MailDiscovery

// Servers that nobody called, though they are where the domain's mail goes or its SRV records lead: the addresses of
// their host are not known, or are more than are called. Of them nothing is known, and nothing is fine.

extension Facts {
  /// None where whoever asked wanted no server called, or not these.
  var uncalledServers: [Gap] {
    let called = Dictionary(grouping: snapshot.probes.map(\.request)) { $0.serverName }
    return servicesByHost.keys.sorted().flatMap { host -> [Gap] in
      let addresses = HostAddresses(host, in: self)
      // One answer proves it for both families (RFC 8020).
      guard !addresses.isNoSuchName else { return [] }
      let reached = Set((called[host] ?? []).map(\.address))
      let isBeyondLimit = !reached.isEmpty && !reached.isSuperset(of: addresses.addresses)
      return addresses.gaps + (isBeyondLimit ? [Gap(Place(host), .notTested(.limitReached))] : [])
    }
  }

  /// The gap is about a host, and servers of this kind are not among those that are called there.
  func isElsewhere(_ gap: Gap, than isIncluded: (ProbedService) -> Bool) -> Bool {
    guard !probingGaps.contains(gap), let services = servicesByHost[gap.place.name] else { return false }
    return !services.contains(where: isIncluded)
  }

  /// What is called at each host, where its addresses are known.
  private var servicesByHost: [Name: Set<ProbedService>] {
    var services: [Name: Set<ProbedService>] = [:]
    for host in exchangers {
      services[host] = ownership(of: host) == .own ? Set([.smtp] + ProbedService.forClients) : [.smtp]
    }
    if role == .implicitMail { services[domain, default: []].insert(.smtp) }
    for service in MailService.allCases {
      let records = service.owner(for: domain).flatMap { snapshot.answer($0, .srv) }?.records ?? []
      for case .srv(let srv) in records.map(\.data) where !srv.isNull {
        let probed = ProbedService.forClients.filter(service.isSpoken).map {
          ProbedService($0.mailProtocol, port: srv.port, $0.security)
        }
        services[srv.target, default: []].formUnion(probed)
      }
    }
    for door in snapshot.request.wanted.doors { services[door.host, default: []].insert(door.service) }
    return services.mapValues { $0.filter(snapshot.request.probing.includes) }.filter { !$0.value.isEmpty }
  }
}
