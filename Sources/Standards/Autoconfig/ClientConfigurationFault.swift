/// What can be wrong with a configuration for mail clients, as data: a kind, what it costs, and the line.
package import XML

package struct ClientConfigurationFault: Hashable, Sendable {
  package let kind: Kind
  /// The first is 1; of the element around it where something is missing.
  package let line: Int

  package enum Kind: Hashable, Sendable {
    case xml(XMLError.Kind)
    /// The root element is another: a web page, most often.
    case notClientConfiguration
    case namespace
    case versionMissing
    case versionUnknown
    case providerMissing
    case providerRepeated
    case identifierMissing
    case domainMissing
    case domainInvalid
    case incomingMissing
    case outgoingMissing
    case typeMissing
    case hostnameMissing
    case hostnameInvalid
    case portMissing
    case portInvalid
    case socketTypeMissing
    case socketTypeUnknown
    case authenticationMissing
    case authenticationUnknown
    case usernameMissing
    case urlMissing
    /// More than one where only the first counts: hostname, port, socketType, username, url.
    case repeated
  }

  package enum Effect: Hashable, Sendable {
    case discardsDocument
    /// Clients pass over the server; the others count.
    case dropsServer
    case warns
  }
}

extension ClientConfigurationFault.Kind {
  package var effect: ClientConfigurationFault.Effect {
    switch self {
    case .xml, .notClientConfiguration, .providerMissing, .domainMissing, .incomingMissing, .outgoingMissing:
      .discardsDocument
    case .typeMissing, .hostnameMissing, .hostnameInvalid, .portMissing, .portInvalid, .socketTypeMissing,
      .socketTypeUnknown, .authenticationMissing, .usernameMissing, .urlMissing:
      .dropsServer
    case .namespace, .versionMissing, .versionUnknown, .providerRepeated, .identifierMissing, .domainInvalid,
      .authenticationUnknown, .repeated:
      .warns
    }
  }
}

extension ClientConfigurationFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .xml(let kind): kind.description
    case .notClientConfiguration: "The root element is not clientConfig."
    case .namespace: "clientConfig is in a namespace, in which clients that heed namespaces do not know it."
    case .versionMissing: "clientConfig has no version."
    case .versionUnknown:
      "The version of clientConfig is none of \(ClientConfiguration.versions.joined(separator: ", "))."
    case .providerMissing: "There is no emailProvider."
    case .providerRepeated: "There is more than one emailProvider; the first counts."
    case .identifierMissing: "emailProvider has no id."
    case .domainMissing: "No domain says whom the configuration is for."
    case .domainInvalid: "A domain is no domain name."
    case .incomingMissing: "No incomingServer that clients can use is there."
    case .outgoingMissing: "No outgoingServer that clients can use is there."
    case .typeMissing: "A server has no type."
    case .hostnameMissing: "A server has no hostname."
    case .hostnameInvalid: "The hostname of a server is no host name."
    case .portMissing: "A server has no port."
    case .portInvalid: "The port of a server is no number from 1 to 65535."
    case .socketTypeMissing: "A server has no socketType."
    case .socketTypeUnknown: "The socketType of a server is none of SSL, STARTTLS and plain."
    case .authenticationMissing: "A server has no authentication."
    case .authenticationUnknown: "An authentication is none that clients know."
    case .usernameMissing: "An incoming server has no username."
    case .urlMissing: "A server that is reached by a URL has no url."
    case .repeated: "A server has an element more than once of which only the first counts."
    }
  }
}
