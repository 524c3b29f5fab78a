package import DKIM
package import DMARC
package import DNSData
package import MTASTS
package import SPF
package import TLSRPT

/// A domain as its operator means it.
package struct ExpectedDomain: Hashable, Sendable {
  package let name: Name
  package var role: ExpectedRole
  /// Empty where `role` does not receive.
  package var mx: [ExpectedExchanger]
  /// Hosts that send its mail, where these are not its exchangers.
  package var sendingHosts: [Name]
  /// Further addresses that send its mail.
  package var senders: [IPAddress]
  /// nil: no SPF record is wanted (never so with a role that sends).
  package var spf: ExpectedSPF?
  package var selectors: [ExpectedSelector]
  /// nil: nothing is wanted at the domain itself; one above may cover it.
  package var dmarc: DMARCSettings?
  package var mtasts: ExpectedMTASTS?
  package var tlsrpt: TLSRPTPublication?
  /// Empty: nothing is said about CAA.
  package var caa: [CAA]
  package var discovery: ExpectedDiscovery
  /// For its own records; nil: that of a zone's usual records.
  package var ttl: UInt32?
  /// Names and types at which more than what is wanted may stand.
  package var tolerated: [ToleratedRecord]

  /// With no record wanted.
  package init(_ name: Name, role: ExpectedRole) {
    self.name = name
    self.role = role
    mx = []
    sendingHosts = []
    senders = []
    spf = nil
    selectors = []
    dmarc = nil
    mtasts = nil
    tlsrpt = nil
    caa = []
    discovery = ExpectedDiscovery()
    ttl = nil
    tolerated = []
  }
}

package enum ExpectedRole: String, Hashable, Sendable, CaseIterable {
  case full
  case sendOnly = "send-only"
  case receiveOnly = "receive-only"
  case parked
  /// Addresses rewritten by the Sender Rewriting Scheme: bounces come here, and it never stands in From.
  case srs
  /// Its mail is taken and passed on to hosts elsewhere.
  case backup = "backup-mx"

  package var sends: Bool {
    switch self {
    case .full, .sendOnly, .srs: true
    case .receiveOnly, .parked, .backup: false
    }
  }

  package var receives: Bool {
    switch self {
    case .full, .receiveOnly, .srs, .backup: true
    case .sendOnly, .parked: false
    }
  }

  /// Somebody reads its mail, with a mail program say.
  package var hasMailboxes: Bool {
    switch self {
    case .full, .receiveOnly: true
    case .sendOnly, .parked, .srs, .backup: false
    }
  }
}

package struct ExpectedExchanger: Hashable, Sendable {
  package static let usualPreference: UInt16 = 10

  package let host: Name
  package let preference: UInt16

  package init(_ host: Name, preference: UInt16 = usualPreference) {
    self.host = host
    self.preference = preference
  }
}

/// What the SPF record says: who sends from here, who else may, and what of all others.
package struct ExpectedSPF: Hashable, Sendable {
  package enum Own: String, Hashable, Sendable, CaseIterable {
    /// The term `mx`.
    case mx
    /// `ip4` and `ip6` of every address that sends.
    case addresses
    /// Nobody: a domain that sends no mail.
    case none
  }

  package var own: Own
  /// `include:_spf.example.net`, in their order; none of them is `all` or `redirect`.
  package var terms: [SPFTerm]
  package var ending: SPFQualifier

  package init(own: Own, terms: [SPFTerm] = [], ending: SPFQualifier = .fail) {
    self.own = own
    self.terms = terms
    self.ending = ending
  }
}

/// A DKIM key in its life.
package struct ExpectedSelector: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// The key exists; nothing is published yet.
    case planned
    /// In the DNS; nothing is signed with it.
    case published
    case signing
    /// Signing stopped then; what was signed before may still be on its way.
    case retiring(since: Timestamp)
    /// The record may go, or is gone.
    case retired
    /// The record stays, with an empty key (RFC 6376 §3.6.1).
    case revoked
  }

  /// `rsa-2026-03`, without `_domainkey`.
  package let label: String
  package let state: State
  /// nil where no file was named: any usable key will do.
  package let key: DKIMKeyPublication?
  /// The file that it was read from.
  package let file: String?

  package init(_ label: String, _ state: State, key: DKIMKeyPublication? = nil, file: String? = nil) {
    self.label = label
    self.state = state
    self.key = key
    self.file = file
  }
}

package struct ExpectedMTASTS: Hashable, Sendable {
  package var mode: MTASTSMode
  /// Seconds.
  package var maxAge: Int
  /// nil: any; what is live is kept, and the first one is made from the policy.
  package var id: String?

  package init(mode: MTASTSMode, maxAge: Int, id: String? = nil) {
    self.mode = mode
    self.maxAge = maxAge
    self.id = id
  }
}

/// How mail programs find their servers.
package struct ExpectedDiscovery: Hashable, Sendable {
  package enum Services: String, Hashable, Sendable, CaseIterable {
    /// None, and what stands there is not looked at.
    case ignored
    /// SRV records for the services of the hosts that are open.
    case open
    /// The same, and `.` for those that are closed (RFC 6186 §3.4).
    case openAndClosed = "open-and-closed"
  }

  package var services: Services
  /// The host whose services are announced; nil: the first exchanger.
  package var host: Name?
  /// Where `autoconfig.<domain>` leads: a host of the site. nil: nothing is wanted there.
  package var autoconfig: Name?
  package var autodiscover: Name?

  package init(
    services: Services = .ignored, host: Name? = nil, autoconfig: Name? = nil, autodiscover: Name? = nil
  ) {
    self.services = services
    self.host = host
    self.autoconfig = autoconfig
    self.autodiscover = autodiscover
  }
}

package struct ToleratedRecord: Hashable, Sendable {
  package let name: Name
  package let type: RecordType

  package init(_ name: Name, _ type: RecordType) {
    self.name = name
    self.type = type
  }
}
