package import Autoconfig
package import DNSData
import Evidence
import MailDiscovery

// What mail programs find when they look for the settings of a mail domain by its name, in their order of looking
// (draft-ietf-mailmaint-autoconfig): below `autoconfig`, at the domain's well-known place, and below `autoconfig`
// without TLS.

/// One place where settings are looked for.
package struct SettingsPlace: Hashable, Sendable {
  package enum Finding: Hashable, Sendable {
    case served(ClientConfiguration)
    /// 401 or 403.
    case locked
    case redirected
    /// Certain, and nothing a program can use: no host, no document, another document.
    case nothing
    /// The gaps say why.
    case unknown
  }

  package let host: Name
  /// nil without one, and where nothing is certain.
  package let document: Document?
  package let finding: Finding
  let gaps: [Gap]

  package var configuration: ClientConfiguration? {
    if case .served(let configuration) = finding { configuration } else { nil }
  }

  init(_ host: Name, _ path: String, over scheme: FetchRequest.Scheme = .https, in facts: Facts) {
    self.host = host
    guard let fetch = facts.fetch(scheme, at: host, path) else {
      document = nil
      gaps = HostAddresses(host, in: facts).gaps
      finding = gaps.isEmpty ? .nothing : .unknown
      return
    }
    let observed = Document.observe(fetch)
    document = observed.document
    // Broken for now, most likely (RFC 9110 §15.6).
    if let document, let status = document.response?.status, status >= 500 {
      gaps = [Gap(document.place, .noDocument(.putOff(status)))]
      finding = .unknown
      return
    }
    gaps = observed.gaps
    finding = document.map(Finding.init) ?? .unknown
  }
}

extension SettingsPlace.Finding {
  fileprivate init(_ document: Document) {
    switch document.response {
    case let response? where response.status == 401 || response.status == 403: self = .locked
    case let response? where response.isRedirect: self = .redirected
    default:
      self = document.body.flatMap(ClientConfiguration.init(servedAs:)).map { .served($0) } ?? .nothing
    }
  }
}

struct SettingsPlaces {
  let main: SettingsPlace
  let wellKnown: SettingsPlace
  let plain: SettingsPlace

  static func observe(_ facts: Facts) -> Observation<SettingsPlaces> {
    if let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    guard facts.role == .mail, let host = ClientConfigurationHost.autoconfig.name(for: facts.domain) else {
      return .notApplicable
    }
    guard facts.snapshot.request.probing.fetches else {
      return Observation([], gaps: [Gap(Place(host), .notTested(.notProbed))])
    }
    return Observation([
      SettingsPlaces(
        main: SettingsPlace(host, ClientConfigurationHost.mainPath, in: facts),
        wellKnown: SettingsPlace(facts.domain, ClientConfigurationHost.wellKnownPath, in: facts),
        plain: SettingsPlace(host, ClientConfigurationHost.mainPath, over: .http, in: facts))
    ])
  }
}

/// Whether a mail program finds settings, and how.
package struct SettingsSearch: Subject {
  package enum Finding: Hashable, Sendable {
    case overHTTPS
    /// Without TLS, and only so.
    case overHTTP
    /// Somebody must log in first.
    case locked
    case nowhere
  }

  package let main: SettingsPlace
  package let plain: SettingsPlace
  /// The address look-up of `autoconfig`.
  package let answer: Answer?
  package let finding: Finding
  /// SRV records lead to servers for reading and for sending (RFC 6186).
  package let isAnnounced: Bool
  /// An MX host is of the domain's own organisation: of others, programs ask the organisation that runs them.
  package let hasOwnHost: Bool

  package static func observe(_ facts: Facts) -> Observation<SettingsSearch> {
    let observed = SettingsPlaces.observe(facts)
    guard let places = observed.subjects.first else { return Observation([], gaps: observed.gaps) }
    func search(_ finding: Finding) -> Observation<SettingsSearch> {
      let announced = facts.announcedSettings
      return Observation([
        SettingsSearch(
          main: places.main, plain: places.plain, answer: facts.snapshot.answer(places.main.host, .a),
          finding: finding,
          isAnnounced: announced[.smtp] != nil && (announced[.imap] != nil || announced[.pop3] != nil),
          hasOwnHost: facts.exchangers.contains { facts.ownership(of: $0) == .own })
      ])
    }
    let secure = [places.main, places.wellKnown]
    if secure.contains(where: { $0.configuration != nil }) { return search(.overHTTPS) }
    let gaps = secure.flatMap(\.searchGaps)
    guard gaps.isEmpty else { return Observation([], gaps: gaps) }
    if places.plain.configuration != nil { return search(.overHTTP) }
    if places.main.finding == .locked || places.plain.finding == .locked { return search(.locked) }
    guard places.plain.finding != .unknown else { return Observation([], gaps: places.plain.gaps) }
    return search(.nowhere)
  }
}

extension SettingsPlace {
  /// Why settings may be here after all.
  fileprivate var searchGaps: [Gap] {
    switch finding {
    case .unknown: gaps
    case .redirected: document.map { [Gap($0.place, .noDocument(.redirected))] } ?? []
    case .served, .locked, .nothing: []
    }
  }
}

/// The host `autoconfig`, and how it answers: over HTTPS, or without TLS where it does not speak that.
package struct SettingsHost: Subject {
  package let document: Document
  package let finding: SettingsPlace.Finding
  /// A wildcard may answer for it, so that nobody need have meant settings to be there.
  package let mayBeWildcard: Bool

  package static func observe(_ facts: Facts) -> Observation<SettingsHost> {
    let observed = SettingsPlaces.observe(facts)
    guard let places = observed.subjects.first else { return Observation([], gaps: observed.gaps) }
    let place = places.main.finding == .nothing ? places.plain : places.main
    guard let document = place.document else { return Observation([], gaps: place.gaps) }
    var mayBeWildcard = true
    if case .noSuchName = facts.wildcard(.txt)?.outcome { mayBeWildcard = false }
    return Observation(
      [SettingsHost(document: document, finding: place.finding, mayBeWildcard: mayBeWildcard)],
      gaps: place.gaps)
  }
}

/// The settings that programs come upon first.
package struct ServedSettings: Subject {
  package let document: Document
  package let configuration: ClientConfiguration

  package var servers: [ConfiguredServer] { configuration.incoming + configuration.outgoing }

  package static func observe(_ facts: Facts) -> Observation<ServedSettings> {
    let observed = SettingsPlaces.observe(facts)
    guard let places = observed.subjects.first else { return Observation([], gaps: observed.gaps) }
    var gaps: [Gap] = []
    for place in [places.main, places.wellKnown, places.plain] {
      if let configuration = place.configuration, let document = place.document {
        return Observation([ServedSettings(document: document, configuration: configuration)], gaps: gaps)
      }
      gaps += place.gaps
    }
    return Observation([], gaps: gaps)
  }
}

/// Settings in both places over HTTPS.
package struct TwofoldSettings: Subject {
  package let main: ServedSettings
  package let wellKnown: ServedSettings

  package static func observe(_ facts: Facts) -> Observation<TwofoldSettings> {
    let observed = SettingsPlaces.observe(facts)
    guard let places = observed.subjects.first else { return Observation([], gaps: observed.gaps) }
    guard let main = ServedSettings(places.main), let wellKnown = ServedSettings(places.wellKnown) else {
      return Observation([], gaps: places.main.gaps + places.wellKnown.gaps)
    }
    return Observation([TwofoldSettings(main: main, wellKnown: wellKnown)])
  }
}

extension ServedSettings {
  fileprivate init?(_ place: SettingsPlace) {
    guard let configuration = place.configuration, let document = place.document else { return nil }
    self.init(document: document, configuration: configuration)
  }
}

/// Settings beside SRV records for the same protocols (RFC 6186).
package struct SettingsBesideSRV: Subject {
  package let settings: ServedSettings
  /// Where the records of each protocol lead.
  package let announced: [ServerType: [Name]]

  package static func observe(_ facts: Facts) -> Observation<SettingsBesideSRV> {
    let served = facts.observation(of: ServedSettings.self)
    guard let settings = served.subjects.first else { return Observation([], gaps: served.gaps) }
    let failed = MailService.allCases.compactMap { $0.owner(for: facts.domain) }
      .compactMap { facts.snapshot.answer($0, .srv) }.filter { $0.failure != nil }.map(Gap.init)
    let announced = facts.announcedSettings
    let subjects = announced.isEmpty ? [] : [SettingsBesideSRV(settings: settings, announced: announced)]
    return Observation(subjects, gaps: served.gaps + failed)
  }
}

extension Facts {
  /// The targets of SRV records by protocol, those of old and new kind of TLS together.
  fileprivate var announcedSettings: [ServerType: [Name]] {
    var targets: [ServerType: [Name]] = [:]
    for service in MailService.allCases {
      guard let type = service.serverType, let owner = service.owner(for: domain) else { continue }
      for record in snapshot.answer(owner, .srv)?.records ?? [] {
        guard case .srv(let srv) = record.data, !srv.isNull else { continue }
        targets[type, default: []].append(srv.target)
      }
    }
    return targets
  }
}

extension MailService {
  /// nil for what settings in that format do not know.
  fileprivate var serverType: ServerType? {
    switch self {
    case .submissions, .submission: .smtp
    case .imaps, .imap: .imap
    case .pop3s, .pop3: .pop3
    case .sieve, .autodiscover: nil
    }
  }
}
