import DMARC
import DNSData
import Expectation
import SPF

/// What a domain says.
struct DomainEntries {
  let domain: ExpectedDomain
  /// Writes the domain's own name in files as a placeholder, so that domains are alike.
  var usesPlaceholder = false

  /// The entries that all domains have in common, and those that are left to each.
  static func factored(_ domains: [ExpectedDomain]) -> (common: [YAMLValue.Entry], rest: [[YAMLValue.Entry]])
  {
    let all = domains.map { DomainEntries(domain: $0, usesPlaceholder: domains.count > 1).entries }
    guard let first = zip(domains, all).first(where: { $0.0.role == .full })?.1 else { return ([], all) }
    let common = first.filter { entry in
      let heirs = zip(domains, all).filter { $0.0.role.inherits(entry.key) }
      return heirs.count > 1 && heirs.allSatisfy { $0.1.contains(entry) }
    }
    let rest = zip(domains, all).map { domain, entries in
      entries.filter { !(domain.role.inherits($0.key) && common.contains($0)) }
    }
    return (common, rest)
  }

  var entries: [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    func add(_ key: String, _ value: YAMLValue?) {
      if let value { entries.append(.init(key, value)) }
    }
    if domain.role != .full { add("role", .word(domain.role.rawValue)) }
    if domain.role.receives { add("mx", exchangers) }
    if !domain.sendingHosts.isEmpty {
      add("sending-hosts", .list(domain.sendingHosts.map { .text($0.display) }))
    }
    if !domain.senders.isEmpty { add("senders", .addresses(domain.senders)) }
    add("spf", spf)
    if !domain.selectors.isEmpty { add("dkim", .mapping(domain.selectors.map(selector))) }
    add("dmarc", dmarc)
    add("mta-sts", mtasts)
    if let reports = domain.tlsrpt { add("tls-rpt", .list(reports.destinations.map { .text("\($0)") })) }
    if !domain.caa.isEmpty { add("caa", .list(domain.caa.map(Self.caa))) }
    add("discovery", discovery)
    if let ttl = domain.ttl { add("ttl", .word(String(ttl))) }
    if !domain.tolerated.isEmpty {
      add("tolerate", .list(domain.tolerated.map { .text("\($0.name.display) \($0.type)") }))
    }
    return entries
  }

  private var exchangers: YAMLValue {
    let values = domain.mx.map { exchanger -> YAMLValue in
      let host = YAMLValue.text(exchanger.host.display)
      guard exchanger.preference != ExpectedExchanger.usualPreference else { return host }
      return .mapping([.init("host", host), .init("preference", .word(String(exchanger.preference)))])
    }
    if values.count == 1, case .text = values[0] { return values[0] }
    return .list(values)
  }

  /// nil where the role says it.
  private var spf: YAMLValue? {
    guard let spf = domain.spf else { return domain.role == .backup ? nil : .word("none") }
    guard domain.role.sends || domain.role == .backup || spf != ExpectedSPF(own: .none) else { return nil }
    var entries = [YAMLValue.Entry("own", .word(spf.own.rawValue))]
    if !spf.terms.isEmpty { entries.append(.init("terms", .list(spf.terms.map { .text("\($0)") }))) }
    if let ending = SPFEnding(spf.ending), ending != .fail {
      entries.append(.init("all", .word(ending.rawValue)))
    }
    return .mapping(entries)
  }

  private func selector(_ selector: ExpectedSelector) -> YAMLValue.Entry {
    var entries: [YAMLValue.Entry] = []
    switch selector.state {
    case .planned: entries = [.init("state", .word("planned"))]
    case .published: entries = [.init("state", .word("published"))]
    case .signing: entries = [.init("state", .word("signing"))]
    case .retiring(let since):
      let text = since.description
      let date = text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
      entries = [.init("state", .word("retiring")), .init("since", .word(date))]
    case .retired: entries = [.init("state", .word("retired"))]
    case .revoked: entries = [.init("state", .word("revoked"))]
    }
    if let file = selector.file {
      let shared = file.replacing(domain.name.display, with: DomainReader.placeholder)
      entries.append(.init("key", .text(usesPlaceholder ? shared : file)))
    } else if entries.count == 1 {
      return .init(selector.label, entries[0].value)
    }
    return .init(selector.label, .mapping(entries))
  }

  private var dmarc: YAMLValue? {
    guard let settings = domain.dmarc else {
      return domain.role.inherits("dmarc") && domain.role != .receiveOnly || domain.role == .backup
        ? nil : .word("inherited")
    }
    var entries: [YAMLValue.Entry] = []
    func add(_ key: String, _ word: String?) {
      if let word { entries.append(.init(key, .text(word))) }
    }
    add("p", settings.policy?.rawValue)
    add("sp", settings.subdomainPolicy?.rawValue)
    add("np", settings.nonexistentPolicy?.rawValue)
    if settings.dkimAlignment != .relaxed { add("adkim", settings.dkimAlignment.rawValue) }
    if settings.spfAlignment != .relaxed { add("aspf", settings.spfAlignment.rawValue) }
    for (key, reports) in [("rua", settings.aggregateReports), ("ruf", settings.failureReports)]
    where !reports.isEmpty {
      entries.append(.init(key, .list(reports.map { .text("\($0)") })))
    }
    if settings.failureOptions != [.allFail] {
      add(
        "fo",
        DMARCFailureOption.allCases.filter(settings.failureOptions.contains).map(\.rawValue).joined(
          separator: ":"))
    }
    if settings.suffix != .undetermined { add("psd", settings.suffix.rawValue) }
    if settings.mode != .enforced { add("t", settings.mode.rawValue) }
    return .mapping(entries)
  }

  private var mtasts: YAMLValue? {
    guard let policy = domain.mtasts else { return nil }
    var entries = [
      YAMLValue.Entry("mode", .word(policy.mode.rawValue)), .init("max-age", .word(String(policy.maxAge))),
    ]
    if let id = policy.id { entries.append(.init("id", .text(id))) }
    return .mapping(entries)
  }

  /// As in a zone file, without flags that are 0.
  private static func caa(_ record: CAA) -> YAMLValue {
    let text = RecordData.caa(record).description
    return .text(text.hasPrefix("0 ") ? String(text.dropFirst(2)) : text)
  }

  private var discovery: YAMLValue? {
    let discovery = domain.discovery
    guard discovery != ExpectedDiscovery() else { return nil }
    var entries = [YAMLValue.Entry("services", .word(discovery.services.rawValue))]
    for (key, host) in [
      ("host", discovery.host), ("autoconfig", discovery.autoconfig),
      ("autodiscover", discovery.autodiscover),
    ] {
      if let host { entries.append(.init(key, .text(host.display))) }
    }
    return .mapping(entries)
  }
}
