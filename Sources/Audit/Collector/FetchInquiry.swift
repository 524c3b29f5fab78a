import DNSData
import Evidence
import MTASTS
import MailDiscovery

// What is fetched over HTTPS: the MTA-STS policy where a record announces one, the settings of mail clients, and webmail
// where the operator names it; over HTTP the settings' old places, and what an authority asks for. From the addresses
// that were looked up before, so that nobody can lead a fetch elsewhere.

extension Inquiry {
  /// Made already or not.
  func fetches(_ known: KnownAnswers) -> Set<FetchRequest> {
    guard request.probing.fetches else { return [] }
    return Set(
      policies(known) + clientConfigurations(known) + accountSettings(known) + pages(known)
        + challenges(known))
  }

  /// Over IPv6 alone too, since whoever has it may prefer it; and where no record is, but the host of a policy.
  private func policies(_ known: KnownAnswers) -> [FetchRequest] {
    guard case .result(let discovery) = MTASTSDiscovery.evaluate(domain: request.domain, answers: known),
      let host = MTASTSDiscovery.policyHost(for: request.domain)
    else { return [] }
    switch discovery.finding {
    case .record(let record):
      guard record.usability == .ok else { return [] }
    case .noRecord:
      guard mayServeUnannounced(discovery, known) else { return [] }
    case .multipleRecords, .failed: return []
    }
    let policy = document(at: host, MTASTSDiscovery.policyPath, known, limits: .policy)
    guard let policy, case .record = discovery.finding else { return [policy].compactMap(\.self) }
    let overIPv6 = policy.addresses.filter { $0.family == .v6 }
    guard overIPv6.count < policy.addresses.count else { return [policy] }
    let second = try? FetchRequest(host: host, path: policy.path, addresses: overIPv6, limits: .policy)
    return [policy, second].compactMap(\.self)
  }

  /// The domain takes mail and has nothing that is meant as a record.
  func mayServeUnannounced(_ discovery: MTASTSDiscovery, _ known: KnownAnswers) -> Bool {
    request.probing.fetches && discovery.finding == .noRecord && !exchangers(known).isEmpty
      && discovery.texts.allSatisfy { $0.standing == .unrelated }
  }

  /// The pages that the operator names: enough of them to see the certificate.
  private func pages(_ known: KnownAnswers) -> [FetchRequest] {
    request.wanted.pages.compactMap { document(at: $0, "/", known) }
  }

  /// At each address by itself: which of them an authority picks is its own affair.
  private func challenges(_ known: KnownAnswers) -> [FetchRequest] {
    request.wanted.challenged.flatMap { host in
      addresses(of: host, known).prefix(FetchRequest.maximumAddresses).compactMap {
        ACMEChallenge.request(of: host, at: $0)
      }
    }
  }

  /// Where Outlook looks for settings, with and without TLS.
  private func accountSettings(_ known: KnownAnswers) -> [FetchRequest] {
    guard let host = ClientConfigurationHost.autodiscover.name(for: request.domain),
      !exchangers(known).isEmpty
    else { return [] }
    return [FetchRequest.Scheme.https, .http].compactMap {
      document($0, at: host, ClientConfigurationHost.autodiscoverPath, known)
    }
  }

  /// By the steps of draft-ietf-mailmaint-autoconfig: below `autoconfig` over HTTPS, at the domain's well-known
  /// place, and in the old way without TLS.
  func clientConfigurations(_ known: KnownAnswers) -> [FetchRequest] {
    guard let host = ClientConfigurationHost.autoconfig.name(for: request.domain),
      !exchangers(known).isEmpty
    else { return [] }
    return [
      document(at: host, ClientConfigurationHost.mainPath, known),
      document(at: request.domain, ClientConfigurationHost.wellKnownPath, known),
      document(.http, at: host, ClientConfigurationHost.mainPath, known),
    ].compactMap(\.self)
  }

  /// nil until the addresses are known, and for a host without any.
  private func document(
    _ scheme: FetchRequest.Scheme = .https, at host: Name, _ path: String, _ known: KnownAnswers,
    limits: FetchLimits = .clientConfiguration
  ) -> FetchRequest? {
    // Where there are A records of a host for clients, nobody asked for others.
    guard let a = known(Question(host, .a)), !a.records.isEmpty || known(Question(host, .aaaa)) != nil,
      host != request.domain || known(Question(host, .aaaa)) != nil
    else { return nil }
    let addresses = addresses(of: host, known)
    guard !addresses.isEmpty else { return nil }
    return try? FetchRequest(scheme, host: host, path: path, addresses: addresses, limits: limits)
  }
}
