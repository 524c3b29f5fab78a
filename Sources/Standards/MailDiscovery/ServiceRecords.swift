/// What the SRV records of one mail service say together (RFC 2782, RFC 6186 §3): where it is, that it is
/// not, and what is wrong with the records. Whether a target exists and answers is asked elsewhere.
package import DNSData

package struct ServiceRecords: Hashable, Sendable {
  package let service: MailService
  package let domain: Name
  /// In the order given.
  package let records: [SRV]
  package let availability: Availability
  /// In the order of the records they are about.
  package let faults: [ServiceFault]

  package enum Availability: Hashable, Sendable {
    case noRecords
    /// The target `.` alone: decidedly not available (RFC 2782, RFC 6186 §3.4).
    case declined
    /// Groups of equal priority, the most preferred first; in a group the heaviest first, then by name,
    /// although clients choose by chance.
    case offered([[SRV]])
  }

  package init(_ records: [SRV], of service: MailService, at domain: Name) {
    self.service = service
    self.domain = domain
    self.records = records
    let targets = records.filter { !$0.isNull }
    if records.isEmpty {
      availability = .noRecords
    } else {
      availability = targets.isEmpty ? .declined : .offered(Self.groups(targets))
    }
    faults = Self.faults(records, service, domain)
  }

  /// The lowest number of all priorities; nil unless the service is offered.
  package var bestPriority: UInt16? {
    if case .offered(let groups) = availability { groups.first?.first?.priority } else { nil }
  }

  /// Whether clients that compare priorities across services take the first, with STARTTLS, before the second
  /// or as readily (RFC 6186 §3.4); nil unless both are offered.
  package static func isPreferredOrEqual(_ legacy: ServiceRecords, over secure: ServiceRecords) -> Bool? {
    guard let legacy = legacy.bestPriority, let secure = secure.bestPriority else { return nil }
    return legacy <= secure
  }

  private static func groups(_ targets: [SRV]) -> [[SRV]] {
    let byPriority = Dictionary(grouping: targets, by: \.priority)
    return byPriority.sorted { $0.key < $1.key }.map { group in
      group.value.sorted {
        ($1.weight, $0.target, $0.port) < ($0.weight, $1.target, $1.port)
      }
    }
  }

  private static func faults(_ records: [SRV], _ service: MailService, _ domain: Name) -> [ServiceFault] {
    let hasTargets = records.contains { !$0.isNull }
    var faults: [ServiceFault] = []
    var seen: Set<SRV.Place> = []
    var weightless: Set<UInt16> = []
    for (index, record) in records.enumerated() {
      func add(_ kind: ServiceFault.Kind) { faults.append(ServiceFault(kind: kind, record: index)) }
      guard !record.isNull else {
        // RFC 2782, "Target": “.” means that there is none, so nothing may stand beside it.
        if hasTargets || index > 0 { add(.nullBesideOthers) }
        continue
      }
      if let address = record.targetAddress(at: domain) { add(.targetIsAddress(address)) }
      if record.port == 0 {
        add(.portZero)
      } else if record.port != service.registeredPort {
        add(.portDiffers(registered: service.registeredPort, found: record.port))
      }
      if !seen.insert(record.place).inserted { add(.repeated) }
      let group = records.filter { !$0.isNull && $0.priority == record.priority }
      // RFC 2782, "Weight": 0 is for where there is nothing to choose.
      if group.count > 1, group.allSatisfy({ $0.weight == 0 }), weightless.insert(record.priority).inserted {
        add(.weightless)
      }
    }
    return faults
  }
}

package struct ServiceFault: Hashable, Sendable {
  package let kind: Kind
  /// Position of the record.
  package let record: Int

  package enum Kind: Hashable, Sendable {
    case nullBesideOthers
    case targetIsAddress(IPAddress)
    case portZero
    /// Legal if the service answers there.
    case portDiffers(registered: UInt16, found: UInt16)
    /// The same target and port stand in an earlier record.
    case repeated
    /// Several targets of one priority, all of weight 0.
    case weightless
  }
}

extension ServiceFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nullBesideOthers:
      "The target “.”, which says that there is no such service, stands beside another record."
    case .targetIsAddress(let address): "The target is the address \(address) written as a name."
    case .portZero: "The port is 0, at which nothing can be reached."
    case .portDiffers(let registered, let found):
      "The port is \(found); that of the service is \(registered)."
    case .repeated: "The same target and port are there more than once."
    case .weightless:
      "Several targets of one priority have weight 0, so that the load is not shared as planned."
    }
  }
}

// MARK: - One record

extension SRV {
  fileprivate struct Place: Hashable {
    let target: Name
    let port: UInt16
  }

  package var isNull: Bool { target.isRoot }

  fileprivate var place: Place { Place(target: target, port: port) }

  /// The address that somebody wrote in place of a name, alone or with the zone appended because the final
  /// dot was missing.
  package func targetAddress(at domain: Name) -> IPAddress? {
    let labels = target.labels
    if labels.count == 4
      || (labels.count > 4 && domain.isAtOrBelow(target.ancestor(labelCount: labels.count - 4)))
    {
      let quad = labels.prefix(4).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
      if let address = IPv4Address(quad) { return .v4(address) }
    }
    guard let first = labels.first, first.contains(UInt8(ascii: ":")) else { return nil }
    return IPv6Address(String(decoding: first, as: UTF8.self)).map { .v6($0) }
  }
}
