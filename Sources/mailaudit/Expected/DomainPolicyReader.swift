import DMARC
import DNSData
import Expectation
import MTASTS
import SPF
import TLSRPT
import URISyntax
import Yams

/// The policies of one domain: SPF, DMARC, MTA-STS, TLS reporting.
struct DomainPolicyReader {
  private static let usualMaxAge = 604_800  // seconds; weeks are what RFC 8461 §3.2 expects

  let fields: ExpectationFields
  let profile: ExpectationProfile?
  let hosts: [ExpectedHost]

  // MARK: - SPF

  func spf(_ node: Node?, of domain: ExpectedDomain) throws(Problem) -> ExpectedSPF? {
    var spf = usualSPF(of: domain)
    guard let node else { return spf }
    if node.string == "none" {
      guard !domain.role.sends else {
        throw fields.yaml.fault(node, "a domain that sends mail needs an SPF record; spf: none is for others")
      }
      return nil
    }
    let values = try fields.yaml.mapping(node)
    try fields.yaml.check(values, against: ["own", "terms", "all"])
    if spf == nil { spf = ExpectedSPF(own: .none) }
    if let own = values["own"] { spf?.own = try fields.word(own, "own") }
    if let all = values["all"] { spf?.ending = try (fields.word(all, "all") as SPFEnding).qualifier }
    if let terms = values["terms"] { spf?.terms = try self.terms(terms) }
    return spf
  }

  private func usualSPF(of domain: ExpectedDomain) -> ExpectedSPF? {
    guard domain.role.sends else { return domain.role == .backup ? nil : ExpectedSPF(own: .none) }
    guard profile != .flyingCircus else { return ExpectedSPF(own: .addresses) }
    // `mx` says it all where mail leaves from the addresses that it comes to.
    let site = ExpectedSite(hosts: hosts)
    let received = Set(site.exchangers(of: domain).flatMap(\.addresses))
    let isCovered = site.sendingAddresses(of: domain).allSatisfy(received.contains)
    return ExpectedSPF(own: isCovered && !domain.mx.isEmpty ? .mx : .addresses)
  }

  private func terms(_ node: Node) throws(Problem) -> [SPFTerm] {
    var terms: [SPFTerm] = []
    for element in node.sequence.map(Array.init) ?? [node] {
      let text = try fields.text(element, "a term of an SPF record")
      guard let record = SPFRecord("v=spf1 " + text), record.faults.isEmpty, let term = record.terms.first,
        record.terms.count == 1
      else {
        throw fields.yaml.fault(
          element,
          "one term of an SPF record is expected here, such as include:_spf.example.net; not \(Shown.text(text))"
        )
      }
      if case .redirect = term.modifier {
        throw fields.yaml.fault(
          element, "redirect takes the place of a record's end: name the terms themselves")
      }
      guard !term.isAll else {
        throw fields.yaml.fault(element, "the record ends by the key all: leave \(Shown.text(text)) out")
      }
      terms.append(term)
    }
    return terms
  }

  // MARK: - DMARC

  func dmarc(_ values: DomainValues, of domain: ExpectedDomain) throws(Problem) -> DMARCSettings? {
    if let node = values["dmarc"] { return try dmarc(node) }
    guard var settings = domain.role.usualDMARC else { return nil }
    // Where the site's reports go holds for those too that keep their own policy.
    if let inherited = values.inherited?["dmarc"], let common = try dmarc(inherited) {
      settings.aggregateReports = common.aggregateReports
      settings.failureReports = common.failureReports
    }
    return settings
  }

  /// nil for `inherited`.
  private func dmarc(_ node: Node) throws(Problem) -> DMARCSettings? {
    if let values = node.mapping { return try DMARCTagReader(fields: fields).settings(values, in: node) }
    let text = try fields.text(node, "a DMARC record, or keys for its tags,")
    guard text != "inherited" else { return nil }
    let record = DMARCRecord(Array(text.utf8))
    guard record.usability == .ok, record.settings.policy != nil else {
      throw fields.yaml.fault(
        node, "\(Shown.text(text)) is no DMARC record with a policy, such as v=DMARC1; p=none")
    }
    if let fault = record.faults.first {
      throw fields.yaml.fault(node, "\(Shown.text(text)) is at fault: \(fault.kind)".droppingFullStop)
    }
    return record.settings
  }

  // MARK: - TLS between servers

  func mtasts(_ node: Node) throws(Problem) -> ExpectedMTASTS {
    guard let values = node.mapping else {
      return ExpectedMTASTS(mode: try fields.word(node, "mta-sts"), maxAge: Self.usualMaxAge)
    }
    try fields.yaml.check(values, against: ["mode", "max-age", "id"])
    guard let mode = values["mode"] else {
      throw fields.yaml.fault(node, "the key mode must be enforce, testing or none")
    }
    var policy = ExpectedMTASTS(mode: try fields.word(mode, "mode"), maxAge: Self.usualMaxAge)
    if let age = values["max-age"] {
      policy.maxAge = try fields.number(age, "max-age", in: 0...MTASTSPolicy.maximumMaxAge)
    }
    if let id = values["id"] {
      let text = try fields.text(id, "an id")
      guard MTASTSPublication(id: text) != nil else {
        throw fields.yaml.fault(
          id,
          "the key id takes 1 to \(MTASTSRecord.maximumIDLength) letters and digits; not \(Shown.text(text))")
      }
      policy.id = text
    }
    return policy
  }

  func tlsrpt(_ node: Node) throws(Problem) -> TLSRPTPublication {
    var destinations: [URI] = []
    for element in try fields.list(node) {
      let text = try fields.text(element, "an address for reports")
      guard let uri = try? URI(Array(text.utf8)), TLSRPTPublication(destinations: [uri]) != nil,
        TLSRPTRecord(Array("v=TLSRPTv1; rua=\(text)".utf8)).usability == .ok
      else {
        throw fields.yaml.fault(
          element,
          "an address for reports is expected here, such as mailto:tls@example.com; not \(Shown.text(text))")
      }
      destinations.append(uri)
    }
    guard let publication = TLSRPTPublication(destinations: destinations) else {
      throw fields.yaml.fault(node, "the key tls-rpt must say where reports go")
    }
    return publication
  }
}

enum SPFEnding: String, CaseIterable {
  case fail, softfail, neutral

  var qualifier: SPFQualifier {
    switch self {
    case .fail: .fail
    case .softfail: .softfail
    case .neutral: .neutral
    }
  }

  init?(_ qualifier: SPFQualifier) {
    switch qualifier {
    case .fail: self = .fail
    case .softfail: self = .softfail
    case .neutral: self = .neutral
    case .pass: return nil
    }
  }
}

extension ExpectedRole {
  /// Nothing is wanted of a domain with mail of its own unless the file says so: its policy may be any.
  fileprivate var usualDMARC: DMARCSettings? {
    var settings = DMARCSettings()
    settings.policy = .reject
    switch self {
    case .full, .sendOnly, .backup: return nil
    case .receiveOnly, .parked: return settings
    case .srs:
      settings.dkimAlignment = .strict
      return settings
    }
  }
}

extension String {
  var droppingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
