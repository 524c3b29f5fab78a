// The part of the survey that looks at hosts: addresses behind a, mx and exists,
// for clients of both families (RFC 7208 §5.3, §5.4, §5.7), and explanation texts
// (§6.2). ptr depends on the client alone and is not asked.

import DNSData

/// The look-ups of a tree survey: which hosts and networks a mechanism lets in, for clients of both families.
struct HostSurvey {
  struct Finding {
    var exchangers: [Name] = []
    var addresses: [IPAddress] = []
    var networks: [IPNetwork] = []
    var voidFor: Set<AddressFamily> = []
    var failures: [SPFFailedLookup] = []
  }

  private let answers: KnownAnswers
  private(set) var missing: Set<Question> = []
  private(set) var limits: Set<SPFTreeLimit> = []
  private var targetCount = 0
  private var exchangerCount = 0

  init(_ answers: @escaping KnownAnswers) { self.answers = answers }

  mutating func ask(_ question: Question) -> Answer? {
    guard let answer = answers(question) else {
      missing.insert(question)
      return nil
    }
    return answer
  }

  mutating func finding(_ mechanism: SPFMechanism, _ target: SPFTarget) -> Finding {
    var finding = Finding()
    switch (mechanism, target) {
    case (.all, _): finding.networks = Self.everything
    case (.ip4(let network), _), (.ip6(let network), _): finding.networks = [network]
    case (.a(_, let lengths), .name(let name)):
      guard admitTarget(Question(name, .a), &finding) else { break }
      addHost(name, lengths, &finding)
    case (.mx(_, let lengths), .name(let name)):
      guard admitTarget(Question(name, .mx), &finding) else { break }
      addExchangers(name, lengths, &finding)
    case (.exists, .name(let name)):
      guard admitTarget(Question(name, .a), &finding) else { break }
      addExistence(name, &finding)
    // `ptr` looks up the client's address, not its domain; the rest leads to other records or cannot be known.
    case (.ptr, _), (.include, _), (.a, _), (.mx, _), (.exists, _): break
    }
    return finding
  }

  mutating func explanation(at name: Name) -> SPFExplanation? {
    guard let answer = ask(Question(name, .txt)) else { return nil }
    if let failure = answer.failure { return .failed(failure) }
    let texts = answer.records.compactMap { record in
      if case .txt(let text) = record.data { text.joined } else { nil }
    }
    guard texts.count <= 1 else { return .multiple(texts.count) }
    guard let octets = texts.first else { return .absent }
    return switch MacroParser.parse(octets, octets.indices, .explanation) {
    case .value(let text): .text(text)
    case .faults(let faults): .faulty(octets, faults.map(\.kind))
    }
  }

  private static let everything = ["0.0.0.0/0", "::/0"].compactMap { IPNetwork($0) }

  // MARK: - Look-ups

  private mutating func admitTarget(_ question: Question, _ finding: inout Finding) -> Bool {
    guard targetCount < SPFTreeLimit.maximumTargets else {
      limits.insert(.targets)
      finding.failures.append(SPFFailedLookup(question: question, failure: .limitReached))
      return false
    }
    targetCount += 1
    return true
  }

  private mutating func addHost(_ name: Name, _ lengths: SPFPrefixLengths, _ finding: inout Finding) {
    for family in [AddressFamily.v4, .v6] {
      let question = Question(name, family.addressType)
      guard let answer = ask(question) else { continue }
      switch answer.outcome {
      case .failure(let failure):
        finding.failures.append(SPFFailedLookup(question: question, failure: failure))
      case .noSuchName, .noData: finding.voidFor.insert(family)
      case .records(let records, _): finding.add(records, lengths)
      }
    }
  }

  private mutating func addExchangers(_ name: Name, _ lengths: SPFPrefixLengths, _ finding: inout Finding) {
    let question = Question(name, .mx)
    guard let answer = ask(question) else { return }
    switch answer.outcome {
    case .failure(let failure):
      finding.failures.append(SPFFailedLookup(question: question, failure: failure))
    case .noSuchName, .noData: finding.voidFor = [.v4, .v6]
    case .records: finding.exchangers = answer.exchangers
    }
    // With more of them the term is an error; those that an evaluation could come to are enough.
    for exchanger in finding.exchangers.prefix(SPFLimits.exchangers) {
      guard exchangerCount < SPFTreeLimit.maximumExchangers else {
        limits.insert(.exchangers)
        finding.failures.append(
          SPFFailedLookup(question: Question(exchanger, .a), failure: .limitReached))
        return
      }
      exchangerCount += 1
      var host = Finding()
      addHost(exchanger, lengths, &host)
      finding.addresses += host.addresses
      finding.networks += host.networks
      finding.failures += host.failures
    }
  }

  /// `exists` asks for A records whatever the client's family (RFC 7208 §5.7); without macros the answer is the same
  /// for all clients.
  private mutating func addExistence(_ name: Name, _ finding: inout Finding) {
    let question = Question(name, .a)
    guard let answer = ask(question) else { return }
    switch answer.outcome {
    case .failure(let failure):
      finding.failures.append(SPFFailedLookup(question: question, failure: failure))
    case .noSuchName, .noData: finding.voidFor = [.v4, .v6]
    case .records: finding.networks = Self.everything
    }
  }
}

extension HostSurvey.Finding {
  fileprivate mutating func add(_ records: [Record], _ lengths: SPFPrefixLengths) {
    for address in records.compactMap(\.data.address) {
      addresses.append(address)
      if let network = lengths.network(address) { networks.append(network) }
    }
  }
}
