package import Evidence
package import MailDiscovery

// Which of the services that clients know by name a probed port offers, and which of them a host is meant to have.

extension MailService {
  /// A probe of this kind speaks as clients of the service do.
  package func isSpoken(by probed: ProbedService) -> Bool {
    switch self {
    case .submissions: probed.mailProtocol == .smtp && probed.security == .implicitTLS
    case .submission: probed.mailProtocol == .smtp && probed.security == .startTLS
    case .imaps: probed.mailProtocol == .imap && probed.security == .implicitTLS
    case .imap: probed.mailProtocol == .imap && probed.security == .startTLS
    case .pop3s: probed.mailProtocol == .pop3 && probed.security == .implicitTLS
    case .pop3: probed.mailProtocol == .pop3 && probed.security == .startTLS
    case .sieve: probed.mailProtocol == .manageSieve
    case .autodiscover: false
    }
  }
}

extension ExpectedHost {
  /// In the order of their ports.
  package func services(_ state: ExpectedPort) -> [ProbedService] {
    services.filter { $0.value == state }.map(\.key).sorted { $0.port < $1.port }
  }

  /// The ports at which `service` is meant to be in this state.
  func services(_ state: ExpectedPort, of service: MailService) -> [ProbedService] {
    services(state).filter { $0 != .smtp && service.isSpoken(by: $0) }
  }
}
