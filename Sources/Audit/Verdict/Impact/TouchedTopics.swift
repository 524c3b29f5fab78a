import DNSData
import Evidence

/// What the difference between two worlds may matter to: the topics that rest on answers which are not the same in both.
struct TouchedTopics {
  private let topics: Set<Topic>

  init(_ current: Snapshot, _ proposed: Snapshot) {
    let questions = Set((current.answers + proposed.answers).map(\.question))
    let changed = questions.filter { Statement(current[$0]) != Statement(proposed[$0]) }
    topics = changed.reduce(into: changed.isEmpty ? [] : [.config]) { $0.formUnion(Self.topics(of: $1)) }
  }

  func contains(_ topic: Topic) -> Bool { topics.contains(topic) }

  /// What an answer says, whoever says it and for how long.
  private enum Statement: Equatable {
    case records(Set<RecordData>, aliases: [RecordData])
    case noData(aliases: [RecordData])
    case noSuchName(aliases: [RecordData])
    case failure

    init?(_ answer: Answer?) {
      switch answer?.outcome {
      case .records(let records, let aliases):
        self = .records(Set(records.map(\.data)), aliases: aliases.map(\.data))
      case .noData(let aliases): self = .noData(aliases: aliases.map(\.data))
      case .noSuchName(let aliases): self = .noSuchName(aliases: aliases.map(\.data))
      case .failure: self = .failure
      case nil: return nil
      }
    }
  }

  private static let ofHosts: Set<Topic> = [
    .mx, .host, .smtp, .tls, .cert, .spf, .mtasts, .dane, .access, .autoconfig, .autodiscover, .srs, .web,
  ]

  private static func topics(of question: Question) -> Set<Topic> {
    switch question.type {
    case .ns, .soa, .ds: [.dns]
    case .mx, .a, .aaaa, .ptr: ofHosts
    case .tlsa: [.dane, .mtasts]
    case .srv: [.srv, .access, .tls, .cert, .autodiscover]
    case .caa: [.caa, .cert, .mtasts]
    case .txt: topics(ofTextAt: question.name)
    default: []
    }
  }

  private static func topics(ofTextAt name: Name) -> Set<Topic> {
    let labels = Set(name.labels.map { String(decoding: $0, as: UTF8.self).lowercased() })
    let special: [(label: String, topic: Topic)] = [
      ("_domainkey", .dkim), ("_dmarc", .dmarc), ("_mta-sts", .mtasts), ("_tls", .tlsrpt), ("_bimi", .bimi),
    ]
    return special.first { labels.contains($0.label) }.map { [$0.topic] } ?? [.spf, .srs, .misc]
  }
}
