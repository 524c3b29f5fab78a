import DANE
package import DNSData
package import Evidence

/// What a sender that uses DANE does with mail for one MX host (RFC 7672 §2.2).
package enum DANEDelivery: Hashable, Sendable {
  case demanded(Demand)
  /// TLS if the host offers it, as before there was DANE.
  case opportunistic(Reason)
  /// The host is passed over; where there is no other, the mail waits (§2.1.2).
  case heldBack(Hindrance)
  case notKnown(Gap)

  /// What a host must fulfil; `base` is the name below which the records stand.
  package enum Demand: Hashable, Sendable {
    /// TLS, and a certificate that a record matches.
    case authenticated(base: Name)
    /// TLS with whatever certificate, since no record is usable.
    case encrypted(base: Name)
  }

  package enum Reason: Hashable, Sendable {
    case noRecords
    case insecureRecords(Insecurity)
    /// §2.2.2.
    case insecureAddresses(Insecurity)
    /// §2.2.1: the demand of those senders that heed the records of the host all the same.
    case insecureMX(Insecurity, Demand?)
  }

  package enum Hindrance: Hashable, Sendable {
    case mx(ChainBreak)
    case addresses(Question, ChainBreak)
    case tlsa(Question, ProvenFailure)
    case noAddress
  }

  /// Of one host of the MX records.
  init(to host: Name, in facts: Facts) {
    let mx = Question(facts.domain, .mx)
    let own = DANEDelivery(facts.tlsa(of: host))
    switch facts.trust(mx) {
    case .secure: self = own
    case .insecure(let insecurity):
      switch own {
      case .demanded(let demand): self = .opportunistic(.insecureMX(insecurity, demand))
      case .heldBack(.tlsa): self = .opportunistic(.insecureMX(insecurity, nil))
      case .opportunistic, .heldBack, .notKnown: self = own
      }
    case .bogus(let link): self = .heldBack(.mx(link))
    case .unknown(let answer): self = .notKnown(Gap(Place(mx.name, mx.type), .failed(answer)))
    case .notTested(let reason): self = .notKnown(Gap(Place(mx.name, mx.type), .notTested(reason)))
    }
  }

  /// Where the MX records are signed.
  private init(_ finding: TLSAFinding) {
    switch finding {
    case .records(let base, let answer):
      switch TLSASet(answer.tlsa, for: .smtp).standing {
      case .authenticates: self = .demanded(.authenticated(base: base))
      case .allUnusable, .empty: self = .demanded(.encrypted(base: base))
      }
    case .none: self = .opportunistic(.noRecords)
    case .insecureRecords(_, let insecurity): self = .opportunistic(.insecureRecords(insecurity))
    case .insecureAddresses(let insecurity): self = .opportunistic(.insecureAddresses(insecurity))
    case .noAddress: self = .heldBack(.noAddress)
    case .failure(let question, .bogus(let link)) where question.type != .tlsa:
      self = .heldBack(.addresses(question, link))
    case .failure(let question, let failure): self = .heldBack(.tlsa(question, failure))
    case .unknown(let gap): self = .notKnown(gap)
    }
  }
}
