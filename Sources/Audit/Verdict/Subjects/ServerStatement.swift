package import DNSData
package import Evidence

/// What is meant, whatever the TTL, the order, and how a text is split into strings.
package enum ServerStatement: Hashable, Sendable {
  case records(Set<RecordData>)
  case alias(Name)
  /// There is none, whether the name exists or not.
  case nothing

  /// nil for a failure.
  package init?(_ message: ServerMessage) {
    self.init(message.ownOutcome)
  }

  package init?(_ outcome: Outcome) {
    if case .failure = outcome { return nil }
    // Where the alias leads is another name's matter.
    if case .cname(let target) = outcome.aliases.first?.data {
      self = .alias(target)
      return
    }
    guard case .records(let records, _) = outcome else {
      self = .nothing
      return
    }
    self = .records(Set(records.map(\.data.joined)))
  }

  /// A text without its quotes, which stand around all that is foreign.
  private static func text(_ data: RecordData) -> String {
    if case .txt(let text) = data { String(decoding: text.joined, as: UTF8.self) } else { "\(data)" }
  }

  package var description: Message {
    switch self {
    case .records(let records): records.map(Self.text).sorted().map { Message("\(foreign: $0)") }.enumeration
    case .alias(let target): "an alias for \(target)"
    case .nothing: "nothing"
    }
  }
}

extension RecordData {
  /// How long its strings are means nothing.
  fileprivate var joined: RecordData {
    if case .txt(let text) = self { .txt(TXT(joined: text.joined)) } else { self }
  }
}
