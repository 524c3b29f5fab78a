import DMARC
import DNSData
import Evidence
import Expectation
import IDN

/// The mail server role of Flying Circus: `flyingcircus.roles.mailserver`, or its `config.json`.
struct FlyingCircusImport {
  private static let keyDirectory = "/var/dkim"
  private static let usualSelector = "mail"

  let input: JSONInput
  let addresses: [IPAddress]
  let copies: String?

  func imported() throws(Problem) -> ImportedSite {
    try input.requireObject()
    guard let mailHost = input["mailHost"] else { throw input.fault("the option mailHost is missing") }
    guard let domains = input["domains"] else { throw input.fault("the option domains is missing") }
    var result = ImportedSite()
    result.note(.top, "From the configuration of the mail server role of Flying Circus.")
    let host = try self.host(try mailHost.hostName(), &result)
    result.site.hosts = [host]
    for (name, hasAutoconfig) in try served(domains) where result.site.domain(name) == nil {
      var domain = ExpectedDomain.served(name, by: host, spf: .addresses)
      if hasAutoconfig { domain.discovery.autoconfig = host.name }
      let directory = KeyDirectory(Self.keyDirectory, copies: copies)
      let selector = directory.selector(Self.usualSelector, of: name)
      // Its name is not in the configuration: a guess that is not confirmed is none.
      if selector.key != nil { domain.selectors = [selector] }
      if selector.key == nil {
        result.noteKey(directory.file(Self.usualSelector, of: name), Self.usualSelector, of: name)
      }
      result.site.domains.append(domain)
    }
    guard !result.site.domains.isEmpty else { throw domains.fault("no domain in it is enabled") }
    result.note(
      .top, "Where reports about these domains go is not in it: dmarc: { rua: ... }, tls-rpt: [...]")
    return result
  }

  /// A list, or a set with `enable` and `autoconfig`, both true without a word.
  private func served(_ domains: JSONInput) throws(Problem) -> [(name: Name, hasAutoconfig: Bool)] {
    var served: [(name: Name, hasAutoconfig: Bool)] = []
    guard domains.isObject else {
      for element in try domains.list() { served.append((try element.hostName(), true)) }
      return served
    }
    for (key, value) in try domains.object() {
      guard let name = try? Name(userInput: key), name.isMailDomain else {
        throw value.fault("\(Shown.text(key)) is no name of a domain")
      }
      try value.requireObject()
      guard try value["enable"]?.flag() ?? true else { continue }
      served.append((name, try value["autoconfig"]?.flag() ?? true))
    }
    return served
  }

  private func host(_ name: Name, _ result: inout ImportedSite) throws(Problem) -> ExpectedHost {
    let bound = try self.bound("smtpBind4") + bound("smtpBind6")
    let further = addresses.filter { !bound.contains($0) }
    var host = ExpectedHost(name, addresses: bound + further)
    // Without an explicit binding the system picks among its addresses.
    let isExplicit = try input["explicitSmtpBind"]?.flag() ?? false
    if isExplicit, !bound.isEmpty { host.sendingAddresses = bound }
    if isExplicit, !bound.isEmpty, further.isEmpty {
      result.note(
        .host(name),
        "explicitSmtpBind: the frontend has further addresses, as it seems; add them to addresses")
    }
    host.services = [.smtp: .open, .submission: .open, .imap: .open, .imaps: .open, .manageSieve: .open]
    if let webmail = input["webmailHost"] { host.webmail = try webmail.hostName() }
    return host
  }

  /// One address, several, or an empty text.
  private func bound(_ key: String) throws(Problem) -> [IPAddress] {
    guard let value = input[key] else { return [] }
    if let text = try? value.text() { return text.isEmpty ? [] : [try value.address()] }
    var addresses: [IPAddress] = []
    for element in try value.list() { addresses.append(try element.address()) }
    return addresses
  }
}
