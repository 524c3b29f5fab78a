import DNSData
import DNSSEC
import Verdict

// What senders do with mail for an MX host, in words.

extension HostDelivery {
  /// Something is known.
  var isOfInterest: Bool {
    if case .notKnown(let dane) = dane, case .notKnown(let policy) = policy {
      return dane.isUnknown || policy.isUnknown
    }
    return true
  }

  var daneWords: String { dane.sentence(meetsDANE, host: host) }
  var policyWords: String { policy.sentence(meetsPolicy) }

  /// Mail is lost, or what is published protects nothing.
  var isFaultOfDANE: Bool {
    switch dane {
    case .heldBack, .opportunistic(.insecureRecords): true
    case .demanded, .opportunistic, .notKnown: meetsDANE == .unmet || meetsDANE == .partlyMet
    }
  }

  var isFaultOfPolicy: Bool {
    switch policy {
    case .excluded: true
    case .demanded: meetsPolicy == .unmet || meetsPolicy == .partlyMet
    case .reported, .opportunistic, .notKnown: false
    }
  }
}

extension Fulfilment {
  fileprivate var words: String {
    switch self {
    case .met: ", which it has"
    case .partlyMet: ", which it has at some addresses or with some certificates only"
    case .unmet: ", which it has not: mail is held back"
    case .unseen: ""
    }
  }
}

extension DANEDelivery {
  fileprivate func sentence(_ fulfilment: Fulfilment, host: Name) -> String {
    switch self {
    case .demanded(let demand): "demands \(demand.words(host: host))\(fulfilment.words)"
    case .opportunistic(.insecureMX(_, let demand?)):
      "need not be used, since the MX records are not signed; senders that do demand "
        + demand.words(host: host) + fulfilment.words
    case .opportunistic(let reason): "demands nothing: \(reason.words)"
    case .heldBack(let hindrance): "has mail held back: \(hindrance.words)"
    case .notKnown(let gap): "is not known: \(gap.sentence)"
    }
  }
}

extension DANEDelivery.Demand {
  fileprivate func words(host: Name) -> String {
    switch self {
    case .authenticated(let base):
      "TLS and a certificate that TLSA matches" + (base == host ? "" : " at \(base.display)")
    case .encrypted(let base):
      "TLS with whatever certificate, as no TLSA record is usable"
        + (base == host ? "" : " at \(base.display)")
    }
  }
}

extension DANEDelivery.Reason {
  fileprivate var words: String {
    switch self {
    case .noRecords: "there is no TLSA record"
    case .insecureRecords: "the TLSA records are not signed"
    case .insecureAddresses: "the host's addresses are not signed"
    case .insecureMX: "the MX records are not signed"
    }
  }
}

extension DANEDelivery.Hindrance {
  fileprivate var words: String {
    switch self {
    case .mx: "the MX records do not validate"
    case .addresses: "the host's addresses do not validate"
    case .tlsa(_, .bogus): "the look-up of TLSA does not validate"
    case .tlsa(_, .servers): "no name server of the zone answers the look-up of TLSA"
    case .noAddress: "the host has no address"
    }
  }
}

extension PolicyDelivery {
  fileprivate func sentence(_ fulfilment: Fulfilment) -> String {
    switch self {
    case .demanded: "demands TLS and a valid certificate\(fulfilment.words)"
    case .excluded: "has mail held back: the policy does not name the host"
    case .reported(.named):
      "reports what is not TLS with a valid certificate, and demands nothing (mode testing)"
    case .reported(.unnamed):
      "reports the host, which the policy does not name, and demands nothing (mode testing)"
    case .opportunistic(let reason): "demands nothing: \(reason.words)"
    case .notKnown(let gap): "is not known: \(gap.sentence)"
    }
  }
}

extension PolicyDelivery.Reason {
  fileprivate var words: String {
    switch self {
    case .noRecord: "there is no record"
    case .noPolicy: "no policy that senders can take is served"
    case .modeNone: "the policy has mode none"
    }
  }
}
