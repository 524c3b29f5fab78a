package import DNSData
package import Evidence
package import Expectation

/// A zone that a rule flags or passes, and mail servers and documents where it is about them. Names are relative to
/// example.com., which is what is audited unless `domain` says otherwise; what the text does not hold does not exist,
/// and what is not among `servers` is not connected to. Where the text holds DS, DNSKEY or RRSIG records, it is asked for
/// them, and answers have their signatures.
package struct RuleExample: Sendable {
  package enum Verdict: Hashable, Sendable {
    /// Flagged at exactly these names (nil: wherever), with this severity (nil: the rule's own).
    case flags(at: [String]?, Severity?)
    case passes
  }

  package let title: String
  package let verdict: Verdict
  package let zone: String
  package let domain: String
  package let selectors: [String]
  package let senders: [String]
  /// Asked in this example only.
  package let blocklists: [Blocklist]
  package let servers: [ServerProbe]
  package let documents: [ExampleDocument]
  /// What the operator means the site to be.
  package let site: ExpectedSite?
  /// Signed, with all below; everything else is not.
  package let signed: [String]
  /// What validation says, where that is not as `signed` has it.
  package let validations: [Validation]
  /// Those that are asked directly; where there are none, nobody is.
  package let nameServers: [ExampleNameServer]
  /// NS records of example.com. and glue as the servers of com. have them; nil: as the zone has them.
  package let delegation: String?
  /// Record sets that the resolver still holds in place of the zone's.
  package let cached: String

  package static func flags(
    _ title: String, domain: String = "example.com", at names: [String]? = nil, severity: Severity? = nil,
    selectors: [String] = [], senders: [String] = [], blocklists: [Blocklist] = [],
    servers: [ServerProbe?] = [], documents: [ExampleDocument] = [], expecting site: ExpectedSite? = nil,
    signed: [String] = ["."], validations: [Validation] = [], nameServers: [ExampleNameServer] = [],
    delegation: String? = nil, cached: String = "", _ zone: String
  ) -> RuleExample {
    RuleExample(
      title: title, verdict: .flags(at: names, severity), zone: zone, domain: domain,
      selectors: selectors, senders: senders, blocklists: blocklists, servers: servers.compactMap(\.self),
      documents: documents, site: site, signed: signed, validations: validations, nameServers: nameServers,
      delegation: delegation, cached: cached)
  }

  package static func passes(
    _ title: String, domain: String = "example.com", selectors: [String] = [], senders: [String] = [],
    blocklists: [Blocklist] = [], servers: [ServerProbe?] = [], documents: [ExampleDocument] = [],
    expecting site: ExpectedSite? = nil, signed: [String] = ["."], validations: [Validation] = [],
    nameServers: [ExampleNameServer] = [], delegation: String? = nil, cached: String = "",
    _ zone: String
  ) -> RuleExample {
    RuleExample(
      title: title, verdict: .passes, zone: zone, domain: domain, selectors: selectors, senders: senders,
      blocklists: blocklists, servers: servers.compactMap(\.self), documents: documents, site: site,
      signed: signed, validations: validations, nameServers: nameServers, delegation: delegation,
      cached: cached)
  }
}

/// What is served at a URL in an example; every other URL answers 404.
package struct ExampleDocument: Hashable, Sendable {
  package let url: String
  package let outcome: FetchOutcome
  /// nil: over both.
  package let family: AddressFamily?
  /// The server's, in DER.
  package let certificate: ForeignOctets?

  package init(
    _ url: String, _ outcome: FetchOutcome, over family: AddressFamily? = nil,
    certificate: ForeignOctets? = nil
  ) {
    self.url = url
    self.outcome = outcome
    self.family = family
    self.certificate = certificate
  }

  package init(_ url: String, status: Int = 200, type: String? = "text/plain", _ body: String) {
    self.init(
      url,
      .response(
        HTTPResponse(
          status: status, contentType: type.map { ForeignOctets(Array($0.utf8)) }, location: nil,
          body: ForeignOctets(Array(body.utf8)), ending: .complete)))
  }
}
