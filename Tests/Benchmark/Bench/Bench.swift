// What a probe and a fetch cost in CPU, beside the least that they take: `make bench`. Ratios, because machines differ.
//
// The bare clients are blocking ones and work one job after the other. An audit has several probes under way, and so
// has the first comparison here; the second shows what a probe costs that has the machine to itself, where each wait
// for the server is a wait of the whole program.

import CBare
import Crypto
import DNSData
import DNSSEC
import Evidence
import Foundation
import HTTPS
import MailClient

/// `bench MAIL-HOST MAIL-ADDRESS POLICY-HOST POLICY-ADDRESS CA-FILE [COUNT]`
@main
enum Bench {
  private static let rounds = 15
  /// As a domain with two mail hosts, each with an IPv4 and an IPv6 address, has them: one for an address.
  private static let probesAtOnce = 4

  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count >= 5, let count = words.count > 5 ? Int(words[6]) : 40, count > 0 else {
      print("bench MAIL-HOST MAIL-ADDRESS POLICY-HOST POLICY-ADDRESS CA-FILE [COUNT]")
      exit(2)
    }
    try await starttls(host: words[1], address: words[2], caFile: words[5], count: count)
    try await fetch(host: words[3], address: words[4], caFile: words[5], count: count)
    try await validation(count: count)
  }

  // MARK: - STARTTLS

  private static func starttls(host: String, address: String, caFile: String, count: Int) async throws {
    guard let server = IPAddress(address), let context = bare_context(caFile) else { throw Unusable.input }
    let trust = try TrustStore(pem: Array(try Data(contentsOf: URL(filePath: caFile))))
    let request = ProbeRequest(server, .smtp, serverName: try Name(host))
    for atOnce in [probesAtOnce, 1] {
      try await compare("a STARTTLS probe, \(atOnce) at a time", times: count, atOnce: atOnce) {
        var configuration = MailClientConfiguration(trust: trust, clock: now)
        configuration.allowedNetworks = everything
        // A run makes a probe once: each of these is the first of a run, and judges its certificates itself.
        let probe = await MailClient(configuration).probe(request)
        guard case .completed? = probe.conversation?.session.ending,
          case .trusted? = probe.conversation?.certificate?.trust
        else { throw Unusable.server }
      } bare: {
        guard bare_starttls(context, address, 25, host) == 0 else { throw Unusable.server }
      }
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

  // MARK: - Validation

  /// Of answers of one zone, whose keys are verified with the first; in C each signature alone.
  private static func validation(count: Int) async throws {
    let perRun = 200  // answers
    guard let zone = try SignedZone(names: perRun), zone.names.count == perRun else { throw Unusable.input }
    let entries = [zone.keys] + zone.names
    let (anchors, questions) = (zone.anchors, zone.names.map(\.answer.question))
    let answers = Dictionary(uniqueKeysWithValues: entries.map { ($0.answer.question, $0.answer) })
    try await compare("\(entries.count) verified P-256 signatures", times: max(1, count / 4)) {
      var validator = Validator(anchors: anchors, at: SignedZone.moment)
      for question in questions {
        guard case .result(let validation) = validator.evaluate(question, answers: { answers[$0] }),
          validation.security == .secure
        else { throw Unusable.input }
      }
    } bare: {
      for entry in entries {
        guard bare_verify(zone.key, entry.octets, entry.octets.count, entry.signature) == 0 else {
          throw Unusable.input
        }
      }
    }
  }

  // MARK: - Measuring

  private enum Unusable: Error { case input, server }

  private static let everything = ["0.0.0.0/0", "::/0"].compactMap(IPNetwork.init)

  @Sendable private static func now() -> Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// In turns, so that what else the machine does falls on both; the median of the rounds counts.
  private static func compare(
    _ title: String, times count: Int, atOnce: Int = 1, ours: @escaping @Sendable () async throws -> Void,
    bare: () throws -> Void
  ) async throws {
    var costs: [(ours: Double, bare: Double)] = []
    for _ in 0..<rounds {
      let start = processorTime()
      try await withThrowingTaskGroup(of: Void.self) { lanes in
        for lane in 0..<atOnce {
          lanes.addTask { for _ in stride(from: lane, to: count, by: atOnce) { try await ours() } }
        }
        try await lanes.waitForAll()
      }
      let middle = processorTime()
      for _ in 0..<count { try bare() }
      costs.append(((middle - start) / Double(count), (processorTime() - middle) / Double(count)))
    }
    let figures = [median(costs.map { $0.ours * 1e6 }), median(costs.map { $0.bare * 1e6 })]
    let ratio = median(costs.map { $0.ours / $0.bare })
    print(
      "\(title): " + String(format: "%.0f µs CPU, bare %.0f µs, ratio %.2f", figures[0], figures[1], ratio))
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// Seconds of all threads, in user and system mode.
  private static func processorTime() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
