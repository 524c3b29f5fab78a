import DNSData
import Evidence
import Foundation

@testable import HTTPS

/// The script `server` beside this file, one for all tests; it ends with this process.
struct PolicyServer: Sendable {
  let ports: Ports
  let caFile: String

  struct Ports: Decodable, Sendable {
    let tls, tls6, old, plain, garbage, mute, reset, closed, full: UInt16
  }

  private struct NotStarted: Error {}

  static let shared = Result { try PolicyServer() }

  /// One for all tests that do not shut it down.
  static let client = Result { try HTTPSClient(caFile: shared.get().caFile, allowed: loopback) }

  static let loopback = ["127.0.0.0/8", "::1"].compactMap { IPNetwork($0) }

  private init() throws {
    // Every test shows that these are not heeded.
    for variable in ["https_proxy", "http_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
      setenv(variable, "http://127.0.0.1:1", 1)
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "mailaudit-https-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", URL(filePath: #filePath).deletingLastPathComponent().appending(path: "server").path,
      folder.path,
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while !line.contains(0x0A) {
      let part = output.fileHandleForReading.availableData
      guard !part.isEmpty else { throw NotStarted() }
      line += part
    }
    ports = try JSONDecoder().decode(Ports.self, from: line)
    caFile = folder.appending(path: "ca.pem").path
    // Its other end ends the server, when this process is gone.
    Self.keptOpen.withLock { $0.append(input) }
  }

  private static let keptOpen = LockedList()
}

/// Sound for a handful of pipes.
private final class LockedList: @unchecked Sendable {
  private let lock = NSLock()
  private var pipes: [Pipe] = []

  func withLock(_ body: (inout [Pipe]) -> Void) {
    lock.lock()
    defer { lock.unlock() }
    body(&pipes)
  }
}

extension FetchRequest {
  static func sample(
    _ host: String = "sound.example.com", path: String = "/policy", port: UInt16? = nil,
    scheme: Scheme = .https,
    addresses: [String] = ["127.0.0.1"], milliseconds: Int = 20_000, body: Int = 65_536
  ) throws -> FetchRequest {
    let ports = try PolicyServer.shared.get().ports
    return try FetchRequest(
      scheme, host: Name(host), port: port ?? (scheme == .https ? ports.tls : ports.plain), path: path,
      addresses: addresses.compactMap { IPAddress($0) },
      limits: FetchLimits(milliseconds: milliseconds, body: body))
  }
}

func fetch(_ request: FetchRequest) async throws -> HTTPFetch {
  try await PolicyServer.client.get().fetch(request)
}

extension ForeignOctets {
  var text: String { String(decoding: octets, as: UTF8.self) }
}
