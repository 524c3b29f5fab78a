import DNSData
import Evidence
import MTASTS
import MailDiscovery

// What is fetched over HTTPS: the MTA-STS policy where a record announces one, and the settings of mail clients. From
// the addresses that were looked up before, so that nobody can lead a fetch elsewhere.

extension Inquiry {
  /// Made already or not.
  func fetches(_ known: KnownAnswers) -> Set<FetchRequest> {
    guard request.probing.fetches else { return [] }
    return Set([policy(known)].compactMap(\.self) + clientConfigurations(known))
  }

  private func policy(_ known: KnownAnswers) -> FetchRequest? {
    guard case .result(let discovery) = MTASTSDiscovery.evaluate(domain: request.domain, answers: known),
      case .record(let record) = discovery.finding, record.usability == .ok,
      let host = MTASTSDiscovery.policyHost(for: request.domain)
    else { return nil }
    return document(at: host, MTASTSDiscovery.policyPath, known, limits: .policy)
  }

  /// By the steps of draft-ietf-mailmaint-autoconfig: below `autoconfig` over HTTPS, at the domain's well-known
  /// place, and in the old way without TLS.
  private func clientConfigurations(_ known: KnownAnswers) -> [FetchRequest] {
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
