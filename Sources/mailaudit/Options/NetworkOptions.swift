import ArgumentParser
import DNSData

/// How every command reaches the DNS.
struct NetworkOptions: ParsableArguments {
  @Option(
    name: .customLong("resolver"),
    help: .init(
      "Ask this resolver, instead of those of /etc/resolv.conf; repeatable, asked in turn.",
      valueName: "address[:port]"))
  var resolvers: [String] = []

  @Option(
    help: .init("Give up on one question after this many seconds, all tries together.", valueName: "seconds"))
  var timeout: Double = 8

  @Option(
    name: .customLong("zone"),
    help: .init(
      """
      Answer from this zone file: names at or below its origins, and the records it holds for other names; \
      repeatable.
      """, valueName: "file"))
  var zoneFiles: [String] = []

  @Option(help: .init("The origin of zone files that name none with $ORIGIN.", valueName: "name"))
  var origin: String?

  @Option(
    name: .customLong("trust-anchor"),
    help: .init(
      "Validate from the DS or DNSKEY records of this file, instead of the root's built-in keys.",
      valueName: "file"))
  var trustAnchor: String?

  @Flag(help: "Let nothing leave this machine: what is in no zone file is not tested.")
  var offline = false

  static let timeouts = 0.1...300.0

  func validate() throws {
    guard Self.timeouts.contains(timeout) else {
      throw ValidationError(
        "--timeout takes seconds from \(Self.timeouts.lowerBound) to \(Self.timeouts.upperBound), not \(timeout)"
      )
    }
    for text in resolvers where ServerAddress(text) == nil {
      throw ValidationError(
        "--resolver takes an address, with :PORT behind it if need be ([…]:PORT for IPv6), not \(Shown.text(text))"
      )
    }
    if offline, !resolvers.isEmpty {
      throw ValidationError("--offline asks no resolver: leave out --resolver")
    }
  }
}
