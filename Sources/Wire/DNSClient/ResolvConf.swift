// The system's resolver configuration, resolv.conf(5): name servers, timeout and attempts; everything else in it
// (search, ndots, sortlist, …) is about names that are not absolute, or about the C library.

package import DNSData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

package struct ResolvConf: Hashable, Sendable {
  /// One to three, in the order of the file.
  package private(set) var servers: [ServerAddress] = []
  /// Seconds per try and server.
  package private(set) var timeout = 5
  package private(set) var attempts = 2
  /// `nameserver` lines that were not used.
  package private(set) var skipped: [SkippedServer] = []

  package struct SkippedServer: Hashable, Sendable {
    /// Counted from 1.
    package let line: Int
    package let reason: String
  }

  package static let systemPath = "/etc/resolv.conf"
  // The limits of the C library (MAXNS, RES_MAXRETRANS, RES_MAXRETRY in resolv.h).
  private static let maximumServers = 3
  private static let timeouts = 1...30
  private static let attemptRange = 1...5

  /// From the octets of such a file; throws `noServer` when none of its lines names a server that can be asked.
  package init(_ octets: [UInt8]) throws(ResolvConfError) {
    for (index, line) in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      take(line, number: index + 1)
    }
    guard !servers.isEmpty else { throw .noServer(skipped) }
  }

  private mutating func take(_ line: ArraySlice<UInt8>, number: Int) {
    let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.map {
      String(decoding: $0, as: UTF8.self)
    }
    switch words.first {
    case "nameserver": takeServer(words.dropFirst().first, line: number)
    case "options": for option in words.dropFirst() { take(option: option) }
    default: break
    }
  }

  private mutating func takeServer(_ text: String?, line: Int) {
    func skip(_ reason: String) { skipped.append(SkippedServer(line: line, reason: reason)) }
    guard let text else { return skip("the line names no address") }
    guard !text.contains("%") else { return skip("addresses with a scope are not supported") }
    guard let address = IPAddress(text) else { return skip("not an IP address") }
    guard servers.count < Self.maximumServers else { return skip("only three servers are used") }
    servers.append(ServerAddress(address))
  }

  private mutating func take(option: String) {
    let parts = option.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[1]) else { return }
    switch parts[0] {
    case "timeout": timeout = number.clamped(to: Self.timeouts)
    case "attempts": attempts = number.clamped(to: Self.attemptRange)
    default: break
    }
  }

  /// The C library gives each try its own time; here one deadline covers them all.
  package func configuration(clock: @escaping @Sendable () -> Timestamp) -> ResolverConfiguration {
    var configuration = ResolverConfiguration(servers: servers, clock: clock)
    configuration.timeout = .seconds(timeout * attempts)
    configuration.tries = attempts
    return configuration
  }
}

package enum ResolvConfError: Error, Hashable, Sendable, CustomStringConvertible {
  case noServer([ResolvConf.SkippedServer])
  /// `code` is the errno value.
  case unreadable(path: String, code: Int32)

  package var description: String {
    switch self {
    case .noServer(let skipped):
      "no name server that can be asked is configured"
        + skipped.map { "; line \($0.line): \($0.reason)" }.joined()
    case .unreadable(let path, let code): "\(path) cannot be read: \(String(cString: strerror(code)))"
    }
  }
}

extension ResolvConf {
  private static let maximumLength = 65_536

  /// Reads the file; blocks for as long as the file system does. What is beyond 64 KB is left out.
  package static func load(path: String = systemPath) throws(ResolvConfError) -> ResolvConf {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path: path, code: errno) }
    defer { close(file) }
    var octets: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while octets.count < maximumLength {
      let count = read(file, &part, part.count)
      guard count >= 0 else { throw .unreadable(path: path, code: errno) }
      guard count > 0 else { break }
      octets += part.prefix(count)
    }
    return try ResolvConf(octets)
  }
}

extension Int {
  func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
