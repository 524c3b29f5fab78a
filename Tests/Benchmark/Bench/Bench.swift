// What a probe and a fetch cost in CPU, beside the least that they take: `make bench`. Ratios, because machines differ.

import CBare
import Crypto
import DNSData
import Evidence
import Foundation
import HTTPS
import MailClient

/// `bench MAIL-HOST MAIL-ADDRESS POLICY-HOST POLICY-ADDRESS CA-FILE [COUNT]`
@main
enum Bench {
  private static let rounds = 5

  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count >= 5, let count = words.count > 5 ? Int(words[6]) : 100, count > 0 else {
      print("bench MAIL-HOST MAIL-ADDRESS POLICY-HOST POLICY-ADDRESS CA-FILE [COUNT]")
      exit(2)
    }
    try await starttls(host: words[1], address: words[2], caFile: words[5], count: count)
    try await fetch(host: words[3], address: words[4], caFile: words[5], count: count)
  }

  // MARK: - STARTTLS

  private static func starttls(host: String, address: String, caFile: String, count: Int) async throws {
    guard let server = IPAddress(address), let context = bare_context(caFile) else { throw Unusable.input }
    let trust = try TrustStore(pem: Array(try Data(contentsOf: URL(filePath: caFile))))
    var configuration = MailClientConfiguration(trust: trust, clock: now)
    configuration.allowedNetworks = everything
    let request = ProbeRequest(server, .smtp, serverName: try Name(host))
    try await compare("a STARTTLS probe", times: count) {
      // A run makes a probe once: each of these is the first of a run.
      let probe = await MailClient(configuration).probe(request)
      guard case .completed? = probe.conversation?.session.ending else { throw Unusable.server }
    } bare: {
      guard bare_starttls(context, address, 25, host) == 0 else { throw Unusable.server }
    }
  }

  // MARK: - Policy

  private static func fetch(host: String, address: String, caFile: String, count: Int) async throws {
    guard let server = IPAddress(address), let curl = bare_curl(caFile) else { throw Unusable.input }
    let client = try HTTPSClient(caFile: caFile, allowed: everything)
    let request = try FetchRequest(
      host: try Name(host), path: "/.well-known/mta-sts.txt", addresses: [server], limits: .policy)
    try await compare("a policy fetch", times: count) {
      guard await client.fetch(request).response?.status == 200 else { throw Unusable.server }
    } bare: {
      guard bare_fetch(curl, request.url, "\(host):443:\(address)") == 0 else { throw Unusable.server }
    }
    await client.shutDown()
  }

  // MARK: - Measuring

  private enum Unusable: Error { case input, server }

  private static let everything = ["0.0.0.0/0", "::/0"].compactMap(IPNetwork.init)

  @Sendable private static func now() -> Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// In turns, so that what else the machine does falls on both; the median of the rounds counts.
  private static func compare(
    _ title: String, times count: Int, ours: () async throws -> Void, bare: () throws -> Void
  ) async throws {
    var costs: [(ours: Double, bare: Double)] = []
    for _ in 0..<rounds {
      let start = processorTime()
      for _ in 0..<count { try await ours() }
      let middle = processorTime()
      for _ in 0..<count { try bare() }
      costs.append(((middle - start) / Double(count), (processorTime() - middle) / Double(count)))
    }
    let ours = costs.map(\.ours).sorted()[rounds / 2]
    let bare = costs.map(\.bare).sorted()[rounds / 2]
    let figures = String(format: "%.0f µs CPU, bare %.0f µs, ratio %.2f", ours * 1e6, bare * 1e6, ours / bare)
    print("\(title): \(figures)")
  }

  /// Seconds of all threads, in user and system mode.
  private static func processorTime() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
