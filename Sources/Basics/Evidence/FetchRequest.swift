/// A document to fetch: its URL in parts, and the addresses at which it is asked for. Whoever fetches it asks the DNS
/// nothing: these addresses were looked up, and are part of the Snapshot, already.
package import DNSData

package struct FetchRequest: Hashable, Sendable {
  package enum Scheme: String, Hashable, Sendable, Codable {
    case https
    /// Where a document may stand without TLS (draft-ietf-mailmaint-autoconfig, Autodiscover), and where an authority
    /// asks for it so (RFC 8555 §8.3).
    case http

    package var port: UInt16 {
      switch self {
      case .https: 443
      case .http: 80
      }
    }
  }

  package static let maximumAddresses = 32
  package static let maximumPath = 2048  // octets

  package let scheme: Scheme
  package let host: Name
  package let port: UInt16
  /// With the query, if there is one; begins with `/`.
  package let path: String
  /// Not empty.
  package let addresses: [IPAddress]
  package let limits: FetchLimits

  /// `port` nil: that of the scheme. Of the addresses only the first `maximumAddresses` are kept.
  package init(
    _ scheme: Scheme = .https, host: Name, port: UInt16? = nil, path: String, addresses: [IPAddress],
    limits: FetchLimits
  ) throws(FetchRequestError) {
    guard Self.isHost(host) else { throw .host }
    guard Self.isPath(path) else { throw .path }
    guard port != 0 else { throw .port }
    guard !addresses.isEmpty else { throw .noAddress }
    self.scheme = scheme
    self.host = host
    self.port = port ?? scheme.port
    self.path = path
    self.addresses = Array(addresses.prefix(Self.maximumAddresses))
    self.limits = limits
  }

  /// The host as it stands in the URL, without the final dot.
  package var hostText: String { host.display }

  package var url: String {
    "\(scheme.rawValue)://\(hostText)\(port == scheme.port ? "" : ":\(port)")\(path)"
  }

  /// Letters, digits, hyphens, underscores. A last label that begins with a digit is none of a host name: URL parsers
  /// take `127.1`, `2130706433` and `0x7f.1` for IPv4 addresses (WHATWG URL §3.5).
  private static func isHost(_ name: Name) -> Bool {
    guard let last = name.labels.last?.first, !last.isASCIIDigit else { return false }
    return name.labels.allSatisfy { $0.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2D || $0 == 0x5F } }
  }

  /// Path and query (RFC 3986 §3.3, §3.4) without what would end them or split a request.
  private static func isPath(_ path: String) -> Bool {
    path.utf8.first == UInt8(ascii: "/") && path.utf8.count <= maximumPath
      && path.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-._~!$&'()*+,;=:@/?%".utf8.contains($0) }
  }
}

package struct FetchLimits: Hashable, Sendable, Codable {
  package static let maximumMilliseconds = 600_000
  package static let maximumBody = 1 << 24  // octets

  /// From the start of the first connection to the last octet.
  package let milliseconds: Int
  /// Octets of the body; what is beyond is not taken.
  package let body: Int

  /// Brought into 1 to the maximum.
  package init(milliseconds: Int, body: Int) {
    self.milliseconds = min(max(milliseconds, 1), Self.maximumMilliseconds)
    self.body = min(max(body, 1), Self.maximumBody)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      milliseconds: try container.decode(Int.self, forKey: .milliseconds),
      body: try container.decode(Int.self, forKey: .body))
  }

  /// RFC 8461 §3.3: a minute, 64 KiB.
  package static let policy = FetchLimits(milliseconds: 60_000, body: 65_536)
  /// That there is an answer is enough.
  package static let challenge = FetchLimits(milliseconds: 20_000, body: 4096)
  /// Settings of mail clients, which wait for them while somebody looks on.
  package static let clientConfiguration = FetchLimits(milliseconds: 20_000, body: 262_144)
}

package enum FetchRequestError: Error, Hashable, Sendable, CaseIterable {
  /// The DNS may hold it, a URL must not.
  case host
  case port
  case path
  case noAddress
}

extension FetchRequest: Codable {
  private enum CodingKeys: String, CodingKey { case scheme, host, port, path, addresses, limits }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    do {
      try self.init(
        container.decode(Scheme.self, forKey: .scheme), host: container.decode(Name.self, forKey: .host),
        port: container.decode(UInt16.self, forKey: .port),
        path: container.decode(String.self, forKey: .path),
        addresses: container.decode([IPAddress].self, forKey: .addresses),
        limits: container.decode(FetchLimits.self, forKey: .limits))
    } catch let error as FetchRequestError {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a request: \(error)"))
    }
  }
}
