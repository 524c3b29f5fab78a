import DNSData
import Expectation
import Yams

/// One domain of an expected configuration: what it says itself, then the file's defaults, then those of its role and
/// of the profile.
struct DomainReader {
  static let keys = [
    "role", "mx", "sending-hosts", "senders", "spf", "dkim", "dmarc", "mta-sts", "tls-rpt", "caa",
    "discovery", "ttl",
    "tolerate",
  ]
  /// Stands for the domain's own name, so that domains can share what they say about files and names.
  static let placeholder = "<domain>"
  private static let maximumPreference = Int(UInt16.max)

  let fields: ExpectationFields
  /// nil: what they hold is not looked at.
  var files: KeyFiles?
  let profile: ExpectationProfile?
  let hosts: [ExpectedHost]
  let defaults: Node.Mapping?

  func domain(_ name: Name, _ node: Node, at key: Node) throws(Problem) -> ExpectedDomain {
    let own = try fields.yaml.mapping(node)
    try fields.yaml.check(own, against: Self.keys)
    let role: ExpectedRole =
      try own["role"].map { node throws(Problem) in try fields.word(node, "role") } ?? .full
    try refuseContradictions(own, role)
    return try domain(name, DomainValues(own: own, inherited: defaults, role: role), at: key)
  }

  /// Defaults that no domain has a use for: a mistake in one of them would come to light with some later domain.
  func check(idleDefaults keys: Set<String>, as name: Name?) throws(Problem) {
    let idle = (defaults ?? [:]).filter { keys.contains($0.key.string ?? "") }
    guard let name, let first = idle.first?.key else { return }
    var reader = self
    // Their names may hold that of a domain.
    reader.files = nil
    let own = Node.Mapping(idle.map { ($0.key, $0.value) })
    let role: ExpectedRole = own["mx"] == nil ? .sendOnly : .full
    _ = try reader.domain(name, DomainValues(own: own, inherited: nil, role: role), at: first)
  }

  private func domain(_ name: Name, _ values: DomainValues, at key: Node) throws(Problem) -> ExpectedDomain {
    let role = values.role
    var domain = ExpectedDomain(name, role: role)
    if role.receives { domain.mx = try exchangers(values["mx"], of: domain, at: key) }
    if role.sends { try readSenders(values, into: &domain) }
    let policies = DomainPolicyReader(fields: fields, profile: profile, hosts: hosts)
    domain.spf = try policies.spf(values["spf"], of: domain)
    domain.selectors = try SelectorReader(fields: fields, files: files).selectors(values["dkim"], of: domain)
    domain.dmarc = try policies.dmarc(values, of: domain)
    domain.mtasts = try values["mta-sts"].map { node throws(Problem) in try policies.mtasts(node) }
    domain.tlsrpt = try values["tls-rpt"].map { node throws(Problem) in try policies.tlsrpt(node) }
    domain.caa = try CAAReader(fields: fields).records(values["caa"])
    domain.discovery = try discovery(values["discovery"], of: domain)
    domain.ttl = try fields.ttl(values["ttl"])
    domain.tolerated = try tolerated(values["tolerate"], of: domain)
    return domain
  }

  private func refuseContradictions(_ own: Node.Mapping, _ role: ExpectedRole) throws(Problem) {
    for key in Self.keys where own[Node(key)] != nil && !role.allows(key) {
      throw fields.yaml.fault(
        own[Node(key)], "a domain of the role \(role.rawValue) has no use for the key \(key)")
    }
  }

  // MARK: - Hosts

  private func exchangers(
    _ node: Node?, of domain: ExpectedDomain, at key: Node
  ) throws(Problem) -> [ExpectedExchanger] {
    guard let node else {
      guard let host = hosts.first, hosts.count == 1, domain.role != .backup else {
        throw fields.yaml.fault(
          key, "the key mx must say which hosts take the mail of \(domain.name.display)")
      }
      return [ExpectedExchanger(host.name)]
    }
    var exchangers: [ExpectedExchanger] = []
    for element in node.mapping == nil ? try fields.list(node) : [node] {
      let exchanger = try exchanger(element)
      guard !exchangers.contains(where: { $0.host == exchanger.host }) else {
        throw fields.yaml.fault(element, "the host \(exchanger.host.display) stands here twice")
      }
      exchangers.append(exchanger)
    }
    guard !exchangers.isEmpty else {
      throw fields.yaml.fault(
        node, "the key mx must name a host; a domain without one has the role send-only or parked")
    }
    return exchangers
  }

  private func exchanger(_ node: Node) throws(Problem) -> ExpectedExchanger {
    guard let values = node.mapping else { return ExpectedExchanger(try fields.hostName(node)) }
    try fields.yaml.check(values, against: ["host", "preference"])
    guard let host = values["host"] else {
      throw fields.yaml.fault(node, "the key host must name the MX host")
    }
    let name = try fields.hostName(host)
    guard let preference = values["preference"] else { return ExpectedExchanger(name) }
    return ExpectedExchanger(
      name, preference: UInt16(try fields.number(preference, "preference", in: 0...Self.maximumPreference)))
  }

  private func readSenders(_ values: DomainValues, into domain: inout ExpectedDomain) throws(Problem) {
    for node in try values["sending-hosts"].map({ node throws(Problem) in try fields.list(node) }) ?? [] {
      domain.sendingHosts.append(try siteHost(node))
    }
    if let senders = values["senders"] { domain.senders = try fields.addresses(senders) }
    if !domain.role.receives, domain.sendingHosts.isEmpty, domain.senders.isEmpty, hosts.count == 1 {
      domain.sendingHosts = hosts.map(\.name)
    }
  }

  /// One that the file describes.
  private func siteHost(_ node: Node) throws(Problem) -> Name {
    let name = try fields.hostName(node)
    guard hosts.contains(where: { $0.name == name }) else {
      let nearest = NearestMatch.of(name.display, among: hosts.map(\.name.display))
      throw fields.yaml.fault(
        node,
        "there is no host \(Shown.text(name.display)) under hosts"
          + (hosts.isEmpty ? "" : "; the nearest is \(nearest)"))
    }
    return name
  }

  // MARK: - Mail programs

  private func discovery(_ node: Node?, of domain: ExpectedDomain) throws(Problem) -> ExpectedDiscovery {
    var discovery = ExpectedDiscovery()
    if domain.role == .full {
      switch profile {
      case .snm: discovery.services = .open
      case .flyingCircus:
        discovery.autoconfig = hosts.first { host in domain.mx.contains { $0.host == host.name } }?.name
      case nil: break
      }
    }
    guard let node else { return discovery }
    guard let values = node.mapping else {
      discovery.services = try fields.word(node, "discovery")
      return discovery
    }
    try fields.yaml.check(values, against: ["services", "host", "autoconfig", "autodiscover"])
    if let services = values["services"] { discovery.services = try fields.word(services, "services") }
    if let host = values["host"] { discovery.host = try siteHost(host) }
    if let host = values["autoconfig"] { discovery.autoconfig = try clientHost(host) }
    if let host = values["autodiscover"] { discovery.autodiscover = try clientHost(host) }
    return discovery
  }

  /// `none` where the profile has one.
  private func clientHost(_ node: Node) throws(Problem) -> Name? {
    node.string == "none" ? nil : try siteHost(node)
  }

  // MARK: - Extras

  private func tolerated(_ node: Node?, of domain: ExpectedDomain) throws(Problem) -> [ToleratedRecord] {
    var tolerated: [ToleratedRecord] = []
    for element in try node.map({ node throws(Problem) in try fields.list(node) }) ?? [] {
      let text = try fields.text(element, "a name and a type")
      let words = text.replacing(Self.placeholder, with: domain.name.display).split(separator: " ")
      guard words.count == 2, let type = RecordType(String(words[1])) else {
        throw fields.yaml.fault(
          element,
          "a name and a record type are expected here, such as example.com TXT; not \(Shown.text(text))")
      }
      tolerated.append(ToleratedRecord(try fields.name(String(words[0]), at: element), type))
    }
    return tolerated
  }
}

/// What a domain says, and what it takes from the file's defaults as far as its role has a use for it.
struct DomainValues {
  let own: Node.Mapping
  let inherited: Node.Mapping?
  let role: ExpectedRole

  subscript(key: String) -> Node? { own[Node(key)] ?? (role.inherits(key) ? inherited?[Node(key)] : nil) }
}

extension ExpectedRole {
  func allows(_ key: String) -> Bool {
    switch key {
    case "mx", "mta-sts", "tls-rpt": receives
    case "sending-hosts", "senders": sends
    case "discovery": sends && self != .srs || self == .receiveOnly
    default: true
    }
  }

  /// Domains that are there for other reasons than people's mail keep to their role.
  func inherits(_ key: String) -> Bool {
    switch (key, self) {
    case ("caa", _), ("ttl", _), ("tolerate", _), (_, .full): true
    case ("mx", .receiveOnly), ("mx", .srs), ("mta-sts", .receiveOnly), ("tls-rpt", .receiveOnly): true
    case ("spf", .sendOnly), ("spf", .srs), ("dkim", .sendOnly), ("dkim", .srs): true
    case ("sending-hosts", .sendOnly), ("sending-hosts", .srs), ("senders", .sendOnly), ("senders", .srs):
      true
    case ("dmarc", .sendOnly), ("dmarc", .receiveOnly): true
    default: false
    }
  }
}
