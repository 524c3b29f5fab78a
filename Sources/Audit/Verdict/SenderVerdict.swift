package import DNSData
package import SPF

/// What SPF says of mail from one expected address under one name: the domain's own, that in HELO, or that of rewritten
/// senders.
package struct SenderVerdict: Hashable, Sendable {
  /// What SPF is asked about.
  package let identity: Name
  package let address: IPAddress
  /// nil if a look-up failed.
  package let result: SPFResult?
  /// The term that decided, in the record asked for or in the one that redirects led to; nil where none did.
  package let match: SPFMatch?

  static func all(in facts: Facts) -> [SenderVerdict] {
    guard let site = facts.site, let expected = facts.expected else { return [] }
    let addresses = site.sendingAddresses(of: expected)
    let own = addresses.map { (expected.name, $0) }
    let helo = site.sendingHosts(of: expected).flatMap { host in
      host.sendingAddresses.filter(addresses.contains).map { (host.helo, $0) }
    }
    let rewriting = site.domains.filter { $0.role == .srs }.flatMap { domain in
      addresses.map { (domain.name, $0) }
    }
    var verdicts: [SenderVerdict] = []
    for (identity, address) in own + helo + rewriting {
      guard !verdicts.contains(where: { $0.identity == identity && $0.address == address }) else { continue }
      let verdict = facts.spfVerdict(for: address, as: identity)
      let hasFailed = if case .lookupFailed = verdict?.problem?.kind { true } else { false }
      verdicts.append(
        SenderVerdict(
          identity: identity, address: address, result: hasFailed ? nil : verdict?.result,
          match: verdict?.matches.first))
    }
    return verdicts
  }
}
