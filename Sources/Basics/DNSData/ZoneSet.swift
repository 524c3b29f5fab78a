/// Zone files that answer as authoritative servers of their zones would: aliases, wildcards (RFC 4592), empty
/// non-terminals (RFC 8020), delegations.
package struct ZoneSet: Sendable {
  /// What the files say about a question.
  package enum Lookup: Hashable, Sendable {
    case outcome(Outcome, file: String)
    /// The aliases lead to a name that the files do not speak for.
    case leaves(aliases: [Record], to: Name, file: String)
    /// No file speaks for the name, or one hands it to servers elsewhere.
    case notHere
  }

  package static let maximumAliases = 10

  fileprivate struct Zone: Sendable {
    let file: String
    var nodes: [Name: [Record]] = [:]
    /// Names that exist because something below them does.
    var existing: Set<Name> = []
  }

  private var zones: [Name: Zone] = [:]
  /// Records for names that no zone here covers, such as a PTR.
  private var strays: [Name: (file: String, records: [Record])] = [:]

  package init(_ files: [ZoneFile]) {
    for file in files {
      for origin in file.origins where zones[origin] == nil { zones[origin] = Zone(file: file.name) }
    }
    for file in files {
      for record in file.records { insert(record, from: file.name) }
      for unread in file.unread {
        if let origin = origin(of: unread.name) { zones[origin]?.add(existing: unread.name, origin: origin) }
      }
    }
  }

  /// The zone cuts that the files speak for.
  package var origins: [Name] { zones.keys.sorted() }

  private mutating func insert(_ record: Record, from file: String) {
    // A DS record lives above the cut (RFC 4035 §3.1.4.1).
    let above = record.type == .ds ? record.name.parent.flatMap(origin(of:)) : nil
    if let origin = above ?? origin(of: record.name) {
      zones[origin]?.insert(record, origin: origin)
    } else {
      strays[record.name, default: (file, [])].records.append(record)
    }
  }

  private func origin(of name: Name) -> Name? {
    name.selfAndAncestors.first { zones[$0] != nil }
  }

  package func lookUp(_ question: Question) -> Lookup {
    var aliases: [Record] = []
    var name = question.name
    var file: String?
    while true {
      let step = step(name, question.type)
      file = file ?? step.file
      switch step.result {
      case .notHere:
        guard let file, !aliases.isEmpty else { return .notHere }
        return .leaves(aliases: aliases, to: name, file: file)
      case .records(let records): return .outcome(.records(records, aliases: aliases), file: step.file)
      case .noData: return .outcome(.noData(aliases: aliases), file: step.file)
      case .noSuchName: return .outcome(.noSuchName(aliases: aliases), file: step.file)
      case .alias(let record, let target):
        guard aliases.count < Self.maximumAliases, !aliases.contains(where: { $0.name == name }) else {
          return .outcome(.failure(.aliasLoop), file: step.file)
        }
        aliases.append(record)
        name = target
      }
    }
  }

  private enum StepResult { case records([Record]), noData, noSuchName, notHere, alias(Record, Name) }

  private func step(_ name: Name, _ type: RecordType) -> (result: StepResult, file: String) {
    let start = type == .ds ? name.parent ?? name : name
    guard let origin = origin(of: start), let zone = zones[origin] else {
      guard let (file, records) = strays[name] else { return (.notHere, "") }
      let result = Self.select(records, at: name, type)
      if case .noData = result { return (.notHere, file) }
      return (result, file)
    }
    guard !zone.delegates(name, type, origin: origin) else { return (.notHere, zone.file) }
    if let records = zone.nodes[name] { return (Self.select(records, at: name, type), zone.file) }
    if zone.existing.contains(name) { return (.noData, zone.file) }
    let encloser = name.selfAndAncestors.dropFirst().first { zone.existing.contains($0) } ?? origin
    guard let wildcard = try? encloser.prepending("*"), let records = zone.nodes[wildcard] else {
      return (.noSuchName, zone.file)
    }
    return (Self.select(records, at: name, type), zone.file)
  }

  private static func select(_ records: [Record], at name: Name, _ type: RecordType) -> StepResult {
    let matching = records.filter { $0.type == type }
    guard matching.isEmpty else { return .records(matching.map { Record(name, ttl: $0.ttl, $0.data) }) }
    for record in records {
      if case .cname(let target) = record.data {
        return .alias(Record(name, ttl: record.ttl, record.data), target)
      }
    }
    return .noData
  }
}

extension ZoneSet.Zone {
  /// Two equal records are one (RFC 2181 §5).
  fileprivate mutating func insert(_ record: Record, origin: Name) {
    guard nodes[record.name]?.contains(where: { $0.data == record.data }) != true else { return }
    nodes[record.name, default: []].append(record)
    add(existing: record.name, origin: origin)
  }

  /// With the empty non-terminals above it.
  fileprivate mutating func add(existing name: Name, origin: Name) {
    for ancestor in name.selfAndAncestors {
      existing.insert(ancestor)
      if ancestor == origin { break }
    }
  }

  /// Is there a zone cut between the apex and the name?
  fileprivate func delegates(_ name: Name, _ type: RecordType, origin: Name) -> Bool {
    name.selfAndAncestors.prefix { $0 != origin }.contains { cut in
      guard nodes[cut]?.contains(where: { $0.type == .ns }) == true else { return false }
      return !(cut == name && type == .ds)
    }
  }
}
