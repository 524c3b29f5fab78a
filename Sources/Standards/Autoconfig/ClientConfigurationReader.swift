/// Reads a configuration for mail clients element by element. What is unknown is passed over, as the draft demands
/// ("XML validation"); what cannot be used does not keep the rest from being read.
import DNSData
import XML

struct ClientConfigurationReader {
  private(set) var provider: String?
  private(set) var domains: [ConfiguredDomain] = []
  private(set) var incoming: [ConfiguredServer] = []
  private(set) var outgoing: [ConfiguredServer] = []
  private(set) var faults: [ClientConfigurationFault] = []

  private enum Direction { case incoming, outgoing }

  /// To try a hostname with placeholders on.
  private static let sampleDomain = (try? Name("example.com")) ?? .root

  mutating func read(_ octets: [UInt8]) {
    let root: XMLElement
    do throws(XMLError) {
      root = try XMLElement(document: octets)
    } catch {
      add(.xml(error.kind), error.line)
      return
    }
    guard root.name.local == "clientConfig" else {
      add(.notClientConfiguration, root.line)
      return
    }
    if root.name.namespace != nil { add(.namespace, root.line) }
    switch root.attribute("version") {
    case nil: add(.versionMissing, root.line)
    case let version?: if !ClientConfiguration.versions.contains(version) { add(.versionUnknown, root.line) }
    }
    let providers = root.children("emailProvider")
    guard let first = providers.first else {
      add(.providerMissing, root.line)
      return
    }
    for other in providers.dropFirst() { add(.providerRepeated, other.line) }
    readProvider(first)
  }

  private mutating func add(_ kind: ClientConfigurationFault.Kind, _ line: Int) {
    faults.append(ClientConfigurationFault(kind: kind, line: line))
  }

  private mutating func readProvider(_ element: XMLElement) {
    provider = element.attribute("id").map(trimmed).flatMap { $0.isEmpty ? nil : $0 }
    if provider == nil { add(.identifierMissing, element.line) }
    for child in element.children("domain") {
      let text = trimmed(child.text)
      domains.append(ConfiguredDomain(text: text, line: child.line))
      if Placeholder.host(text, Self.sampleDomain) == nil { add(.domainInvalid, child.line) }
    }
    if domains.isEmpty { add(.domainMissing, element.line) }
    let usableIncoming = readServers(of: element, "incomingServer", .incoming)
    if usableIncoming == 0 { add(.incomingMissing, element.line) }
    let usableOutgoing = readServers(of: element, "outgoingServer", .outgoing)
    if usableOutgoing == 0 { add(.outgoingMissing, element.line) }
  }

  /// How many of them clients can use.
  private mutating func readServers(of element: XMLElement, _ name: String, _ direction: Direction) -> Int {
    var usable = 0
    for child in element.children(name) {
      let before = faults.count
      let server = readServer(child, direction)
      switch direction {
      case .incoming: incoming.append(server)
      case .outgoing: outgoing.append(server)
      }
      if !faults[before...].contains(where: { $0.kind.effect == .dropsServer }) { usable += 1 }
    }
    return usable
  }

  private mutating func readServer(_ element: XMLElement, _ direction: Direction) -> ConfiguredServer {
    let type = element.attribute("type").map(trimmed) ?? ""
    if type.isEmpty { add(.typeMissing, element.line) }
    let service = ServerType(type)
    let isByHost = service.isByHost ?? false
    let username = value("username", of: element)?.text
    if isByHost, direction == .incoming, username == nil { add(.usernameMissing, element.line) }
    let url = value("url", of: element)?.text
    if service.isByHost == false, url == nil { add(.urlMissing, element.line) }
    return ConfiguredServer(
      service: service, hostname: readHostname(of: element, isRequired: isByHost),
      port: readPort(of: element, isRequired: isByHost),
      security: readSocketType(of: element, isRequired: isByHost),
      authentication: readAuthentication(of: element, isRequired: isByHost), username: username, url: url,
      line: element.line)
  }

  private mutating func readHostname(of element: XMLElement, isRequired: Bool) -> String? {
    guard let (text, line) = value("hostname", of: element) else {
      if isRequired { add(.hostnameMissing, element.line) }
      return nil
    }
    if Placeholder.host(text, Self.sampleDomain) == nil { add(.hostnameInvalid, line) }
    return text
  }

  private mutating func readPort(of element: XMLElement, isRequired: Bool) -> UInt16? {
    guard let (text, line) = value("port", of: element) else {
      if isRequired { add(.portMissing, element.line) }
      return nil
    }
    guard text.utf8.allSatisfy(\.isASCIIDigit), let port = UInt16(text), port > 0 else {
      add(.portInvalid, line)
      return nil
    }
    return port
  }

  private mutating func readSocketType(of element: XMLElement, isRequired: Bool) -> SocketType? {
    guard let (text, line) = value("socketType", of: element) else {
      if isRequired { add(.socketTypeMissing, element.line) }
      return nil
    }
    let type = SocketType(rawValue: text)
    if type == nil { add(.socketTypeUnknown, line) }
    return type
  }

  private mutating func readAuthentication(of element: XMLElement, isRequired: Bool) -> [ServerAuthentication]
  {
    var methods: [ServerAuthentication] = []
    for child in element.children("authentication") {
      let text = trimmed(child.text)
      guard !text.isEmpty else { continue }
      let method = ServerAuthentication(text)
      methods.append(method)
      if case .other = method { add(.authenticationUnknown, child.line) }
    }
    if methods.isEmpty, isRequired { add(.authenticationMissing, element.line) }
    return methods
  }

  /// The first of that name; nil if it is empty too.
  private mutating func value(_ name: String, of element: XMLElement) -> (text: String, line: Int)? {
    let children = element.children(name)
    for other in children.dropFirst() { add(.repeated, other.line) }
    guard let first = children.first else { return nil }
    let text = trimmed(first.text)
    return text.isEmpty ? nil : (text, first.line)
  }

  private func trimmed(_ text: String) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { " \t\r\n".unicodeScalars.contains(scalar) }
    var scalars = text.unicodeScalars.drop(while: isSpace)
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return String(scalars)
  }
}
