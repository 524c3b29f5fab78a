import DNSData
import MTASTS

/// What a sender that knows MTA-STS alone does with mail for one MX host (RFC 8461 §5).
package enum PolicyDelivery: Hashable, Sendable {
  /// TLS, and a certificate for the host's name that a public authority has issued.
  case demanded
  /// The policy does not name the host, which is passed over (§4.1).
  case excluded
  /// Mode testing: mail is delivered, and what is not as the policy wants it is reported (§5).
  case reported(Standing)
  /// TLS if the host offers it.
  case opportunistic(Reason)
  case notKnown(Gap)

  package enum Standing: Hashable, Sendable { case named, unnamed }

  package enum Reason: Hashable, Sendable {
    case noRecord
    /// There is a record, and no policy that senders can take (§3.3).
    case noPolicy
    case modeNone
  }

  init(to host: Name, in facts: Facts) {
    if let answer = facts.mtastsAnswer, answer.failure != nil {
      self = .notKnown(Gap(answer))
      return
    }
    guard facts.hasMTASTS(facts.domain) else {
      self = .opportunistic(.noRecord)
      return
    }
    let served = facts.observation(of: ServedPolicy.self)
    guard let policy = served.subjects.first?.policy, policy.usability == .ok else {
      self = served.gaps.first.map(PolicyDelivery.notKnown) ?? .opportunistic(.noPolicy)
      return
    }
    switch policy.mode {
    case .enforce?: self = policy.covers(host) ? .demanded : .excluded
    case .testing?: self = .reported(policy.covers(host) ? .named : .unnamed)
    case MTASTSMode.none?: self = .opportunistic(.modeNone)
    case nil: self = .opportunistic(.noPolicy)
    }
  }
}
