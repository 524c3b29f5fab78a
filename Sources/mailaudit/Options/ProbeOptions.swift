import ArgumentParser
import DNSData
import Evidence

/// How mail servers are called.
struct ProbeOptions: ParsableArguments {
  enum Depth: String, ExpressibleByArgument, CaseIterable {
    case usual, full
  }

  @Flag(name: .customLong("no-probe"), help: "Connect to no server: judge what the DNS alone tells.")
  var noProbe = false

  @Option(
    name: .customLong("probe"),
    help: .init(
      "How much to ask of the servers: usual, or full (certificates for each algorithm, SHA-1, and a session that goes further than clients go).",
      valueName: "depth")
  )
  var depth = Depth.usual

  @Option(
    name: .customLong("port"),
    help: .init(
      "Connect to this port only; repeatable. Default: 25, and the ports for clients.", valueName: "number"))
  var ports: [UInt16] = []

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    if noProbe, !ports.isEmpty {
      throw ValidationError("--no-probe connects to no port: leave out --port")
    }
    for port in ports
    where port != ProbedService.smtp.port && !ProbedService.forClients.map(\.port).contains(port) {
      throw ValidationError(
        "--port takes one of \(([.smtp] + ProbedService.forClients).map { "\($0.port)" }.joined(separator: ", ")), "
          + "not \(port)")
    }
  }

  /// Offline nothing leaves this machine.
  func probing(offline: Bool) -> Probing {
    guard !noProbe, !offline else { return .none }
    let ports = self.ports.isEmpty ? nil : Set(self.ports)
    return switch depth {
    case .usual: .usual(only: ports)
    case .full: .full(only: ports)
    }
  }
}

/// How every command speaks to mail servers.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: .init(
      "The name for EHLO, which should lead back to this machine. Default: the address of the connection.",
      valueName: "name"))
  var helo: String?

  @OptionGroup var trust: TrustOptions

  @Option(
    name: .customLong("probe-timeout"),
    help: .init("Give up on one conversation with a server after this many seconds.", valueName: "seconds"))
  var timeout: Double = 30

  func validate() throws {
    guard NetworkOptions.timeouts.contains(timeout) else {
      throw ValidationError(
        "--probe-timeout takes seconds from \(NetworkOptions.timeouts.lowerBound) to "
          + "\(NetworkOptions.timeouts.upperBound), not \(timeout)")
    }
  }
}

/// Which certification authorities are believed.
struct TrustOptions: ParsableArguments {
  @Option(
    name: .customLong("ca-file"),
    help: .init(
      "Trust the certification authorities of this PEM file, instead of the system's.", valueName: "file"))
  var caFile: String?
}
