// What the servers of some zones answer (RFC 1034 §4.3.2, RFC 4035 §3.1), and what a validator makes of it.
import DNSData
import DNSSEC
import Evidence

struct NameServers {
  enum Manner {
    /// As an authoritative server: aliases into other zones are not followed.
    case authoritative
    /// As a recursive resolver that does not validate.
    case recursive
  }

  var zones: [Name: [WireRecord]]
  var anchors: TrustAnchors
  var manner = Manner.authoritative

  /// With `zone` changed.
  func with(_ zone: String, _ change: (inout [WireRecord]) throws -> Void) throws -> NameServers {
    var servers = self
    let origin = try Name(zone)
    var records = servers.zones[origin] ?? []
    try change(&records)
    servers.zones[origin] = records
    return servers
  }

  func answer(_ question: Question) -> SignedAnswer {
    let start = question.type == .ds ? question.name.parent ?? .root : question.name
    guard let origin = start.selfAndAncestors.first(where: { zones[$0] != nil }),
      let records = zones[origin]
    else { return SignedAnswer(question, .failure(.refused)) }
    return SignedAnswer(question, answer(question, in: records, origin: origin))
  }

  private func answer(_ question: Question, in records: [WireRecord], origin: Name) -> SignedAnswer.Outcome {
    func at(_ name: Name, _ type: RecordType) -> [WireRecord] {
      records.filter { $0.name == name && ($0.type == type || $0.covers(type)) }
    }
    let denial = records.filter {
      [.nsec, .nsec3].contains($0.type) || $0.covers(.nsec) || $0.covers(.nsec3)
    }
    for ancestor in question.name.selfAndAncestors.dropFirst() where ancestor.isAtOrBelow(origin) {
      let dname = at(ancestor, RecordType(rawValue: 39))
      guard let record = dname.first(where: { $0.type != .rrsig }),
        let target = try? Name(wire: record.rdata),
        let name = try? Name(
          labels: question.name.labels.dropLast(ancestor.labelCount) + target.labels)
      else { continue }
      return follow(
        name, question, dname + [WireRecord(question.name, .cname, ttl: 0, rdata: name.wire)], [])
    }
    let exists = { (name: Name) in
      records.contains { $0.name.isAtOrBelow(name) && $0.type != .nsec3 && !$0.covers(.nsec3) }
    }
    var source = question.name
    if !exists(source), let encloser = source.selfAndAncestors.first(where: exists),
      let wildcard = try? encloser.prepending("*"), exists(wildcard)
    {
      source = wildcard
    }
    let authority = source == question.name ? [] : denial
    func owned(_ records: [WireRecord]) -> [WireRecord] {
      records.map { WireRecord(question.name, $0.type, ttl: $0.ttl, rdata: $0.rdata) }
    }
    let data = owned(at(source, question.type))
    if data.contains(where: { $0.type == question.type }) {
      return .response(.noError, answer: data, authority: authority)
    }
    let alias = owned(at(source, .cname))
    if let record = alias.first(where: { $0.type == .cname }), let target = try? Name(wire: record.rdata) {
      return follow(target, question, alias, authority)
    }
    return .response(
      exists(source) ? .noError : .nameError, answer: [], authority: at(origin, .soa) + denial)
  }

  private func follow(
    _ target: Name, _ question: Question, _ records: [WireRecord], _ authority: [WireRecord]
  ) -> SignedAnswer.Outcome {
    guard case .recursive = manner,
      case .response(let code, let rest, let more) = answer(Question(target, question.type)).outcome
    else { return .response(.noError, answer: records, authority: authority) }
    return .response(code, answer: records + rest, authority: authority + more)
  }
}

extension WireRecord {
  func covers(_ covered: RecordType) -> Bool {
    type == .rrsig && rdata.prefix(2) == [UInt8(covered.rawValue >> 8), UInt8(covered.rawValue & 0xFF)]
  }
}

struct Trial {
  let validation: Validation
  /// How often the evaluator asked.
  let rounds: Int
  let questions: Int
}

extension NameServers {
  func trial(
    _ name: String, _ type: RecordType, at time: String = "2026-06-01T00:00:00Z",
    beside zone: String? = nil, forging: [SignedAnswer] = []
  ) throws -> Trial {
    let moment = Timestamp(time) ?? Timestamp(seconds: 0)
    var validator = Validator(anchors: anchors, at: moment)
    let question = Question(try Name(name), type)
    let forged = Dictionary(uniqueKeysWithValues: forging.map { ($0.question, $0) })
    var answers: [Question: SignedAnswer] = [:]
    var wanted: Set<Question> = [question]
    if let zone { wanted.formUnion(validator.questions(toTrust: try Name(zone))) }
    for rounds in 1...40 {
      for question in wanted { answers[question] = forged[question] ?? answer(question) }
      let known = answers
      switch validator.evaluate(question, answers: { known[$0] }) {
      case .result(let validation):
        return Trial(validation: validation, rounds: rounds, questions: answers.count)
      case .needs(let needs):
        guard needs.contains(where: { answers[$0] == nil }) else { throw NoProgress() }
        wanted = needs
      }
    }
    throw NoProgress()
  }

  func security(
    _ name: String, _ type: RecordType, at time: String = "2026-06-01T00:00:00Z",
    forging: [SignedAnswer] = []
  ) throws -> Security {
    try trial(name, type, at: time, forging: forging).validation.security
  }

  struct NoProgress: Error {}
}

extension Security {
  /// What broke; nil unless bogus.
  var broken: ChainBreak? { if case .bogus(let link) = self { link } else { nil } }

  /// The root's own keys do not hold, so that nothing can be validated.
  var isOfNothing: Bool { if case .indeterminate(.root) = self { true } else { false } }

  var insecurity: Insecurity? { if case .insecure(let insecurity) = self { insecurity } else { nil } }
}
