import DNSData
import Evidence
import Expectation
import SPF

/// The zone files of a gate: those that are proposed, and those that stand for what is live.
struct GateZones {
  let proposed: [ZoneFile]
  /// Empty where what is live is asked for.
  let current: [ZoneFile]

  /// More are named with --domain.
  private static let maximumDomains = 200

  init(proposed paths: [String], current currentPaths: [String], origin: String?) throws(Problem) {
    for paths in [paths, currentPaths] { try Self.refuseRepetition(paths) }
    proposed = try Session.zoneFiles(paths, origin: origin)
    current = try Session.zoneFiles(currentPaths, origin: origin)
    for zones in [proposed, current] { try Self.refuseOverlap(zones) }
  }

  private static func refuseRepetition(_ paths: [String]) throws(Problem) {
    for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
      throw .usage("\(Shown.text(path)) is given twice")
    }
  }

  /// Each zone must come from one file, whose absent records are then absent.
  private static func refuseOverlap(_ zones: [ZoneFile]) throws(Problem) {
    var holders: [Name: ZoneFile] = [:]
    for zone in zones {
      guard !zone.origins.isEmpty else {
        throw .usage(
          "\(Shown.text(zone.name)) does not say which zone it holds: begin it with $ORIGIN, as in "
            + "\"$ORIGIN example.com.\", or name the zone with --origin")
      }
      for origin in Set(zone.origins) {
        if let other = holders[origin] {
          throw .usage(
            "\(Shown.text(other.name)) and \(Shown.text(zone.name)) both hold the zone \(origin.display): give one"
          )
        }
        holders[origin] = zone
      }
    }
  }

  // MARK: - Domains

  /// Those typed; else those of the zones that `site` describes; else all of the zones that are about mail.
  func domains(_ typed: [String], of site: ExpectedSite?) throws(Problem) -> [Name] {
    var names: [Name] = []
    for text in typed {
      let name = try Name.mailDomain(text)
      if !names.contains(name) { names.append(name) }
    }
    guard names.isEmpty else { return names }
    guard let site else { return try found() }
    let described = site.domains.map(\.name).filter(isOfZones)
    guard !described.isEmpty else {
      throw .usage("the expected configuration describes no domain of \(zoneWords)")
    }
    return described
  }

  private var zoneWords: String { proposed.map { Shown.text($0.name) }.joined(separator: ", ") }

  private func isOfZones(_ name: Name) -> Bool {
    proposed.flatMap(\.origins).contains { name.isAtOrBelow($0) }
  }

  private func found() throws(Problem) -> [Name] {
    // What is in the current zones alone would be gone.
    let records = (proposed + current).flatMap(\.records).filter { isOfZones($0.name) }
    let hosts = Set(
      records.compactMap { record in if case .mx(let mx) = record.data { mx.exchange } else { nil } })
    let origins = Set(proposed.flatMap(\.origins))
    let names = origins.union(records.compactMap { Self.mailDomain(of: $0, hosts: hosts) }).filter { name in
      name.isMailDomain && name.labels.last.map { String(decoding: $0, as: UTF8.self) } != "arpa"
        // Nobody means a domain where a final dot is missing.
        && !origins.contains { DoubledName.intended(by: name, zone: $0) != nil }
    }
    guard !names.isEmpty else {
      throw .usage("there is no mail domain in \(zoneWords): name those to look at with --domain")
    }
    guard names.count <= Self.maximumDomains else {
      throw .usage(
        "there are \(names.count) mail domains in \(zoneWords), more than \(Self.maximumDomains): name those to "
          + "look at with --domain")
    }
    return names.sorted()
  }

  /// The domain that a record makes one of mail. The SPF record of a host, for its name in HELO, makes none.
  private static func mailDomain(of record: Record, hosts: Set<Name>) -> Name? {
    switch record.data {
    case .mx: return record.name
    case .txt:
      if record.name.labels.first.map({ String(decoding: $0, as: UTF8.self) }) == "_dmarc" {
        return record.name.parent
      }
      return SPFRecord.select([record]).isEmpty || hosts.contains(record.name) ? nil : record.name
    default: return nil
    }
  }
}
