import DNSData
import Expectation
import Yams

/// An expected configuration as YAML. `expected.schema.json` beside this file explains it key by key.
///
/// The first mistake is told, with its line; nothing is guessed.
enum ExpectationFile {
  static let maximumSize = 1 << 20

  /// Key files are found from the folder of the file.
  static func read(_ path: String) throws(Problem) -> ExpectedSite {
    let octets = try FileHandles.read(path, limit: maximumSize)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return try read(octets, file: path, folder: folder)
  }

  static func read(_ octets: [UInt8], file: String, folder: String) throws(Problem) -> ExpectedSite {
    try SiteReader(fields: ExpectationFields(YAMLText(file)), files: KeyFiles(folder: folder)).read(octets)
  }
}

/// What the manuals of two mail servers ask where they differ.
enum ExpectationProfile: String, CaseIterable {
  /// Simple NixOS Mailserver: TLS from the first octet, SPF `mx -all`, SRV records.
  case snm
  /// The mail server role of Flying Circus: STARTTLS, SPF with addresses, autoconfig.
  case flyingCircus = "flyingcircus"
}

private struct SiteReader {
  private static let keys = ["profile", "hosts", "defaults", "domains", "waivers"]

  let fields: ExpectationFields
  let files: KeyFiles

  func read(_ octets: [UInt8]) throws(Problem) -> ExpectedSite {
    let yaml = fields.yaml
    let root = try yaml.mapping(try yaml.compose(octets))
    try yaml.check(root, against: Self.keys)
    let profile: ExpectationProfile? = try root["profile"].map { node throws(Problem) in
      try fields.word(node, "profile")
    }
    var site = ExpectedSite()
    site.hosts = try hosts(root["hosts"], profile)
    try addDomains(root, profile, to: &site)
    completePorts(&site)
    site.waivers = try WaiverReader(fields: fields).waivers(root["waivers"])
    return site
  }

  private func hosts(_ node: Node?, _ profile: ExpectationProfile?) throws(Problem) -> [ExpectedHost] {
    guard let node else { return [] }
    let reader = HostReader(fields: fields, files: files, profile: profile)
    var names: Set<Name> = []
    var hosts: [ExpectedHost] = []
    for (key, value) in try fields.yaml.mapping(node) {
      let name = try fields.hostName(key)
      guard names.insert(name).inserted else {
        throw fields.yaml.fault(key, "the host \(name.display) stands here twice")
      }
      let host = try reader.host(name, value)
      try refuseSharedAddress(of: host, hosts, at: key)
      hosts.append(host)
    }
    return hosts
  }

  /// The PTR record of an address can be equal to one name in HELO only.
  private func refuseSharedAddress(
    of host: ExpectedHost, _ others: [ExpectedHost], at key: Node
  ) throws(Problem) {
    for other in others where other.helo != host.helo {
      guard let shared = host.sendingAddresses.first(where: other.sendingAddresses.contains) else { continue }
      throw fields.yaml.fault(
        key,
        "\(host.name.display) and \(other.name.display) send from \(shared) with different names in HELO, "
          + "\(host.helo.display) and \(other.helo.display): its PTR record can name one only")
    }
  }

  private func addDomains(
    _ root: Node.Mapping, _ profile: ExpectationProfile?, to site: inout ExpectedSite
  ) throws(Problem) {
    let yaml = fields.yaml
    guard let node = root["domains"] else {
      throw yaml.fault(nil, "the key domains must name the mail domains of the site")
    }
    let defaults = try root["defaults"].map { node throws(Problem) in try yaml.mapping(node) }
    if let defaults { try yaml.check(defaults, against: DomainReader.keys.filter { $0 != "role" }) }
    let domains = try yaml.mapping(node)
    guard !domains.isEmpty else {
      throw yaml.fault(node, "the key domains must name the mail domains of the site")
    }
    let reader = DomainReader(
      fields: fields, files: files, profile: profile, hosts: site.hosts, defaults: defaults)
    var names: Set<Name> = []
    var idle = Set(DomainReader.keys)
    for (key, value) in domains {
      let name = try fields.domainName(key)
      guard names.insert(name).inserted else {
        throw yaml.fault(key, "the domain \(name.display) stands here twice")
      }
      let domain = try reader.domain(name, value, at: key)
      idle = idle.filter { value.mapping?[Node($0)] != nil || !domain.role.inherits($0) }
      site.domains.append(domain)
    }
    try reader.check(idleDefaults: idle, as: site.domains.first?.name)
  }

  /// Port 25 is open where an MX record of the site leads.
  private func completePorts(_ site: inout ExpectedSite) {
    let exchangers = Set(site.domains.flatMap { $0.mx.map(\.host) })
    for index in site.hosts.indices where exchangers.contains(site.hosts[index].name) {
      if site.hosts[index].services[.smtp] == nil { site.hosts[index].services[.smtp] = .open }
    }
  }
}
