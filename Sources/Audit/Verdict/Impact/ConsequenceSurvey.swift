import DKIM
import DMARC
import DNSData
import Evidence
import Expectation
import MTASTS
import SPF

/// Finds the consequences of a change. Each weighs what the rule about the same thing weighs, so that profiles and
/// waivers hold here too, and less where it is not known whether anybody uses what is lost.
struct ConsequenceSurvey {
  private let current: Impact.World
  private let proposed: Impact.World

  init(from current: Impact.World, to proposed: Impact.World) {
    self.current = current
    self.proposed = proposed
  }

  /// Worst first.
  var consequences: [Consequence] {
    (roles + senders + newAddresses + keys + exchangers + pins + policies).sorted {
      $0.severity > $1.severity
    }
  }

  private func weight(_ rule: String, atMost limit: Severity = .critical) -> Severity {
    guard let result = proposed.scorecard.results.first(where: { $0.rule.id == rule }) else { return .info }
    let facts = proposed.facts
    let isWaived = (facts.site?.waivers ?? []).contains {
      $0.covers(rule, at: facts.domain) && !$0.hasEnded(at: facts.snapshot.started)
    }
    return isWaived ? .info : min(result.rule.severity, limit)
  }

  // MARK: - The domain

  private var roles: [Consequence] {
    let (before, after) = (current.facts.role, proposed.facts.role)
    guard before == .mail || before == .implicitMail, after != before else { return [] }
    let severity: Severity
    switch after {
    case .mail, .undetermined: return []
    case .implicitMail, .parked: severity = .high
    case .sendOnly, .noMail, .nonexistent: severity = .critical
    }
    let isMeant = proposed.facts.expected.map { !$0.role.receives } ?? false
    return [Consequence(kind: .roleLost(before, after), severity: isMeant ? .info : severity)]
  }

  // MARK: - SPF

  private static let senderRule = "spf.own-host-not-pass"

  private var senders: [Consequence] {
    let domain = proposed.facts.domain
    let given = Set(proposed.facts.snapshot.request.senders)
    let hosts = Set(proposed.facts.ownExchangerAddresses.map(\.address))
    let own = Impact.senders(current.facts, proposed.facts).compactMap { address -> Consequence? in
      guard let before = current.spf[address]?.result, let after = proposed.spf[address]?.result else {
        return nil
      }
      // What stays a mail host goes on sending; from what is none any more only the last mail may come.
      let isInUse = given.contains(address) || hosts.contains(address)
      return consequence(
        address, as: domain, before, after, weight(Self.senderRule, atMost: isInUse ? .critical : .medium))
    }
    let others = proposed.scorecard.senders.filter { $0.identity != domain }.compactMap {
      sender -> Consequence? in
      let former = current.scorecard.senders.first {
        $0.identity == sender.identity && $0.address == sender.address
      }
      guard let before = former?.result, let after = sender.result else { return nil }
      return consequence(
        sender.address, as: sender.identity, before, after, weight(Self.senderRule, atMost: .high))
    }
    return own + others
  }

  private func consequence(
    _ address: IPAddress, as identity: Name, _ before: SPFResult, _ after: SPFResult, _ severity: Severity
  ) -> Consequence? {
    switch (before, after) {
    // A look-up failed, and proves neither.
    case (.temperror, _), (_, .temperror), (.pass, .pass): nil
    case (.pass, _):
      Consequence(kind: .senderLosesPass(address, identity: identity, after), severity: severity)
    case (_, .pass): Consequence(kind: .senderGainsPass(address, identity: identity), severity: .info)
    default: nil
    }
  }

  private var newAddresses: [Consequence] {
    guard proposed.facts.snapshot.request.senders.isEmpty else { return [] }
    let sending = Set(current.facts.senders.compactMap(\.host))
    let known = Set(current.facts.ownExchangerAddresses.map(\.address))
    return proposed.facts.ownExchangerAddresses.compactMap { host, address in
      guard sending.contains(host), !known.contains(address), let result = proposed.spf[address]?.result,
        result != .pass, result != .temperror
      else { return nil }
      return Consequence(
        kind: .newAddressWithoutPass(address, host: host, result),
        severity: weight(Self.senderRule, atMost: .high))
    }
  }

  // MARK: - DKIM

  private static let keyRule = "dkim.active-selector-unpublished"

  private var keys: [Consequence] {
    let before = current.facts.allSelectors.filter { $0.use != .idle && !$0.keys.isEmpty }
    let after = proposed.facts.allSelectors
    let left = after.count { !$0.keys.isEmpty }
    return before.compactMap { selector in
      let label = proposed.facts.label(of: selector)
      // A look-up that failed proves no loss; the rules tell of it.
      let answer = proposed.facts.snapshot.answer(selector.name, .txt)
      guard answer?.failure == nil else { return nil }
      let keys = after.first { $0.name == selector.name }?.keys ?? []
      guard keys.isDisjoint(with: selector.keys) else { return nil }
      guard keys.isEmpty else {
        return Consequence(
          kind: .keyReplaced(label: label, selector.use),
          severity: weight(Self.keyRule, atMost: selector.use == .given ? .critical : .medium))
      }
      let limit: Severity =
        switch selector.use {
        case .given: .critical
        case .next, .idle: .medium
        // The end of a rotation looks the same, but for the key that is left.
        case .guessed: left == 0 ? .high : .medium
        }
      return Consequence(
        kind: .selectorWithdrawn(label: label, selector.use, left: left),
        severity: weight(Self.keyRule, atMost: limit))
    }
  }

  // MARK: - MTA-STS, DANE, DMARC

  private var exchangers: [Consequence] {
    guard let inForce = current.facts.observation(of: PolicyInForce.self).subjects.first,
      let age = inForce.policy.maxAge
    else { return [] }
    let until = Timestamp(
      seconds: current.facts.snapshot.started.seconds + Int64(min(age, MTASTSPolicy.maximumMaxAge)))
    return proposed.facts.exchangers.filter {
      !inForce.policy.covers($0) && !inForce.hosts.contains($0)
    }.map { host in
      Consequence(
        kind: .exchangerOutsidePolicy(host, until: until, inForce.isEnforced ? .enforce : .testing),
        severity: weight("mtasts.mx-mismatch", atMost: inForce.severity))
    }
  }

  private var pins: [Consequence] {
    proposed.scorecard.servers.rows.filter { $0.tls?.tlsa == .mismatches }.compactMap { row in
      let former = current.scorecard.servers.rows.first {
        $0.host == row.host && $0.address == row.address && $0.service == row.service
      }
      guard former?.tls?.tlsa != .mismatches,
        proposed.facts.tlsa(of: row.host, port: row.service.port).hasPins
      else { return nil }
      return Consequence(
        kind: .pinMismatch(row.host, row.address, port: row.service.port),
        severity: weight("dane.mismatch", atMost: row.service == .smtp ? .critical : .low))
    }
  }

  private var policies: [Consequence] {
    guard let before = current.facts.appliedPolicy else { return [] }
    guard let after = proposed.facts.appliedPolicy else {
      return proposed.facts.hasNoDMARCPolicy && before > .none
        ? [Consequence(kind: .policyLoosened(before, nil), severity: .medium)] : []
    }
    return after < before ? [Consequence(kind: .policyLoosened(before, after), severity: .medium)] : []
  }
}

extension DKIMSelector {
  /// Those that verifiers can use.
  fileprivate var keys: Set<DKIMKeyIdentity> {
    Set(records.filter { $0.usability == .ok }.compactMap(\.key.identity))
  }
}

extension Facts {
  /// What is asked for mail of the domain itself that fails; nil if that is not known, or no record applies.
  fileprivate var appliedPolicy: DMARCPolicy? {
    guard case .found(let policy) = dmarc?.policy else { return nil }
    return policy.preference(.exists)?.applied
  }

  fileprivate func label(of selector: DKIMSelector) -> String {
    DKIMName.selector(of: selector.name, domain: domain)
  }
}
