/// The services by which clients reach their mail (RFC 6186 §3, RFC 8314 §5.1, RFC 5804 §1.8), and the SRV
/// names at which they are announced.
package import DNSData

package enum MailService: String, Hashable, Sendable, CaseIterable {
  case submissions, submission, imaps, imap, pop3s, pop3, sieve, autodiscover

  package enum Security: Hashable, Sendable {
    /// TLS from the first octet (RFC 8314 §3).
    case implicitTLS
    /// TLS by STARTTLS or STLS.
    case startTLS
  }

  /// The first two labels: `_imaps._tcp`.
  package var prefix: String { "_\(rawValue)._tcp" }

  /// nil if that name would be too long for the DNS.
  package func owner(for domain: Name) -> Name? { try? domain.prepending(prefix) }

  /// IANA "Service Name and Transport Protocol Port Number"; another port is legal if the service answers
  /// there.
  package var registeredPort: UInt16 {
    switch self {
    case .submissions: 465
    case .submission: 587
    case .imaps: 993
    case .imap: 143
    case .pop3s: 995
    case .pop3: 110
    case .sieve: 4190
    case .autodiscover: 443
    }
  }

  package var security: Security {
    switch self {
    case .submissions, .imaps, .pop3s, .autodiscover: .implicitTLS
    case .submission, .imap, .pop3, .sieve: .startTLS
    }
  }

  /// The service for the same purpose with TLS from the start (RFC 8314 §3); nil if there is none.
  package var implicitTLSVariant: MailService? {
    switch self {
    case .submission: .submissions
    case .imap: .imaps
    case .pop3: .pop3s
    case .submissions, .imaps, .pop3s, .sieve, .autodiscover: nil
    }
  }
}

/// A host that serves the settings of mail clients over HTTPS, found by its name alone.
package enum ClientConfigurationHost: String, Hashable, Sendable, CaseIterable {
  /// draft-ietf-mailmaint-autoconfig
  case autoconfig
  /// Microsoft Exchange and Outlook.
  case autodiscover

  /// Of the settings at `autoconfig` (draft-ietf-mailmaint-autoconfig).
  package static let mainPath = "/mail/config-v1.1.xml"
  /// Of the settings at the domain itself.
  package static let wellKnownPath = "/.well-known/autoconfig/mail/config-v1.1.xml"

  /// Of the settings at `autodiscover`, which programs ask for by POST (Microsoft, [MS-OXDISCO]).
  package static let autodiscoverPath = "/autodiscover/autodiscover.xml"

  /// nil if that name would be too long for the DNS.
  package func name(for domain: Name) -> Name? { try? domain.prepending(rawValue) }
}

/// A name at which a service is announced by mistake: no client looks there.
package enum MisnamedMailService: String, Hashable, Sendable, CaseIterable {
  case smtps = "_smtps._tcp"
  case smtp = "_smtp._tcp"
  case ssmtp = "_ssmtp._tcp"
  case submissionTLS = "_submission-tls._tcp"
  case submissionsUDP = "_submissions._udp"
  case imap4 = "_imap4._tcp"
  case imap4s = "_imap4s._tcp"
  case imapSSL = "_imap-ssl._tcp"
  case pop = "_pop._tcp"
  case pops = "_pops._tcp"
  case manageSieve = "_managesieve._tcp"
  case sieveUDP = "_sieve._udp"

  /// nil if that name would be too long for the DNS.
  package func owner(for domain: Name) -> Name? { try? domain.prepending(rawValue) }

  /// What was meant, most likely.
  package var meant: MailService {
    switch self {
    case .smtps, .ssmtp, .submissionTLS, .submissionsUDP: .submissions
    case .smtp: .submission
    case .imap4: .imap
    case .imap4s, .imapSSL: .imaps
    case .pop: .pop3
    case .pops: .pop3s
    case .manageSieve, .sieveUDP: .sieve
    }
  }
}
