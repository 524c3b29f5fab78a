import AuditTesting
import Foundation

/// The running Lab: started once for all tests of this process, gone with it, however it ends, because the Lab lives
/// as long as its standard input is open.
struct Lab: Sendable {
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  static let program = Program(path: folder.appending(path: "lab").path)
  static let isPossible = geteuid() == 0
  static let whyNot = "the Lab makes a network namespace, which takes root: run `make test` as root"

  private static let running = Task { try start() }
  static var shared: Lab { get async throws { try await running.value } }

  private static let ready = "ready\n"

  private let directory: URL
  private let lifeline: Pipe

  private static func start() throws -> Lab {
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "mailaudit-lab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return Lab(directory: directory, lifeline: try start(["up", directory.path]))
  }

  /// Starts what lives as long as its standard input, the pipe, is open.
  private static func start(_ arguments: [String]) throws -> Pipe {
    let process = Process()
    let lifeline = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: program.path)
    process.arguments = arguments
    process.standardInput = lifeline
    process.standardOutput = output
    try process.run()
    let said = try output.fileHandleForReading.read(upToCount: Self.ready.utf8.count) ?? Data()
    guard String(decoding: said, as: UTF8.self) == Self.ready else {
      throw NotStarted(
        description:
          "`lab \(arguments[0])` did not start, but says \"\(String(decoding: said, as: UTF8.self))\"")
    }
    return lifeline
  }

  /// Serves zone files as root zones, `ADDRESS=FILE` each, for as long as the pipe lives.
  func serve(_ roots: [String]) throws -> Pipe {
    try Self.start(["serve", directory.path] + roots)
  }

  /// Runs a command inside.
  func run(_ command: [String]) async throws -> Program.Result {
    try await Self.program.run(["run", directory.path] + command)
  }

  /// Where it lives, for scripts that look into it.
  var path: String { directory.path }

  /// What a client is to trust; seen from inside alone.
  var authorityFile: String { directory.appending(path: "scratch/ca/root.pem").path }

  private static let networks = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]

  /// What an auditor must be told inside: that these addresses are meant, and whose signature to trust.
  var surroundings: [String] {
    ["--trust-anchor", directory.appending(path: "scratch/anchor.ds").path]
      + Self.networks.flatMap { ["--allow-addresses", $0] }
  }

  /// What the Lab's servers are to be trusted by.
  private var authority: String { directory.appending(path: "scratch/ca/root.pem").path }

  /// Runs mailaudit inside; documentation addresses are meant there. Servers are called if `--probe` says so: most
  /// domains have none.
  func audit(_ domain: String, _ options: [String]) async throws -> Program.Result {
    let probing =
      options.contains("--probe") ? ["--ca-file", authority, "--probe-timeout", "10"] : ["--no-probe"]
    return try await run(
      [Program.mailaudit.path, domain, "--format", "json"] + options + probing
        + surroundings)
  }
}
