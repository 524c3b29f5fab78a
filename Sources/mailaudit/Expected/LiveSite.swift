import CAA
import Collector
import DKIM
import DMARC
import DNSData
import Evidence
import Expectation
import MTASTS
import MailDiscovery
import PublicSuffix
import SPF
import TLSRPT

/// An expected configuration made from what is published now: a beginning to correct, not a judgement. What cannot be
/// kept or was not answered becomes a note.
struct LiveSite {
  private let snapshot: Snapshot
  private let name: Name
  private let policy: LivePolicy
  private var result = ImportedSite()

  private init(_ snapshot: Snapshot, _ policy: LivePolicy) {
    self.snapshot = snapshot
    self.policy = policy
    name = snapshot.request.domain
  }

  static func site(_ snapshot: Snapshot, policy: LivePolicy) -> ImportedSite {
    var live = LiveSite(snapshot, policy)
    live.read()
    return live.result
  }

  private mutating func read() {
    note(
      "What \(name.display) publishes on \(snapshot.started.description.prefix(10)): correct what is not meant so."
    )
    let exchangers = self.exchangers
    result.site.hosts =
      exchangers?.map(\.host).filter { SuffixList.shareOrganisation($0, name) }.map(host) ?? []
    for foreign in exchangers?.map(\.host) ?? [] where result.site.host(foreign) == nil {
      note(
        "The MX host \(foreign.display) is somebody else's, as it seems; if it is yours, describe it under hosts"
      )
    }
    let policy = spfRecord
    var domain = ExpectedDomain(name, role: role(exchangers, policy))
    if domain.role.receives { domain.mx = exchangers ?? [] }
    if domain.role.sends { addSPF(policy, to: &domain) } else { domain.spf = ExpectedSPF(own: .none) }
    if domain.role.sends { addSelectors(to: &domain) }
    addDMARC(to: &domain)
    if domain.role.receives { addTransport(to: &domain) }
    domain.caa = caa
    if domain.role.allows("discovery") { addDiscovery(to: &domain) }
    result.site.domains = [domain]
    noteUnanswered()
  }

  /// What was not answered is not missing.
  private mutating func noteUnanswered() {
    for question in sources where snapshot[question]?.failure != nil {
      note("Not answered, and so not in this file: \(question.name.display) \(question.type)")
    }
  }

  /// The questions whose answers the file is made of.
  private var sources: [Question] {
    let texts =
      [
        name, try? name.prepending("_dmarc"), MTASTSDiscovery.question(for: name)?.name,
        TLSRPTDiscovery.question(for: name)?.name,
      ]
      + snapshot.request.selectors.map { DKIMName.of(selector: $0, domain: name) }
    let clients = ClientConfigurationHost.allCases.compactMap { $0.name(for: name) }
    return texts.compactMap(\.self).map { Question($0, .txt) } + [Question(name, .caa)]
      + MailService.allCases.compactMap { $0.owner(for: name) }.map { Question($0, .srv) }
      + (result.site.hosts.map(\.name) + clients).flatMap { [Question($0, .a), Question($0, .aaaa)] }
      + result.site.hosts.flatMap(\.addresses).map { Question($0.reverseName, .ptr) }
  }

  private func isUnanswered(_ name: Name?, _ type: RecordType) -> Bool {
    name.flatMap { snapshot.answer($0, type) }?.failure != nil
  }

  private mutating func note(_ text: String) { result.note(.top, text) }

  // MARK: - Hosts

  /// nil if nobody answered; empty for a null MX, or none.
  private var exchangers: [ExpectedExchanger]? {
    guard let answer = snapshot.answer(name, .mx), answer.failure == nil else { return nil }
    let records = answer.records.compactMap { if case .mx(let mx) = $0.data { mx } else { nil } }
    return records.filter { $0.exchange.isMailDomain }.sorted {
      ($0.preference, $0.exchange) < ($1.preference, $1.exchange)
    }
    .reduce(into: []) { found, mx in
      guard !found.contains(where: { $0.host == mx.exchange }) else { return }
      found.append(ExpectedExchanger(mx.exchange, preference: mx.preference))
    }
  }

  private func host(_ host: Name) -> ExpectedHost {
    var expected = ExpectedHost(host, addresses: addresses(of: host))
    expected.services[.smtp] = .open
    let reverse = Set(
      expected.addresses.flatMap { snapshot.answer($0.reverseName, .ptr)?.records ?? [] }.compactMap {
        if case .ptr(let name) = $0.data { name } else { nil }
      })
    if let only = reverse.first, reverse.count == 1, only.isMailDomain { expected.helo = only }
    return expected
  }

  private func addresses(of host: Name) -> [IPAddress] {
    [RecordType.a, .aaaa].flatMap { snapshot.answer(host, $0)?.records ?? [] }.compactMap {
      record -> IPAddress? in
      switch record.data {
      case .a(let address): .v4(address)
      case .aaaa(let address): .v6(address)
      default: nil
      }
    }.sorted { $0.description < $1.description }
  }

  // MARK: - SPF

  private func texts(_ name: Name?) -> [[UInt8]] {
    (name.flatMap { snapshot.answer($0, .txt) }?.records ?? []).compactMap {
      if case .txt(let text) = $0.data { text.joined } else { nil }
    }
  }

  private var spfRecord: SPFRecord? {
    let records = texts(name).compactMap { SPFRecord($0) }
    return records.count == 1 ? records[0] : nil
  }

  private mutating func role(_ exchangers: [ExpectedExchanger]?, _ policy: SPFRecord?) -> ExpectedRole {
    let sends = policy?.isBareDenial != true
    guard let exchangers else {
      note("Whether it receives mail is not known: its MX records were not answered")
      return sends ? .sendOnly : .parked
    }
    switch (exchangers.isEmpty, sends) {
    case (false, true): return .full
    case (false, false): return .receiveOnly
    case (true, true): return .sendOnly
    case (true, false): return .parked
    }
  }

  private mutating func addSPF(_ record: SPFRecord?, to domain: inout ExpectedDomain) {
    guard let record else {
      if !isUnanswered(name, .txt) {
        note("There is no SPF record, or more than one; this one would let the MX hosts send")
      }
      domain.spf = ExpectedSPF(own: domain.mx.isEmpty ? .addresses : .mx)
      return
    }
    if !record.faults.isEmpty { note("The SPF record is at fault; what can be read of it stands here") }
    let own = Set(result.site.hosts.flatMap(\.addresses))
    // Who of the own hosts sends is what the record says.
    var spf = ExpectedSPF(own: .none)
    for term in record.terms where !record.unreachableTerms.contains(term) {
      switch term.content {
      case .directive(.pass, .mx(nil, .single)) where !domain.mx.isEmpty: spf.own = .mx
      case .directive(.pass, .ip4(let network)) where network.isSingle && own.contains(network.address):
        spf.own = spf.own == .mx ? .mx : .addresses
      case .directive(.pass, .ip6(let network)) where network.isSingle && own.contains(network.address):
        spf.own = spf.own == .mx ? .mx : .addresses
      case .directive(let qualifier, .all):
        if SPFEnding(qualifier) == nil {
          note("The SPF record lets everybody send (+all); -all is expected instead")
        }
        spf.ending = SPFEnding(qualifier).map(\.qualifier) ?? .fail
      case .modifier(.redirect(let target)):
        note("The SPF record is that of \(target), by redirect; include stands here in its place")
        if let included = SPFRecord("v=spf1 include:\(target)")?.terms.first { spf.terms.append(included) }
      case .directive, .modifier: spf.terms.append(term)
      }
    }
    if record.all == nil, record.redirect == nil { spf.ending = .neutral }
    domain.spf = spf
  }

  // MARK: - Keys and policies

  private mutating func addSelectors(to domain: inout ExpectedDomain) {
    let probe = DKIMName.of(selector: snapshot.request.probeLabel, domain: name)
    let isWildcard = !texts(probe).isEmpty
    for answer in snapshot.answers(where: { $0.question.type == .txt && !$0.records.isEmpty }) {
      guard let label = selector(answer.question.name), answer.question.name != probe,
        !isWildcard || snapshot.request.selectors.contains(label)
      else { continue }
      let keys = DKIMKeyRecord.candidates(in: texts(answer.question.name))
      guard let key = keys.first, keys.count == 1 else { continue }
      domain.selectors.append(ExpectedSelector(label, key.usability == .revoked ? .revoked : .signing))
      if key.usability != .revoked {
        result.note(
          .domain(name), "dkim: \(label): { key: FILE }: name the file of its key, so that it is compared")
      }
    }
    if domain.selectors.isEmpty {
      result.note(.domain(name), "dkim: no selector was found; name yours with --selector")
    }
  }

  /// The label that stands in front of `_domainkey`, if the file can name it.
  private func selector(_ owner: Name) -> String? {
    guard let parent = DKIMName.policy(of: name), owner != parent, owner.isAtOrBelow(parent) else {
      return nil
    }
    let label = String(owner.display.dropLast(parent.display.count + 1))
    return label.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) } ? label : nil
  }

  private mutating func addDMARC(to domain: inout ExpectedDomain) {
    let records = texts(try? name.prepending("_dmarc")).map { DMARCRecord($0) }.filter {
      $0.standing == .policyRecord
    }
    guard let record = records.first, records.count == 1, record.settings.policy != nil else {
      if !isUnanswered(try? name.prepending("_dmarc"), .txt) {
        result.note(.domain(name), "dmarc: there is no DMARC record of its own that can be read")
      }
      return
    }
    var settings = record.settings
    settings.aggregateReports = settings.aggregateReports.compactMap { try? ReportURI($0.octets) }
    settings.failureReports = settings.failureReports.compactMap { try? ReportURI($0.octets) }
    domain.dmarc = settings
  }

  private mutating func addTransport(to domain: inout ExpectedDomain) {
    switch policy {
    case .notAnnounced: break
    case .served(let policy): addPolicy(policy, to: &domain)
    case .unknown where !isUnanswered(MTASTSDiscovery.question(for: name)?.name, .txt):
      result.note(
        .domain(name), "mta-sts: { mode: enforce }: there is a record; its policy could not be fetched")
    case .unknown: break
    }
    let reports = texts(TLSRPTDiscovery.question(for: name)?.name).compactMap { TLSRPTRecord($0).publication }
    if let publication = reports.first, reports.count == 1 { domain.tlsrpt = publication }
  }

  /// Which MX hosts it names is a matter of the MX records here; where the two differ, the operator decides.
  private mutating func addPolicy(_ policy: MTASTSPolicy, to domain: inout ExpectedDomain) {
    guard let mode = policy.mode, let maxAge = policy.maxAge else { return }
    domain.mtasts = ExpectedMTASTS(mode: mode, maxAge: maxAge)
    guard mode != .none else { return }
    for exchanger in domain.mx where !policy.covers(exchanger.host) {
      result.note(.domain(name), "mx: the MTA-STS policy does not name \(exchanger.host.display)")
    }
    for pattern in policy.patterns where !domain.mx.contains(where: { pattern.matches($0.host) }) {
      result.note(.domain(name), "mx: the MTA-STS policy names \(pattern) too, where no MX record leads")
    }
  }

  private var caa: [CAA] {
    (snapshot.answer(name, .caa)?.records ?? []).compactMap { record -> CAA? in
      guard case .caa(let caa) = record.data, CAAProperty(caa).faults.isEmpty, !caa.value.isEmpty else {
        return nil
      }
      return caa
    }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  // MARK: - Mail programs

  private mutating func addDiscovery(to domain: inout ExpectedDomain) {
    for service in MailService.allCases {
      guard let owner = service.owner(for: name), let named = service.probed else { continue }
      for case .srv(let srv) in (snapshot.answer(owner, .srv)?.records ?? []).map(\.data) {
        guard srv.port == service.registeredPort,
          let index = result.site.hosts.firstIndex(where: { $0.name == srv.target })
        else { continue }
        result.site.hosts[index].services[named] = .open
        domain.discovery.services = .open
        domain.discovery.host = srv.target
      }
    }
    domain.discovery.autoconfig = clientHost(.autoconfig)
    domain.discovery.autodiscover = clientHost(.autodiscover)
  }

  /// A host of the site with the same address.
  private func clientHost(_ kind: ClientConfigurationHost) -> Name? {
    guard let client = kind.name(for: name) else { return nil }
    let found = Set(addresses(of: client))
    return found.isEmpty ? nil : result.site.hosts.first { !found.isDisjoint(with: $0.addresses) }?.name
  }
}

extension IPNetwork {
  fileprivate var isSingle: Bool { prefixLength == address.family.bitWidth }
}

extension MailService {
  fileprivate var probed: ProbedService? {
    switch self {
    case .submissions: .submissions
    case .submission: .submission
    case .imaps: .imaps
    case .imap: .imap
    case .pop3s: .pop3s
    case .pop3: .pop3
    case .sieve: .manageSieve
    case .autodiscover: nil
    }
  }
}
