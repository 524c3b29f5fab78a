import DNSData
import Verdict

/// One MX host in the JSON report, and what senders do with mail for it.
struct DeliveryDocument: Encodable {
  let host: String
  let preference: UInt16
  let dane: Manner
  let mtasts: Manner

  init(_ delivery: HostDelivery) {
    host = delivery.host.display
    preference = delivery.preference
    dane = Manner(
      demand: delivery.dane.key, reason: delivery.dane.reasonKey, base: delivery.dane.base?.display,
      fulfilled: delivery.meetsDANE.rawValue, words: delivery.daneWords)
    mtasts = Manner(
      demand: delivery.policy.key, reason: delivery.policy.reasonKey, base: nil,
      fulfilled: delivery.meetsPolicy.rawValue, words: delivery.policyWords)
  }

  struct Manner: Encodable {
    let demand: String
    let reason: String?
    let base: String?
    let fulfilled: String
    let words: String
  }
}

extension Gap {
  fileprivate var key: String { isUnknown ? "unknown" : "notTested" }
}

extension DANEDelivery {
  fileprivate var key: String {
    switch self {
    case .demanded(.authenticated): "authenticated"
    case .demanded(.encrypted): "encrypted"
    case .opportunistic: "opportunistic"
    case .heldBack: "heldBack"
    case .notKnown: "notKnown"
    }
  }

  fileprivate var reasonKey: String? {
    switch self {
    case .demanded: nil
    case .opportunistic(.noRecords): "noRecords"
    case .opportunistic(.insecureRecords): "insecureRecords"
    case .opportunistic(.insecureAddresses): "insecureAddresses"
    case .opportunistic(.insecureMX): "insecureMX"
    case .heldBack(.mx): "bogusMX"
    case .heldBack(.addresses): "bogusAddresses"
    case .heldBack(.tlsa(_, .bogus)): "bogusTLSA"
    case .heldBack(.tlsa(_, .servers)): "failingTLSA"
    case .heldBack(.noAddress): "noAddress"
    case .notKnown(let gap): gap.key
    }
  }

  fileprivate var base: Name? {
    switch self {
    case .demanded(.authenticated(let base)), .demanded(.encrypted(let base)),
      .opportunistic(.insecureMX(_, .authenticated(let base)?)),
      .opportunistic(.insecureMX(_, .encrypted(let base)?)):
      base
    case .opportunistic, .heldBack, .notKnown: nil
    }
  }
}

extension PolicyDelivery {
  fileprivate var key: String {
    switch self {
    case .demanded: "authenticated"
    case .excluded: "heldBack"
    case .reported: "reported"
    case .opportunistic: "opportunistic"
    case .notKnown: "notKnown"
    }
  }

  fileprivate var reasonKey: String? {
    switch self {
    case .demanded, .reported(.named): nil
    case .excluded, .reported(.unnamed): "notNamed"
    case .opportunistic(.noRecord): "noRecord"
    case .opportunistic(.noPolicy): "noPolicy"
    case .opportunistic(.modeNone): "modeNone"
    case .notKnown(let gap): gap.key
    }
  }
}
