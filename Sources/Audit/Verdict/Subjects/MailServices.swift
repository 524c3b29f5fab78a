package import DNSData
package import Evidence
package import MailDiscovery

/// The SRV records of one mail service that the domain announces, or decidedly does not offer.
package struct PublishedService: Subject {
  package let answer: Answer
  package let records: ServiceRecords
  /// The service for the same purpose with TLS from the start, if it is announced too.
  package let secureVariant: ServiceRecords?

  package static func observe(_ facts: Facts) -> Observation<PublishedService> {
    let answers = MailService.allCases.compactMap { facts.announcement(of: $0) }
    let services = MailService.allCases.compactMap { service -> PublishedService? in
      guard let answer = facts.announcement(of: service), let records = facts.records(of: service) else {
        return nil
      }
      return PublishedService(
        answer: answer, records: records,
        secureVariant: service.implicitTLSVariant.flatMap(facts.records))
    }
    return Observation(services, gaps: answers.filter { $0.failure != nil }.map(Gap.init))
  }

  /// One fault of the answer for each fault of the records that `describe` has words for.
  package func faults(mend: Mend? = nil, _ describe: (ServiceFault.Kind) -> Message?) -> [Fault] {
    records.faults.compactMap { describe($0.kind) }.map { Fault(in: answer, $0, mend: mend) }
  }
}

/// SRV records of one service that lead to hosts of others, where it is known whether they are signed.
package struct OutsourcedService: Subject {
  package let answer: Answer
  package let strangers: [Name]
  /// nil where they are.
  package let insecurity: Insecurity?

  package static func observe(_ facts: Facts) -> Observation<OutsourcedService> {
    let published = facts.observation(of: PublishedService.self)
    var gaps = published.gaps
    let services = published.subjects.compactMap { service -> OutsourcedService? in
      let targets = service.records.records.filter { !$0.isNull }.map(\.target)
      let strangers = Set(targets.filter { facts.ownership(of: $0) == .thirdParty }).sorted()
      guard !strangers.isEmpty else { return nil }
      let question = service.answer.question
      let trust = facts.trust(question)
      if let gap = trust.gap(at: Place(question.name, question.type)) {
        gaps.append(gap)
        return nil
      }
      let insecurity: Insecurity? = if case .insecure(let insecurity) = trust { insecurity } else { nil }
      return OutsourcedService(answer: service.answer, strangers: strangers, insecurity: insecurity)
    }
    return Observation(services, gaps: gaps)
  }
}

/// A host to which SRV records of the domain lead, once for all services.
package struct ServiceTarget: Subject {
  package let addresses: HostAddresses
  /// Where the records stand that lead to it.
  package let owners: [Name]
  /// An address written as a name, which no look-up finds.
  package let isWrittenAddress: Bool

  package var host: Name { addresses.host }

  package static func observe(_ facts: Facts) -> Observation<ServiceTarget> {
    let published = facts.observation(of: PublishedService.self)
    var owners: [Name: [Name]] = [:]
    var written: Set<Name> = []
    for service in published.subjects {
      for record in service.records.records where !record.isNull {
        let owner = service.answer.question.name
        if owners[record.target]?.contains(owner) != true { owners[record.target, default: []].append(owner) }
        if record.targetAddress(at: facts.domain) != nil { written.insert(record.target) }
      }
    }
    let targets = owners.sorted { $0.key < $1.key }.map { host, owners in
      ServiceTarget(
        addresses: HostAddresses(host, in: facts), owners: owners, isWrittenAddress: written.contains(host))
    }
    return Observation(targets, gaps: published.gaps + targets.flatMap(\.addresses.gaps))
  }
}

/// Records at a name that stands for no mail service, while the right name is empty.
package struct MisnamedService: Subject {
  package let answer: Answer
  package let rightName: Name

  package static func observe(_ facts: Facts) -> Observation<MisnamedService> {
    let looked = MisnamedMailService.allCases.compactMap { service -> MisnamedService? in
      guard let answer = service.owner(for: facts.domain).flatMap({ facts.snapshot.answer($0, .srv) }),
        let right = service.meant.owner(for: facts.domain),
        facts.announcement(of: service.meant)?.isEmpty == true
      else { return nil }
      return MisnamedService(answer: answer, rightName: right)
    }
    // These tell whether anything stands below; if they fail, no name is asked for.
    let parents = Set(MisnamedMailService.allCases.compactMap { $0.owner(for: facts.domain)?.parent })
      .sorted()
      .compactMap { facts.snapshot.answer($0, .srv) }
    return Observation(
      looked.filter { !$0.answer.records.isEmpty },
      gaps: (parents + looked.map(\.answer)).filter { $0.failure != nil }.map(Gap.init))
  }
}

/// The name at which Outlook looks for the settings of accounts, for a domain that receives mail.
package struct AutodiscoverHost: Subject {
  package let a: Answer
  /// Asked where there is no A record at an existing name.
  package let aaaa: Answer?
  /// The SRV look-up.
  package let announcement: Answer
  /// The alias is that of a wildcard, which nobody made for this name.
  package let isWildcard: Bool

  package static func observe(_ facts: Facts) -> Observation<AutodiscoverHost> {
    guard facts.role == .mail, let name = ClientConfigurationHost.autodiscover.name(for: facts.domain),
      let a = facts.snapshot.answer(name, .a), let announcement = facts.announcement(of: .autodiscover)
    else { return .notApplicable }
    let aaaa = facts.snapshot.answer(name, .aaaa)
    let wildcard = facts.wildcard(.txt)
    let host = AutodiscoverHost(
      a: a, aaaa: aaaa, announcement: announcement, isWildcard: a.isAlias(of: wildcard))
    let gaps = [a, aaaa, announcement].compactMap(\.self).filter { $0.failure != nil }.map(Gap.init)
    // Whose an alias is matters where it leads to nothing.
    if host.isProvenMissing, !a.aliases.isEmpty, let wildcard, wildcard.failure != nil {
      return Observation([], gaps: gaps + [Gap(wildcard)])
    }
    return Observation([host], gaps: gaps)
  }

  /// The name does not exist, or has an address of neither family.
  package var isProvenMissing: Bool {
    switch a.outcome {
    case .noSuchName: true
    case .noData: aaaa.map { $0.failure == nil && $0.records.isEmpty } ?? false
    case .records, .failure: false
    }
  }
}

extension Facts {
  fileprivate func announcement(of service: MailService) -> Answer? {
    service.owner(for: domain).flatMap { snapshot.answer($0, .srv) }
  }

  /// nil where nothing is announced, as far as is known.
  fileprivate func records(of service: MailService) -> ServiceRecords? {
    let all = announcement(of: service)?.records ?? []
    let records = all.compactMap { if case .srv(let srv) = $0.data { srv } else { nil } }
    return records.isEmpty ? nil : ServiceRecords(records, of: service, at: domain)
  }
}
