import Autoconfig
import DNSData
package import Evidence
import MailDiscovery

// The servers that the settings for mail programs name, whoever runs them: looked up and called like all others.

/// The servers in a document that was asked for: none where it holds no settings; nil: not asked for, or not over.
package typealias KnownSettings = (FetchRequest) -> [SettingsServer]?

/// A host, and the service that mail programs use there.
package struct SettingsServer: Hashable, Sendable {
  let host: Name
  let service: ProbedService
}

extension Inquiry {
  /// Servers of one document that are looked at; settings have two or three.
  private static let maximumSettingsServers = 8

  /// What a document names that is a mail server for clients.
  func settings(in fetch: HTTPFetch) -> [SettingsServer] {
    guard let response = fetch.response, response.status == 200, response.ending == .complete,
      let configuration = ClientConfiguration(servedAs: response.body.octets)
    else { return [] }
    var servers: [SettingsServer] = []
    for server in configuration.incoming + configuration.outgoing {
      guard let host = server.host(for: request.domain), let service = server.probed else { continue }
      let named = SettingsServer(host: host, service: service)
      if !servers.contains(named) { servers.append(named) }
    }
    return Array(servers.prefix(Self.maximumSettingsServers))
  }

  func settingsHosts(_ known: KnownAnswers, _ settings: KnownSettings) -> Set<Question> {
    Set(settingsServers(known, settings).flatMap { [Question($0.host, .a), Question($0.host, .aaaa)] })
  }

  /// Of the settings that mail programs come upon first; none until it is known which these are.
  func settingsServers(_ known: KnownAnswers, _ settings: KnownSettings) -> [SettingsServer] {
    guard let host = ClientConfigurationHost.autoconfig.name(for: request.domain),
      isLookedUp(host, known), isLookedUp(request.domain, known)
    else { return [] }
    for place in clientConfigurations(known) {
      guard let servers = settings(place) else { return [] }
      if !servers.isEmpty { return servers }
    }
    return []
  }

  /// Nothing more will be asked of its addresses: see `services` and `addresses`.
  private func isLookedUp(_ host: Name, _ known: KnownAnswers) -> Bool {
    guard let a = known(Question(host, .a)) else { return false }
    if case .noData = a.outcome { return known(Question(host, .aaaa)) != nil }
    return host != request.domain || known(Question(host, .aaaa)) != nil
  }
}

extension ConfiguredServer {
  /// nil for what is no server for mail programs; port 25 is for servers.
  fileprivate var probed: ProbedService? {
    guard let port, port != ProbedService.smtp.port else { return nil }
    let mailProtocol: MailProtocol
    switch service {
    case .imap: mailProtocol = .imap
    case .pop3: mailProtocol = .pop3
    case .smtp: mailProtocol = .smtp
    case .jmap, .other: return nil
    }
    // At a registered port it is known how TLS begins, whatever the settings say.
    let registered = ProbedService.forClients.first { $0.port == port && $0.mailProtocol == mailProtocol }
    return registered
      ?? ProbedService(mailProtocol, port: port, security == .implicitTLS ? .implicitTLS : .startTLS)
  }
}
