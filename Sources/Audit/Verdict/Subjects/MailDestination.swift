package import DNSData

/// Where mail for a domain goes that is not audited itself, such as that of a report address: to its MX hosts, or
/// without MX records to its own addresses (RFC 5321 §5.1). Whether those MX hosts have addresses is not asked.
package enum MailDestination: Hashable, Sendable {
  /// It has an MX host or an address.
  case reachable
  /// It takes no mail (RFC 7505 §3).
  case nullMX(Answer)
  /// Neither MX nor address; the look-up of the MX records.
  case noHost(Answer)
  case noSuchName(Answer)
  /// Look-ups failed, or were not made.
  case unknown([Gap])

  package init(_ domain: Name, in facts: Facts) {
    guard let mx = facts.snapshot.answer(domain, .mx) else {
      self = .unknown([Gap(Place(domain, .mx), .notTested(.limitReached))])
      return
    }
    switch mx.outcome {
    case .failure: self = .unknown([Gap(mx)])
    case .noSuchName: self = .noSuchName(mx)
    case .records(let records, _):
      let exchangers = records.compactMap(\.exchanger)
      self = exchangers.allSatisfy(\.isNull) ? .nullMX(mx) : .reachable
    case .noData:
      let addresses = HostAddresses(domain, in: facts)
      if !addresses.addresses.isEmpty {
        self = .reachable
      } else if addresses.isProvenEmpty {
        self = .noHost(mx)
      } else {
        self = .unknown(addresses.gaps)
      }
    }
  }

  package var gaps: [Gap] {
    switch self {
    case .unknown(let gaps): gaps
    case .reachable, .nullMX, .noHost, .noSuchName: []
    }
  }
}
