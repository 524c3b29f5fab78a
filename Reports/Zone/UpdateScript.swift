import ChangePlan
import DNSData

/// Changes as a script for nsupdate. Neither server nor zone is set: nsupdate finds both by itself, for each message
/// anew. Hence one message for each name, which lies in one zone wherever that is cut.
struct UpdateScript {
  private let names: [(name: Name, changes: [ZoneChanges.Change])]

  init(_ changes: [ZoneChanges.Change]) {
    var names: [(name: Name, changes: [ZoneChanges.Change])] = []
    for change in changes {
      if let index = names.firstIndex(where: { $0.name == change.name }) {
        names[index].changes.append(change)
      } else {
        names.append((change.name, [change]))
      }
    }
    self.names = names
  }

  var lines: [String] { names.flatMap { message($0.name, $0.changes) } }

  private func message(_ name: Name, _ changes: [ZoneChanges.Change]) -> [String] {
    let comments = changes.flatMap { change in
      change.comments + change.omissions
        + (change.isPremature
          ? [ZoneText.unsigned] + change.additions.map { "; update add \(Self.line($0))" } : [])
    }
    let removals = changes.flatMap(\.remove).filter(\.isWritable).map {
      "update delete \($0.name) \($0.type) \($0.data)"
    }
    let additions = changes.filter { !$0.isPremature }.flatMap(\.additions)
    guard !removals.isEmpty || !additions.isEmpty else { return comments }
    return comments + conditions(name, changes, additions) + removals
      + additions.map { "update add \(Self.line($0))" } + ["send"]
  }

  /// A server says nothing when it drops a record because of an alias at its name (RFC 2136 §3.4.2.2): a condition
  /// makes that an error.
  private func conditions(_ name: Name, _ changes: [ZoneChanges.Change], _ additions: [Record]) -> [String] {
    guard additions.contains(where: { $0.type != .cname }),
      !changes.contains(where: { $0.remove.contains { $0.type == .cname } })
    else { return [] }
    return ["prereq nxrrset \(name) CNAME"]
  }

  private static func line(_ record: Record) -> String {
    "\(record.name) \(record.ttl) \(record.type) \(record.data)"
  }
}
