import DNSData
import SPF

/// What a domain is for, inferred from what it publishes.
package enum DomainRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// It has MX records that name hosts.
  case mail
  /// No MX, but an address (RFC 5321 §5.1) and an SPF record that authorises somebody.
  case implicitMail
  /// SPF authorises somebody, and nothing receives: no MX and no address, or null MX.
  case sendOnly
  /// Null MX, or SPF that denies everybody, and no MX.
  case parked
  /// Neither MX nor SPF: a web site, say. A note, not a failure.
  case noMail
  case nonexistent
  /// The answers that would tell failed.
  case undetermined

  /// Mail leaves from here, as far as can be told.
  package var sends: Bool {
    switch self {
    case .mail, .implicitMail, .sendOnly: true
    case .parked, .noMail, .nonexistent, .undetermined: false
    }
  }

  init(mx: Answer?, addresses: [Answer], spf: SPFTree?) {
    guard let mx, let spf else {
      self = .undetermined
      return
    }
    switch mx.outcome {
    case .failure: self = .undetermined
    case .noSuchName(let aliases) where aliases.isEmpty: self = .nonexistent
    case .records(let records, _) where records.contains { $0.exchanger?.isNull == false }: self = .mail
    case .records: self = spf.authorisesSomebody ? .sendOnly : .parked
    case .noSuchName, .noData: self = DomainRole(addresses: addresses, spf: spf)
    }
  }

  private init(addresses: [Answer], spf: SPFTree) {
    switch spf.root.publication {
    case .failed: self = .undetermined
    case .absent: self = .noMail
    case .found where !spf.authorisesSomebody && !spf.hasFaultyRecord: self = .parked
    case .found, .multiple:
      if addresses.contains(where: { !$0.records.isEmpty }) {
        self = .implicitMail
      } else {
        self = addresses.contains { $0.failure != nil } ? .undetermined : .sendOnly
      }
    }
  }
}

extension SPFTree {
  /// What a faulty term meant nobody knows: a record that has one does not say that nobody sends.
  fileprivate var hasFaultyRecord: Bool {
    nodes.compactMap(\.record).contains { record in
      !record.faults.isEmpty
        || record.remarks.contains { if case .mechanismAsModifier = $0.kind { true } else { false } }
    }
  }
}
