package import DNSData
package import Evidence
package import MailDiscovery

/// The records that an expected configuration asks for: made in one place, compared with what is published and
/// written out as a zone.
package struct WantedRecordSet: Hashable, Sendable {
  /// What a set is for; it decides how it is compared.
  package enum Kind: Hashable, Sendable {
    /// A and AAAA of a host: exactly these.
    case addresses(host: Name)
    case reverse(IPAddress)
    case mx
    case spf
    case dkim(selector: String)
    case dmarc
    case mtasts
    /// Of the host that serves the policy: an address is wanted, no matter which.
    case policyHost
    case tlsrpt
    case service(MailService)
    case autoconfig
    case autodiscover
    case caa
    case tlsa(host: Name, ProbedService)
    case webmail
  }

  package let kind: Kind
  package let name: Name
  package let type: RecordType
  /// Empty: no record of this kind is to stand there.
  package let records: [Record]
  /// A comment for the zone: what the records are for.
  package let purpose: String

  package init(_ kind: Kind, _ name: Name, _ type: RecordType, _ records: [Record], purpose: String) {
    self.kind = kind
    self.name = name
    self.type = type
    self.records = records
    self.purpose = purpose
  }
}

extension WantedRecordSet {
  /// What is asked to see what is published. An alias is seen on the way to the addresses.
  package var questions: [Question] {
    type == .cname ? [Question(name, .a), Question(name, .aaaa)] : [Question(name, type)]
  }
}
