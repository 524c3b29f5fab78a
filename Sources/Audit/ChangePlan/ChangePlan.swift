package import DNSData
package import Expectation
package import Verdict

/// The change of the zone that would mend what was found: one entry per owner and type, worst fault first.
///
/// Where an expected configuration wants a record set, what it wants is proposed, whatever rule found the fault: the
/// mends of others change the rest. Where two faults want the same record set changed in different ways, the worse one
/// is followed; the other is judged again once that change is live.
package struct ZoneChanges: Sendable, Hashable {
  package struct Change: Sendable, Hashable {
    package let name: Name
    package let type: RecordType
    package let publish: [Record]
    package let remove: [Record]
    /// Ids of the rules whose faults this mends.
    package fileprivate(set) var reasons: [String]
    package let notes: [String]
    package fileprivate(set) var protection: Protection

    /// Whether DNSSEC protects the records as soon as they are published.
    package enum Protection: Sendable, Hashable { case signed, unknown }

    package init(
      _ name: Name, _ type: RecordType, publish: [Record] = [], remove: [Record] = [], reasons: [String],
      notes: [String] = [], protection: Protection = .unknown
    ) {
      self.name = name
      self.type = type
      self.publish = publish
      self.remove = remove
      self.reasons = reasons
      self.notes = notes
      self.protection = protection
    }
  }

  package private(set) var changes: [Change] = []

  package init(_ changes: [Change]) { self.changes = changes }

  package init(mending scorecard: Scorecard) {
    let failed = scorecard.results.filter { $0.outcome == .failed }.sorted {
      ($0.severity, $0.points) > ($1.severity, $1.points)
    }
    for result in failed {
      for fault in result.faults {
        for comparison in scorecard.comparisons where comparison.isAbout(fault, of: result.rule) {
          add(comparison.mend, for: result.rule.id)
        }
        for change in fault.mend.map({ Self.changes(of: $0, for: result.rule.id) }) ?? [] {
          guard let comparison = scorecard.comparisons.first(where: { $0.decides(change) }) else {
            add(change)
            continue
          }
          add(comparison.mend, for: result.rule.id)
        }
      }
    }
    for index in changes.indices
    where changes[index].type == .tlsa && scorecard.signedTLSANames.contains(changes[index].name) {
      changes[index].protection = .signed
    }
  }

  /// Those of several domains: what they share is changed once.
  package init(joining all: [ZoneChanges]) {
    for change in all.flatMap(\.changes) { add(change) }
  }

  /// All that is wanted, published already or not, each with its purpose.
  package init(publishing wanted: [WantedRecordSet]) {
    for set in wanted where !set.records.isEmpty {
      add(Change(set.name, set.type, publish: set.records, reasons: [set.purpose]))
    }
  }

  private mutating func add(_ mend: Mend?, for rule: String) {
    for change in mend.map({ Self.changes(of: $0, for: rule) }) ?? [] { add(change) }
  }

  private mutating func add(_ change: Change) {
    guard
      let index = changes.firstIndex(where: {
        $0.name == change.name && $0.type == change.type && $0.isOfSPF == change.isOfSPF
      })
    else {
      changes.append(change)
      return
    }
    let standing = changes[index]
    if Set(standing.publish) == Set(change.publish), Set(standing.remove) == Set(change.remove) {
      for reason in change.reasons where !standing.reasons.contains(reason) {
        changes[index].reasons.append(reason)
      }
    }
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

extension ZoneChanges.Change {
  /// Among the texts at a name those of SPF are a set of their own.
  fileprivate var isOfSPF: Bool { (publish + remove).contains(where: \.isSPF) }
}

extension RecordComparison {
  /// What is to stand at this name is settled by the expected configuration.
  fileprivate func decides(_ change: ZoneChanges.Change) -> Bool {
    let isHere =
      wanted.name == change.name
      && (wanted.type == change.type || (wanted.type == .cname && [.a, .aaaa].contains(change.type)))
    return isHere && (wanted.kind != .spf || change.isOfSPF)
  }

  /// The fault is one of this record set, mendable by its rule or not.
  fileprivate func isAbout(_ fault: Fault, of rule: Rule) -> Bool {
    fault.place.name == wanted.name && fault.place.type == answer.question.type
      && (wanted.kind != .spf || [.spf, .host, .srs].contains(rule.topic))
  }
}

extension Record {
  fileprivate var isSPF: Bool {
    guard case .txt(let text) = data else { return false }
    return String(decoding: text.joined.prefix(6), as: UTF8.self).lowercased() == "v=spf1"
  }
}
