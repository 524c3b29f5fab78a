import DNSData
import Evidence
import Expectation

/// What an importer could not know.
struct SiteNote: Equatable {
  enum Place: Equatable {
    case top
    case host(Name)
    case domain(Name)
  }

  let place: Place
  let text: String

  init(_ place: Place, _ text: String) {
    self.place = place
    self.text = text
  }
}

/// An expected configuration as a file. All values are written out, so that no profile is needed to read it; what all
/// domains have in common stands under `defaults`.
struct SiteText {
  let site: ExpectedSite
  var notes: [SiteNote] = []

  var text: String {
    var lines = comments(.top, indent: "")
    if !site.hosts.isEmpty {
      lines.append("hosts:")
      for host in site.hosts {
        lines += block(host.name, HostEntries(host: host).entries, comments(.host(host.name), indent: "    "))
      }
    }
    let (common, rest) = DomainEntries.factored(site.domains)
    if !common.isEmpty { lines += ["defaults:"] + YAMLValue.lines(common, indent: "  ") }
    lines.append("domains:")
    for (domain, entries) in zip(site.domains, rest) {
      lines += block(domain.name, entries, comments(.domain(domain.name), indent: "    "))
    }
    if !site.waivers.isEmpty {
      lines.append("waivers:")
      for waiver in site.waivers {
        let entries = YAMLValue.lines(Self.entries(waiver), indent: "    ")
        lines += ["  - " + entries.joined(separator: "\n").drop { $0 == " " }]
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func block(_ name: Name, _ entries: [YAMLValue.Entry], _ comments: [String]) -> [String] {
    let key = "  " + YAMLValue.quoted(name.display) + ":"
    guard !entries.isEmpty else { return [key + " {}"] + comments }
    return [key] + comments + YAMLValue.lines(entries, indent: "    ")
  }

  private func comments(_ place: SiteNote.Place, indent: String) -> [String] {
    notes.filter { $0.place == place }.map { YAMLValue.comment($0.text, indent: indent) }
  }

  private static let secondsInDay: Int64 = 86_400

  private static func entries(_ waiver: Waiver) -> [YAMLValue.Entry] {
    var entries = [YAMLValue.Entry("rule", .text(waiver.rule))]
    if let name = waiver.name { entries.append(.init("name", .text(name.display))) }
    entries.append(.init("reason", .text(waiver.reason)))
    // The last day that it counts, where it ends with a day.
    let isWholeDay = waiver.end.seconds % secondsInDay == 0
    let end = isWholeDay ? Timestamp(seconds: waiver.end.seconds - secondsInDay) : waiver.end
    entries.append(.init("until", .word(isWholeDay ? String(end.description.prefix(10)) : end.description)))
    return entries
  }
}

/// What a host says.
struct HostEntries {
  let host: ExpectedHost

  var entries: [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    func add(_ key: String, _ value: YAMLValue) { entries.append(.init(key, value)) }
    if !host.addresses.isEmpty { add("addresses", .addresses(host.addresses)) }
    if host.helo != host.name { add("helo", .text(host.helo.display)) }
    if host.sendingAddresses != host.addresses { add("sending-addresses", .addresses(host.sendingAddresses)) }
    let ports = ProbedService.named.compactMap { name, service in
      host.services[service].map { YAMLValue.Entry(name, .word($0.rawValue)) }
    }
    if !ports.isEmpty { add("ports", .mapping(ports)) }
    if !host.pins.isEmpty { add("keys", .list(host.pins.map(Self.pin))) }
    if let validation = host.validation { add("acme", .word(validation.rawValue)) }
    if let webmail = host.webmail { add("webmail", .text(webmail.display)) }
    if let ttl = host.ttl { add("ttl", .word(String(ttl))) }
    return entries
  }

  private static func pin(_ pin: ExpectedPin) -> YAMLValue {
    guard pin.stage != .current else { return .text(pin.file) }
    return .mapping([.init("file", .text(pin.file)), .init("stage", .word(pin.stage.rawValue))])
  }
}

extension YAMLValue {
  static func addresses(_ addresses: [IPAddress]) -> YAMLValue { .list(addresses.map { .text("\($0)") }) }
}
