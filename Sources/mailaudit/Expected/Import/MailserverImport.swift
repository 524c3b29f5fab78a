import DMARC
import DNSData
import Evidence
import Expectation
import IDN

/// Simple NixOS Mailserver: what `mailserver.nix` selects from `config.mailserver`, as JSON.
struct MailserverImport {
  /// Its options that open a port, and what they are without a word.
  private static let switches: [(option: String, service: ProbedService, isUsual: Bool)] = [
    ("enableSubmission", .submission, false), ("enableSubmissionSsl", .submissions, true),
    ("enableImap", .imap, false), ("enableImapSsl", .imaps, true), ("enablePop3", .pop3, false),
    ("enablePop3Ssl", .pop3s, false), ("enableManageSieve", .manageSieve, false),
  ]
  private static let usualKeyDirectory = "/var/dkim"
  private static let usualSelector = "mail"

  let input: JSONInput
  let addresses: [IPAddress]
  /// A directory with copies of the records of DKIM keys.
  let copies: String?

  func imported() throws(Problem) -> ImportedSite {
    try input.requireObject()
    guard let fqdn = input["fqdn"] else { throw input.fault("the option fqdn is missing") }
    guard let list = input["domains"] else { throw input.fault("the option domains is missing") }
    var result = ImportedSite()
    result.note(.top, "From the configuration of Simple NixOS Mailserver.")
    let host = try self.host(try fqdn.hostName(), &result)
    result.site.hosts = [host]
    for element in try list.list() {
      let name = try element.hostName()
      guard result.site.domain(name) == nil else { continue }
      var domain = ExpectedDomain.served(name, by: host, spf: .mx)
      domain.discovery = ExpectedDiscovery(services: .open)
      domain.selectors = try selectors(of: name, &result)
      result.site.domains.append(domain)
    }
    guard !result.site.domains.isEmpty else { throw list.fault("there is no domain in it") }
    try addSRS(host, &result)
    try noteReports(&result)
    return result
  }

  private func host(_ name: Name, _ result: inout ImportedSite) throws(Problem) -> ExpectedHost {
    var host = ExpectedHost(name, addresses: addresses)
    if let sending = input["sendingFqdn"] { host.helo = try sending.hostName() }
    host.services[.smtp] = .open
    for (option, service, isUsual) in Self.switches {
      let isOpen = try input[option].map { value throws(Problem) in try value.flag() } ?? isUsual
      host.services[service] = isOpen ? .open : .closed
    }
    if let file = try certificate() {
      result.note(
        .host(name), "certificates: [\(file)]: for TLSA records, if its key stays when it is renewed")
    }
    switch try validation() {
    case .byNginx: host.validation = .http
    case .elsewhere:
      result.note(
        .host(name), "acme: http-01, dns-01 or tls-alpn-01: which of them is in security.acme, not here")
    case nil: break
    }
    return host
  }

  /// Who answers the challenges of the authority, where the certificate comes by ACME.
  private enum Validation {
    /// The module has nginx answer, and opens port 80.
    case byNginx
    /// NixOS does, in one of several ways.
    case elsewhere
  }

  private func validation() throws(Problem) -> Validation? {
    switch try input["certificateScheme"].map({ value throws(Problem) in try value.text() }) {
    case "acme-nginx": .byNginx
    case "acme": .elsewhere
    default: input["x509"]?["useACMEHost"] == nil ? nil : .elsewhere
    }
  }

  private func certificate() throws(Problem) -> String? {
    if let host = input["x509"]?["useACMEHost"] { return "/var/lib/acme/\(try host.text())/cert.pem" }
    return try input["x509"]?["certificateFile"].map { value throws(Problem) in try value.text() }
  }

  // MARK: - DKIM

  private func selectors(of domain: Name, _ result: inout ImportedSite) throws(Problem) -> [ExpectedSelector]
  {
    let dkim = input["dkim"]
    guard try dkim?["enable"].map({ value throws(Problem) in try value.flag() }) ?? true else {
      result.note(.domain(domain), "DKIM is switched off")
      return []
    }
    let directory = KeyDirectory(
      try dkim?["keyDirectory"].map { value throws(Problem) in try value.text() } ?? Self.usualKeyDirectory,
      copies: copies)
    var selectors: [ExpectedSelector] = []
    for label in try labels(of: domain) {
      let selector = directory.selector(label, of: domain)
      if selector.key == nil { result.noteKey(directory.file(label, of: domain), label, of: domain) }
      selectors.append(selector)
    }
    return selectors
  }

  /// Those of the domain, or the default one.
  private func labels(of domain: Name) throws(Problem) -> [String] {
    var labels: [String] = []
    for (key, value) in try input["dkim"]?["domains"]?.object() ?? []
    where (try? Name(userInput: key)) == domain {
      for selector in try value["selectors"]?.list() ?? [] {
        if let name = selector["name"] { labels.append(try label(name)) }
      }
    }
    guard labels.isEmpty else { return labels }
    guard let usual = input["dkim"]?["defaults"]?["selector"] else { return [Self.usualSelector] }
    return [try label(usual)]
  }

  private func label(_ value: JSONInput) throws(Problem) -> String {
    let text = try value.text()
    guard !text.isEmpty, text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }),
      (try? Name(text)) != nil
    else { throw value.fault("\(Shown.text(text)) is no DKIM selector") }
    return text
  }

  // MARK: - The system's own mail

  /// MX to the host, SPF, its own key, and a policy that rejects.
  private func addSRS(_ host: ExpectedHost, _ result: inout ImportedSite) throws(Problem) {
    guard let srs = input["srs"], try srs["enable"]?.flag() ?? false else { return }
    guard let value = srs["domain"] ?? input["systemDomain"] else { return }
    let name = try value.hostName()
    if result.site.domain(name) != nil {
      result.note(
        .domain(name), "The Sender Rewriting Scheme uses this domain: its DMARC record must not have aspf=s")
      return
    }
    var domain = ExpectedDomain(name, role: .srs)
    domain.mx = [ExpectedExchanger(host.name)]
    domain.spf = ExpectedSPF(own: .mx)
    domain.selectors = try selectors(of: name, &result)
    var dmarc = DMARCSettings()
    dmarc.policy = .reject
    dmarc.dkimAlignment = .strict
    domain.dmarc = dmarc
    result.site.domains.append(domain)
  }

  private func noteReports(_ result: inout ImportedSite) throws(Problem) {
    if try input["dmarcReporting"]?["enable"]?.flag() ?? false, let system = input["systemDomain"] {
      let name = try system.hostName()
      if result.site.domain(name) == nil {
        result.note(
          .top, "DMARC reports leave from noreply-dmarc@\(name.display), which no domain here covers")
      }
    }
    result.note(
      .top, "Where reports about these domains go is not in it: dmarc: { rua: ... }, tls-rpt: [...]")
  }
}
