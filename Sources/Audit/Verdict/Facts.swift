package import DMARC
package import DNSData
package import Evidence
package import Expectation
package import MTASTS
import PublicSuffix
package import SPF
package import TLSRPT

/// What a Snapshot says, parsed once for all rules: the domain's role, its senders, its policies.
package struct Facts: Sendable {
  /// As far as the resolvers are to be believed, and without what is bogus: there the answers are failures.
  package let snapshot: Snapshot
  /// What DNSSEC says of the answers.
  package let validations: [Question: Validation]
  /// What the operator means the site to be, if that is known.
  package let site: ExpectedSite?
  package let role: DomainRole
  /// nil only if the Snapshot lacks answers that the evaluation asks for.
  package let spfTree: SPFTree?
  package let dmarc: DMARCDiscovery?
  /// What receivers of the RFC 7489 generation find.
  package let legacyDMARC: DMARCLegacyDiscovery?
  package let mtasts: MTASTSDiscovery?
  package let tlsrpt: TLSRPTDiscovery?
  package private(set) var senders: [Sender] = []
  /// Of the domain's owner, with what signs them, validated or not.
  private(set) var ownZones = OwnZones()
  /// The record sets of the expected configuration beside what is published.
  package private(set) var wantedSets: [WantedSetFinding] = []

  /// What the name servers of its zones say, each for itself.
  package private(set) var zoneServers = Observation<ZoneServers>.notApplicable

  /// nil as long as the rest is not complete.
  private var observations: Observations?

  /// `given` counts for what the Snapshot itself does not tell.
  package init(
    _ snapshot: Snapshot, expecting site: ExpectedSite? = nil, validations given: [Validation] = []
  ) {
    validations = given.reduce(into: snapshot.validated()) { $0[$1.question] = $1 }
    let said = snapshot.believed
    let snapshot = said.distrusting(validations)
    self.snapshot = snapshot
    self.site = site
    let domain = snapshot.request.domain
    let answers: KnownAnswers = { snapshot[$0] }
    spfTree = SPFTree.evaluate(domain, answers).value
    dmarc = DMARCDiscovery.evaluate(domain: domain, answers: answers).value
    legacyDMARC =
      DMARCLegacyDiscovery.evaluate(
        domain: domain, organizationalDomain: SuffixList.registrableDomain(of: domain) ?? domain,
        answers: answers
      ).value
    mtasts = MTASTSDiscovery.evaluate(domain: domain, answers: answers).value
    tlsrpt = TLSRPTDiscovery.evaluate(domain: domain, answers: answers).value
    role = DomainRole(
      mx: snapshot.answer(domain, .mx),
      addresses: [RecordType.a, .aaaa].compactMap { snapshot.answer(domain, $0) }, spf: spfTree)
    ownZones = OwnZones(said, validations, names: [domain] + exchangers.filter { ownership(of: $0) == .own })
    senders = findSenders()
    wantedSets = compareWithExpected()
    zoneServers = findZoneServers()
    observations = Observations()
  }

  /// Made once, however many rules judge it.
  package func observation<S: Subject>(of subject: S.Type) -> Observation<S> {
    observations?.observation(of: subject, in: self) ?? S.observe(self)
  }

  package var domain: Name { snapshot.request.domain }
  /// The domain as it is meant to be.
  package var expected: ExpectedDomain? { site?.domain(domain) }
  /// Mail programs have reason to look for the servers of this domain, unless the operator says otherwise.
  package var hasMailboxes: Bool { expected?.role.hasMailboxes ?? true }
  /// The hosts that it is meant to use.
  package var expectedHosts: [ExpectedHost] {
    guard let site, let expected else { return [] }
    return site.hosts(of: expected)
  }
  package var mx: Answer? { snapshot.answer(domain, .mx) }
  package var texts: Answer? { snapshot.answer(domain, .txt) }
  package var allowedNetworks: [IPNetwork] { snapshot.request.allowedNetworks }

  /// Targets of the MX records without null MX, each once.
  package var exchangers: [Name] {
    (mx?.records ?? []).compactMap(\.exchanger).filter { !$0.isNull }.map(\.exchange).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// No DMARC record applies. What a registry publishes above the domain is in nobody's zone file and decides next to
  /// nothing: offline it is taken for no record.
  package var hasNoDMARCPolicy: Bool {
    guard let dmarc else { return false }
    switch dmarc.policy {
    case .noRecord: return true
    case .found: return false
    case .unknown:
      return dmarc.steps.allSatisfy { step in
        switch step.finding {
        case .noRecord, .multipleRecords: true
        case .failed(.notInFiles): SuffixList.isPublicSuffix(step.target)
        case .failed, .record: false
        }
      }
    }
  }

  package func ownership(of name: Name) -> Ownership {
    SuffixList.shareOrganisation(name, domain) || snapshot.request.wanted.owns(name) ? .own : .thirdParty
  }

  /// The look-up that tells whether anybody has registered the domain of `name`, made when `name` does not exist. nil
  /// also where nobody can register anything: below a reserved top-level domain or a number.
  package func registration(of name: Name) -> Answer? {
    guard let top = name.labels.last.map({ String(decoding: $0, as: UTF8.self).lowercased() }),
      !Self.reservedTopLevels.contains(top), !top.allSatisfy(\.isNumber)
    else { return nil }
    return SuffixList.registrableDomain(of: name).flatMap { snapshot.answer($0, .soa) }
  }

  /// RFC 6761 §6, RFC 6762 §3, RFC 7686 §2, RFC 9476 §3, and `internal`, which ICANN has set aside. `example` is
  /// reserved too, and stands for all others in documents and tests.
  private static let reservedTopLevels: Set<String> = [
    "alt", "internal", "invalid", "local", "localhost", "onion", "test",
  ]

  /// What receivers get for mail of the domain from `address`; nil if the Snapshot cannot tell.
  package func spfVerdict(for address: IPAddress) -> SPFVerdict? { spfVerdict(for: address, as: domain) }

  /// The same for mail that shows `identity` to SPF.
  package func spfVerdict(for address: IPAddress, as identity: Name) -> SPFVerdict? {
    spfCheck(of: address, as: identity).evaluate { snapshot[$0] }.value
  }

  /// Mail that shows `identity` to SPF, from `address`.
  package func spfCheck(of address: IPAddress, as identity: Name) -> SPFCheck {
    SPFCheck(
      client: address, mailFrom: "postmaster@\(identity.display)", helo: identity.display,
      now: snapshot.started)
  }

  // MARK: - Senders

  /// Those given, else the public MX addresses of the own organisation that the domain's SPF passes.
  private func findSenders() -> [Sender] {
    let given = snapshot.request.senders
    guard given.isEmpty else {
      return given.compactMap { Sender($0, .given(host: hostName(of: $0)), in: self) }
    }
    return ownExchangerAddresses.filter { _, address in
      SpecialPurpose.block(of: address, allowed: allowedNetworks) == nil
        && spfVerdict(for: address)?.result == .pass
    }.compactMap {
      Sender($0.address, .inferred(host: $0.host), in: self)
    }
  }

  /// What the host with `address` says in HELO: as expected, else the name of the MX host that has it.
  private func hostName(of address: IPAddress) -> Name? {
    if let host = site?.hosts.first(where: { $0.sendingAddresses.contains(address) }) { return host.helo }
    return ownExchangerAddresses.first { $0.address == address }?.host
  }

  /// Of the MX hosts of the own organisation, each address once.
  var ownExchangerAddresses: [(host: Name, address: IPAddress)] {
    let all = exchangers.filter { ownership(of: $0) == .own }.flatMap { host in
      HostAddresses(host, in: self).addresses.map { (host, $0) }
    }
    // Several names may share an address; it sends once.
    var seen: Set<IPAddress> = []
    return all.filter { seen.insert($0.1).inserted }
  }

  /// Why no sender is known where there ought to be one, or why there may be more than were inferred.
  package var senderGaps: [Gap] {
    guard snapshot.request.senders.isEmpty else { return [] }
    if let mx, mx.failure != nil { return [Gap(mx)] }
    guard role.sends || role == .undetermined else { return [] }
    let hosts = exchangers.filter { ownership(of: $0) == .own }.flatMap { HostAddresses($0, in: self).gaps }
    let failures = ownExchangerAddresses.compactMap { spfVerdict(for: $0.address)?.problem }.compactMap {
      problem in
      if case .lookupFailed(let question, _) = problem.kind { snapshot[question] } else { nil }
    }
    let gaps = hosts + failures.prefix(1).map(Gap.init)
    return gaps.isEmpty && senders.isEmpty ? [Gap(Place(domain), .notTested(.noSender))] : gaps
  }
}

extension Evaluation {
  package var value: Value? {
    switch self {
    case .result(let value): value
    case .needs: nil
    }
  }
}
