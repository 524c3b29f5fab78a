package import DNSData
package import Verdict

/// The change of the zone that would mend what was found: one entry per owner and type, worst fault first.
///
/// Where two faults want the same record set changed in different ways, the worse one is followed; the other is
/// judged again once that change is live.
package struct ZoneChanges: Sendable, Hashable {
  package struct Change: Sendable, Hashable {
    package let name: Name
    package let type: RecordType
    package let publish: [Record]
    package let remove: [Record]
    /// Ids of the rules whose faults this mends.
    package fileprivate(set) var reasons: [String]
    package let notes: [String]

    package init(
      _ name: Name, _ type: RecordType, publish: [Record] = [], remove: [Record] = [], reasons: [String],
      notes: [String] = []
    ) {
      self.name = name
      self.type = type
      self.publish = publish
      self.remove = remove
      self.reasons = reasons
      self.notes = notes
    }
  }

  package let changes: [Change]

  package init(_ changes: [Change]) { self.changes = changes }

  package init(mending scorecard: Scorecard) {
    var changes: [Change] = []
    let failed = scorecard.results.filter { $0.outcome == .failed }.sorted {
      ($0.severity, $0.points) > ($1.severity, $1.points)
    }
    for result in failed {
      for mend in result.faults.compactMap(\.mend) {
        for change in Self.changes(of: mend, for: result.rule.id) {
          guard let index = changes.firstIndex(where: { $0.name == change.name && $0.type == change.type })
          else {
            changes.append(change)
            continue
          }
          let standing = changes[index]
          if Set(standing.publish) == Set(change.publish), Set(standing.remove) == Set(change.remove),
            !standing.reasons.contains(result.rule.id)
          {
            changes[index].reasons.append(result.rule.id)
          }
        }
      }
    }
    self.changes = changes
  }

  private static func changes(of mend: Mend, for rule: String) -> [Change] {
    struct Key: Hashable {
      let name: Name
      let type: RecordType
    }
    var keys: [Key] = []
    for record in mend.removals + mend.records {
      let key = Key(name: record.name, type: record.type)
      if !keys.contains(key) { keys.append(key) }
    }
    return keys.map { key in
      Change(
        key.name, key.type,
        publish: mend.records.filter { $0.name == key.name && $0.type == key.type },
        remove: mend.removals.filter { $0.name == key.name && $0.type == key.type },
        reasons: [rule], notes: mend.note.map { [$0] } ?? [])
    }
  }
}
