package import DNSData

/// Answers as a resolver that does not validate passes them on: with signatures and denials.
package struct SignedSource: AnswerSource {
  private let servers: NameServers
  private let time: Timestamp
  private let address = ServerAddress(.v4(IPv4Address(rawValue: 0xC000_0235)))  // 192.0.2.53

  package init(_ servers: NameServers, at time: Timestamp) {
    var servers = servers
    servers.manner = .recursive
    self.servers = servers
    self.time = time
  }

  package func answer(_ question: Question) async -> Answer {
    let signed = servers.answer(question)
    switch signed.outcome {
    case .failure(let failure): return Answer(question, .failure(failure), from: .nobody, at: time)
    case .response(let code, let records, _):
      let aliases = records.filter { $0.type == .cname && question.type != .cname }.compactMap(\.decoded)
      let data = records.filter { $0.type == question.type }.compactMap(\.decoded)
      let outcome: Outcome =
        switch code {
        case _ where !data.isEmpty: .records(data, aliases: aliases)
        case .nameError: .noSuchName(aliases: aliases)
        case .noError: .noData(aliases: aliases)
        }
      return Answer(question, outcome, from: .server(address), at: time, signed: [signed])
    }
  }
}

extension WireRecord {
  fileprivate var decoded: Record? {
    (try? RecordData(type: type, rdata: rdata)).map { Record(name, ttl: ttl, $0) }
  }
}
