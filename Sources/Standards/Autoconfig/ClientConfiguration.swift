/// A configuration for mail clients in Mozilla's format (clientConfig 1.1; draft-ietf-mailmaint-autoconfig): what it
/// tells clients, and everything that is wrong with it. How it was fetched is not asked here.
package import DNSData

package struct ClientConfiguration: Hashable, Sendable {
  /// Mozilla's, and the draft's since it knows more than mail.
  package static let versions = ["1.1", "1.2"]

  /// The `id` of emailProvider, most often a domain.
  package let provider: String?
  /// As they are written.
  package let domains: [ConfiguredDomain]
  /// In the order of preference; also those of which clients can make nothing.
  package let incoming: [ConfiguredServer]
  package let outgoing: [ConfiguredServer]
  /// In the order of the text.
  package let faults: [ClientConfigurationFault]

  /// From a whole document.
  package init(_ octets: [UInt8]) {
    var reader = ClientConfigurationReader()
    reader.read(octets)
    provider = reader.provider
    domains = reader.domains
    incoming = reader.incoming
    outgoing = reader.outgoing
    faults = reader.faults.enumerated()
      .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  /// From what a web server gave; nil for what is meant to be something else: servers that know no such document
  /// often answer with a page.
  package init?(servedAs octets: [UInt8]) {
    guard String(decoding: octets, as: UTF8.self).contains("clientConfig") else { return nil }
    self.init(octets)
  }

  /// A client can make something of it.
  package var isUsable: Bool { !faults.contains { $0.kind.effect == .discardsDocument } }

  /// Whether it says that it is for that mail domain.
  package func covers(_ domain: Name) -> Bool { domains.contains { $0.matches(domain) } }
}

package struct ConfiguredDomain: Hashable, Sendable {
  package let text: String
  package let line: Int

  /// `%EMAILDOMAIN%` stands for whatever was asked for.
  package func matches(_ domain: Name) -> Bool {
    text == Placeholder.emailDomain || (try? Name(text)) == domain
  }
}

/// An incomingServer or outgoingServer.
package struct ConfiguredServer: Hashable, Sendable {
  package let service: ServerType
  /// May hold placeholders; `host(for:)` resolves them.
  package let hostname: String?
  package let port: UInt16?
  package let security: SocketType?
  /// Preferred ones first.
  package let authentication: [ServerAuthentication]
  /// With its placeholders.
  package let username: String?
  /// Of the protocols that are reached by one.
  package let url: String?
  /// Where the element begins.
  package let line: Int

  /// The host that clients of the domain connect to; nil if that is no name.
  package func host(for domain: Name) -> Name? {
    hostname.flatMap { Placeholder.host($0, domain) }
  }
}

package enum ServerType: Hashable, Sendable {
  case imap, pop3, smtp, jmap
  /// Any other, as it is written; clients ignore what they do not know.
  case other(String)

  init(_ text: String) {
    switch text {
    case "imap": self = .imap
    case "pop3": self = .pop3
    case "smtp": self = .smtp
    case "jmap": self = .jmap
    default: self = .other(text)
    }
  }

  /// Reached by host and port; nil where that is not known.
  var isByHost: Bool? {
    switch self {
    case .imap, .pop3, .smtp: true
    case .jmap: false
    case .other: nil
    }
  }
}

package enum SocketType: String, Hashable, Sendable, CaseIterable {
  /// TLS from the first octet.
  case implicitTLS = "SSL"
  case startTLS = "STARTTLS"
  /// Never encrypted.
  case plain
}

/// How clients log in, as they are told; some names have changed over time.
package enum ServerAuthentication: Hashable, Sendable {
  case passwordCleartext, passwordEncrypted, ntlm, gssapi, tlsClientCertificate, clientAddress, oAuth2, none
  case httpBasic, httpDigest
  /// One mechanism by its name.
  case sasl(String)
  case other(String)

  init(_ text: String) {
    switch text {
    case "password-cleartext", "plain": self = .passwordCleartext
    case "password-encrypted", "secure": self = .passwordEncrypted
    case "NTLM": self = .ntlm
    case "GSSAPI": self = .gssapi
    case "TLS-client-cert": self = .tlsClientCertificate
    case "client-IP-address", "smtp-after-pop": self = .clientAddress
    case "OAuth2", "OAuth": self = .oAuth2
    case "none": self = .none
    case "http-basic": self = .httpBasic
    case "http-digest": self = .httpDigest
    case let text where text.hasPrefix("SASL "): self = .sasl(String(text.dropFirst("SASL ".count)))
    default: self = .other(text)
    }
  }
}

enum Placeholder {
  static let emailDomain = "%EMAILDOMAIN%"

  /// nil unless a host name is left when the domain is filled in.
  static func host(_ text: String, _ domain: Name) -> Name? {
    let filled = text.split(separator: emailDomain, omittingEmptySubsequences: false)
      .joined(separator: domain.display)
    // Escapes of master files are no part of a host name here.
    guard filled.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }),
      let name = try? Name(filled), !name.isRoot
    else { return nil }
    return name
  }
}
