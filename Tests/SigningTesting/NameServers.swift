// What the servers of some zones answer (RFC 1034 §4.3.2, RFC 4035 §3.1).
package import DNSData
package import DNSSEC

package struct NameServers: Sendable {
  package enum Manner: Sendable {
    /// As an authoritative server: aliases into other zones are not followed.
    case authoritative
    /// As a recursive resolver that does not validate.
    case recursive
  }

  package var zones: [Name: [WireRecord]]
  package var anchors: TrustAnchors
  package var manner = Manner.authoritative

  package init(zones: [Name: [WireRecord]], anchors: TrustAnchors) {
    self.zones = zones
    self.anchors = anchors
  }

  /// With `zone` changed.
  package func with(_ zone: String, _ change: (inout [WireRecord]) throws -> Void) throws -> NameServers {
    var servers = self
    let origin = try Name(zone)
    var records = servers.zones[origin] ?? []
    try change(&records)
    servers.zones[origin] = records
    return servers
  }

  package func answer(_ question: Question) -> SignedAnswer {
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
  package func covers(_ covered: RecordType) -> Bool {
    type == .rrsig && rdata.prefix(2) == [UInt8(covered.rawValue >> 8), UInt8(covered.rawValue & 0xFF)]
  }
}
