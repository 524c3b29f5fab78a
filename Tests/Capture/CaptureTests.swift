import AuditTesting
import Capture
import DNSData
import Evidence
import Foundation
import Rules
import SeededRandom
import Testing
import Verdict

@Suite struct CaptureTests {
  private static let head = CaptureHead(
    tool: "test", profile: "standard", expected: nil, isRedacted: false, domains: 1)

  /// Of each third rule what it flags first: every kind of evidence, in seconds.
  static let examples = Rule.catalog.enumerated().compactMap { index, rule in
    index % 3 == 0 ? rule.examples.first.map { (rule, $0) } : nil
  }

  @Test func `what is read is what was written, of examples of many rules`() async throws {
    for (rule, example) in Self.examples {
      let snapshot = try await World(example.zone).facts(for: example).snapshot
      let capture = try Capture(octets: Array(Capture(Self.head, [snapshot]).text().utf8))
      #expect(capture.head == Self.head)
      #expect(capture.snapshots == [snapshot], "\(rule.id): \(example.title)")
    }
  }

  @Test func `octets of every value survive`() async throws {
    let all = (0...255).map { UInt8($0) }
    let text = all.map { String(format: "\\%03d", $0) }.joined()
    let snapshot = try await World("@ TXT \"\(text.prefix(1020))\" \"\(text.suffix(4))\"").snapshot()
    let answer = try #require(snapshot.answer(try Name("example.com"), .txt))
    #expect(answer.records.first?.data == .txt(TXT(strings: [Array(all.dropLast()), [255]])))
    let capture = try Capture(octets: Array(Capture(Self.head, [snapshot]).text().utf8))
    #expect(capture.snapshots == [snapshot])
  }

  /// `Kept` holds one of each version, made by an audit of two domains with their mail servers and documents.
  @Test(arguments: 1...Capture.version)
  func `a capture of each version is read, and judged`(version: Int) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Kept/version-\(version).capture")
    let capture = try Capture(octets: Array(try Data(contentsOf: file)))
    #expect(capture.head.version == version)
    #expect(
      capture.snapshots.map(\.request.domain.display) == ["snm.example", "healthy.mtasts.example"])
    for snapshot in capture.snapshots {
      #expect(snapshot.probes.contains { $0.conversation?.certificate?.trust == .trusted })
      let results = Scorecard(Facts(snapshot), rules: Rule.catalog).results
      #expect(results.contains { $0.rule.topic == .cert && $0.outcome == .passed })
      #expect(!results.contains { $0.outcome == .failed && $0.severity >= .high })
    }
    #expect(capture.snapshots.contains { !$0.fetches.isEmpty })
  }

  // MARK: - Redaction

  /// The examples use addresses for documentation, which are special and stay: here they are ordinary ones.
  private static let ordinary = [
    ("192.0.2.", "11.22.33."), ("198.51.100.", "81.22.44."), ("203.0.113.", "145.44.55."),
    ("2001:db8:", "2a00:1234:"), ("2.0.192.in-addr", "33.22.11.in-addr"),
    ("100.51.198.in-addr", "44.22.81.in-addr"), ("113.0.203.in-addr", "55.44.145.in-addr"),
    ("8.b.d.0.1.0.0.2.ip6", "4.3.2.1.0.0.a.2.ip6"),
  ]

  private static func ordinary(_ snapshot: Snapshot) throws -> Snapshot {
    let text = ordinary.reduce(try Capture(head, [snapshot]).text()) {
      $0.replacing($1.0, with: $1.1)
    }
    return try #require(try Capture(octets: Array(text.utf8)).snapshots.first)
  }

  @Test func `a redacted example gives what the example gives`() async throws {
    for (rule, example) in Self.examples {
      let snapshot = try Self.ordinary(try await World(example.zone).facts(for: example).snapshot)
      let redacted = Redactor.redacting([snapshot], SeededGenerator())
      let results = ([snapshot] + redacted).map { snapshot in
        Scorecard(Facts(snapshot, expecting: example.site), rules: [rule]).results.map(\.outcome)
      }
      #expect(results[0] == results[1], "\(rule.id): \(example.title)")
    }
  }

  @Test func `no address and no local part is left in what is shown to strangers`() async throws {
    let zone = """
      @ MX 10 mail
      @ TXT "v=spf1 ip4:81.22.44.0/24 ip6:2a00:1234:5::/48 a:ip-81-22-44-7.example.com -all"
      _dmarc TXT "v=DMARC1; p=none; rua=mailto:jane.doe@example.com!10m,mailto:postmaster@example.com"
      _smtp._tls TXT "v=TLSRPTv1; rua=mailto:jane.doe@example.com"
      mail A 81.22.44.7
      mail AAAA 2a00:1234:5::7
      ip-81-22-44-7 A 81.22.44.7
      7.44.22.81.in-addr.arpa. PTR mail
      7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.0.0.0.4.3.2.1.0.0.a.2.ip6.arpa. PTR mail
      """
    let snapshot = try await World(zone).snapshot(senders: ["81.22.44.7", "2a00:1234:5::7"])
    let text = try Capture(Self.head, Redactor.redacting([snapshot], SeededGenerator())).text()
    for secret in ["81.22.44", "44.22.81", "81-22-44", "2a00:1234:5", "5.0.0.0.4.3.2.1", "jane"] {
      #expect(!text.contains(secret), "\(secret) is left")
    }
    #expect(text.contains("mailto:user1@example.com!10m,mailto:postmaster@example.com"))
    #expect(text.contains("-all"))
  }

  @Test(arguments: [
    "see https://list.example/query/ip/81.22.44.7", "client '81.22.44.7' is refused", "from 81.22.44.7:25",
    "81.22.44.0-81.22.44.255", "ip6:::ffff:81.22.44.7", "Hello ip-81-22-44-7", "81.22.44.7...",
    "“81.22.44.7”",
    "a:7.44.22.81.example.net", "http://ip-81-22-44-7.example.net:80/81.22.44.7/24/", "x_2a00:1234:5::7/48",
    "mailto:jane%2Bdoe@example.com", "mailto:jäne.doe@example.com",
  ])
  func `an address or a local part is found wherever it stands in text`(text: String) async throws {
    let snapshot = try await World("@ TXT \"\(text)\"\nmail A 81.22.44.7").snapshot(senders: ["81.22.44.7"])
    let shown = try Capture(Self.head, Redactor.redacting([snapshot], SeededGenerator())).text()
    let record = try #require(
      Redactor.redacting([snapshot], SeededGenerator())[0].answer(try Name("example.com"), .txt)?.records
        .first)
    guard case .txt(let txt) = record.data else { throw CancellationError() }
    let seen = String(decoding: txt.joined, as: UTF8.self)
    for secret in ["81.22.44", "81-22-44", "44.22.81", "2a00:1234:5", "jane", "jäne", "doe"] {
      #expect(!seen.contains(secret) && !shown.contains(secret), "\(seen)")
    }
  }

  @Test func `what was fetched is redacted, and what was wanted is kept`() throws {
    let name = try Name("example.com")
    let address = try #require(IPAddress("81.22.44.7"))
    var snapshot = Snapshot(
      request: AuditRequest(domain: name, probeLabel: "x", wanted: WantedEvidence(pages: [name])),
      environment: Environment(resolvers: [], zoneFiles: [], suffixList: "test"), started: World.time)
    let response = HTTPResponse(
      status: 200, contentType: ForeignOctets(Array("text/plain; for=81.22.44.7".utf8)),
      location: ForeignOctets(Array("https://81.22.44.7/?u=jane@example.com".utf8)),
      body: ForeignOctets(Array("<p>81.22.44.7</p>".utf8)), ending: .complete)
    let request = try FetchRequest(host: name, path: "/", addresses: [address], limits: .policy)
    snapshot.add(HTTPFetch(request, .response(response), from: address, withheld: [address], at: World.time))
    let redacted = try #require(Redactor.redacting([snapshot], SeededGenerator()).first)
    #expect(redacted.request.wanted == snapshot.request.wanted)
    let seen = try #require(redacted.fetches.first?.response)
    for octets in [seen.contentType?.octets ?? [], seen.location?.octets ?? [], seen.body.octets] {
      let text = String(decoding: octets, as: UTF8.self)
      #expect(!text.isEmpty && !text.contains("81.22.44.7") && !text.contains("jane"), "\(text)")
    }
    #expect(!"\(redacted.fetches)".contains("81.22.44.7"))
  }

  @Test func `addresses keep what they share, and special-purpose ones stay`() throws {
    var redactor = Redactor([], SeededGenerator())
    var generator = SeededGenerator(seed: 7)
    var seen: [IPAddress: IPAddress] = [:]
    for _ in 0..<2000 {
      let address = IPAddress.v4(IPv4Address(rawValue: UInt32.random(in: 0...UInt32.max, using: &generator)))
      let other = redactor.address(address)
      #expect(seen[other] == nil || seen[other] == address)
      seen[other] = address
      let block = SpecialPurpose.block(of: address)?.name
      #expect(SpecialPurpose.block(of: other)?.name == block)
      if block != nil { #expect(other == address) }
    }
    for text in ["81.22.44.0/23", "2a00:1234::/30", "0.0.0.0/0"] {
      let network = try #require(IPNetwork(text))
      let other = redactor.network(network)
      #expect(other.prefixLength == network.prefixLength && !other.hasHostBits)
      #expect(other.contains(redactor.address(network.address)))
    }
  }
}
