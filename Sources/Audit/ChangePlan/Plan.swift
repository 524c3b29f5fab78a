package import DNSData
package import Expectation
package import MTASTS

/// The steps that lead a domain from what is live to what is expected where an order and waits matter: DKIM keys, TLSA
/// records and MTA-STS. A pure function of the expectation, of answers and of the moment: run it again at any time,
/// and it starts from where things are then.
package struct Plan: Sendable, Hashable {
  package let domain: Name
  package let now: Timestamp
  /// Without those that have nothing to do.
  package let procedures: [Procedure]
  /// Look-ups that failed: what depends on them is not in the plan.
  package let failures: [Answer]

  package struct Procedure: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
      case dkim
      /// Of the mail server of that name.
      case tlsa(Name)
      case mtasts
    }

    package let subject: Subject
    /// In order; each assumes that those before it were made at their earliest moments.
    package let steps: [Step]
  }

  package struct Step: Sendable, Hashable {
    package let action: Action
    package let publish: [Record]
    package let remove: [Record]
    /// What must pass first, counted from the step before.
    package let wait: Wait?
    package let standing: Standing

    init(
      _ action: Action, publish: [Record] = [], remove: [Record] = [], after wait: Wait? = nil,
      _ standing: Standing
    ) {
      self.action = action
      self.publish = publish
      self.remove = remove
      self.wait = wait
      self.standing = standing
    }
  }

  package enum Action: Sendable, Hashable {
    /// An RSA key of 2048 bits, under a selector that was never used.
    case makeKey(selector: String)
    case publishKey(selector: String)
    case startSigning(selector: String)
    case stopSigning(selector: String)
    /// Or publish it with an empty key.
    case removeKey(selector: String)
    case revokeKey(selector: String)
    /// Beside what is there.
    case publishPin(file: String)
    case deployCertificate(file: String)
    case removePins
    /// The policy on the web server names these hosts; then the record has a new id.
    case publishPolicy(hosts: [Name])
    case changeExchangers
    /// In mode none; then the record has a new id.
    case withdrawPolicy
    /// With its record and its host.
    case removePolicy
  }

  package struct Wait: Sendable, Hashable {
    package let seconds: Int64
    package let reason: Reason

    package enum Reason: Sendable, Hashable {
      /// Resolvers may still hold that nothing was there (RFC 2308 §5), or what was there before.
      case caches(ttl: UInt32, negative: UInt32)
      /// Mail that was signed before is still on its way (RFC 5321 §4.5.4.1).
      case queues(ttl: UInt32)
      /// Two TTLs, so that no cache holds the set without the next key (RFC 7671 §8.1).
      case pins(ttl: UInt32)
      /// Senders look for a new id once a day (RFC 8461 §10.2), or else hold the old policy for its `max_age`.
      case policies(ttl: UInt32, maxAge: Int)
      /// Senders may still know the old MX records.
      case exchangers(ttl: UInt32)
      /// Senders keep a policy for the `max_age` that it had (RFC 8461 §8.3).
      case expiry(maxAge: Int)
    }
  }

  package enum Standing: Sendable, Hashable {
    case done
    /// Now. Where there is a wait, its beginning is not known from here: it may not be over.
    case due
    case waiting(until: Timestamp)
  }

  /// What remains to be asked, or the plan. `policy` is the MTA-STS policy that is served; nil if that is not known.
  package static func evaluate(
    _ domain: ExpectedDomain, of site: ExpectedSite, at now: Timestamp, policy: MTASTSPolicy?,
    answers: @escaping KnownAnswers
  ) -> Evaluation<Plan> {
    var live = LiveZone(answers)
    let procedures =
      [
        KeyRotation(domain, at: now).procedure(&live),
        PolicyChange(domain, served: policy, at: now).procedure(&live),
      ]
      + site.hosts(of: domain).map { host in
        PinRollover(host, names: site.pinned(host, for: domain), at: now).procedure(&live)
      }
    guard live.open.isEmpty else { return .needs(live.open) }
    return .result(
      Plan(
        domain: domain.name, now: now, procedures: procedures.compactMap(\.self).filter { !$0.steps.isEmpty },
        failures: live.failures))
  }
}

extension Plan.Step {
  /// The earliest moment, if the step is still to be made.
  package func earliest(_ now: Timestamp) -> Timestamp? {
    switch standing {
    case .done: nil
    case .due: now
    case .waiting(let moment): moment
    }
  }
}

extension Timestamp {
  func adding(_ seconds: Int64) -> Timestamp { Timestamp(seconds: self.seconds + seconds) }
}
