import CAA
import DANE
import DNSData
import Evidence

// What is asked of the hosts that receive and send the domain's mail.

extension Inquiry {
  /// MX hosts looked at; SPF's own limit is 10 (RFC 7208 §4.6.4), and senders try few.
  static let maximumExchangers = 20
  /// Reverse names of one address that are confirmed (RFC 7208 §5.5).
  static let maximumReverseNames = 10

  func hosts(_ known: KnownAnswers) -> Set<Question> {
    let exchangers = exchangers(known)
    let own = exchangers.filter(isOwn)
    var questions = Set(exchangers.flatMap { [Question($0, .a), Question($0, .aaaa)] })
    // The SPF record of an own host, which may give its name in HELO.
    questions.formUnion(own.map { Question($0, .txt) })
    questions.formUnion(exchangers.flatMap { mailPins(of: $0, known) })
    questions.formUnion(own.flatMap { clientPins(of: $0, known) })
    for name in own + [request.domain] {
      questions.formUnion(CAADiscovery.evaluate(name: name, answers: known).needed)
    }
    return questions.union(reverseNames(known))
  }

  /// TLSA of port 25. Where the host is an alias also at the host's own name, and whether that alias is signed (RFC 7672
  /// §2.2.2).
  private func mailPins(of host: Name, _ known: KnownAnswers) -> Set<Question> {
    let targets = [RecordType.a, .aaaa].compactMap { known(Question(host, $0))?.aliasTargets.last }
    guard let target = targets.first else {
      return Set([TLSAName.of(host: host)].compactMap(\.self).map { Question($0, .tlsa) })
    }
    let names = [host, target].compactMap { TLSAName.of(host: $0) }
    return Set(names.map { Question($0, .tlsa) } + [Question(host, .cname)])
  }

  /// TLSA of the ports that clients use, where the host has any. The clients of a third party's host are not the
  /// domain's.
  private func clientPins(of host: Name, _ known: KnownAnswers) -> Set<Question> {
    guard let parent = TLSAName.parent(of: host) else { return [] }
    let probe = Question(parent, .tlsa)
    let mail = TLSAName.of(host: host).flatMap { known(Question($0, .tlsa)) }
    guard exists(probe, known) || mail?.records.isEmpty == false else { return [probe] }
    let names = TLSAName.clientPorts.map { TLSAName.of(host: host, port: $0) }
    let wildcard = try? parent.prepending(request.probeLabel)
    return Set((names + [wildcard]).compactMap(\.self).map { Question($0, .tlsa) }).union([probe])
  }

  func exchangers(_ known: KnownAnswers) -> [Name] {
    let records = known(Question(request.domain, .mx))?.records ?? []
    let names = records.compactMap { if case .mx(let mx) = $0.data { mx.exchange } else { nil } }
    return Array(names.filter { !$0.isRoot }.sorted().prefix(Self.maximumExchangers))
  }

  private func reverseNames(_ known: KnownAnswers) -> Set<Question> {
    var questions: Set<Question> = []
    for address in possibleSenders(known) {
      let reverse = Question(address.reverseName, .ptr)
      questions.insert(reverse)
      let names = (known(reverse)?.records ?? []).compactMap {
        if case .ptr(let name) = $0.data { name } else { nil }
      }
      for name in names.prefix(Self.maximumReverseNames) {
        questions.insert(Question(name, address.family == .v4 ? .a : .aaaa))
      }
    }
    return questions
  }

  /// Those given, or those of the own MX hosts, which are senders if SPF passes them.
  func possibleSenders(_ known: KnownAnswers) -> [IPAddress] {
    guard request.senders.isEmpty else { return request.senders }
    return exchangers(known).filter(isOwn).flatMap {
      addresses(of: $0, known)
    }
  }

  func addresses(of host: Name, _ known: KnownAnswers) -> [IPAddress] {
    [RecordType.a, .aaaa].flatMap { known(Question(host, $0))?.addresses ?? [] }
  }
}

extension Answer {
  var addresses: [IPAddress] {
    records.compactMap { record in
      switch record.data {
      case .a(let address): .v4(address)
      case .aaaa(let address): .v6(address)
      default: nil
      }
    }
  }
}
