// A zone whose every record and signature a test makes itself, with Ed25519 keys of OpenSSL: what no tool signs.
import DNSData
import DNSSEC
import SigningTesting

final class OwnZone {
  static let name = "own."
  static let now = "2026-06-01T00:00:00Z"

  let zone: Name
  private let tools: SigningTools
  private let publicKey: [UInt8]
  var records: [WireRecord] = []

  /// Holds its key set alone.
  init() throws {
    tools = try SigningTools()
    zone = try Name(Self.name)
    _ = try tools.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "key"])
    _ = try tools.run(["openssl", "pkey", "-in", "key", "-pubout", "-outform", "DER", "-out", "public"])
    publicKey = try tools.read("public").suffix(32)
  }

  func key(flags: UInt16 = 257) -> DNSKEY {
    DNSKEY(flags: flags, protocol: 3, algorithm: 15, publicKey: publicKey)
  }

  struct Change {
    var labels: UInt8?
    var signer: Name?
    var inception: UInt32 = 1_777_593_600  // 2026-05-01
    var expiration: UInt32 = 1_782_864_000  // 2026-07-01
    var flags: UInt16 = 257
  }

  func add(_ name: String, _ type: RecordType, _ rdata: [[UInt8]], _ change: Change = Change()) throws {
    let owner = try Name(name)
    records += rdata.map { WireRecord(owner, type, ttl: 300, rdata: $0) }
    records.append(try signature(of: owner, type, rdata, change))
  }

  func add(_ name: String, _ data: [RecordData], _ change: Change = Change()) throws {
    guard let type = data.first?.type else { return }
    try add(name, type, data.map(\.rdata), change)
  }

  /// RFC 4034 §3.1.8.1, for records that are in canonical form.
  func signature(
    of owner: Name, _ type: RecordType, _ rdata: [[UInt8]], _ change: Change = Change()
  ) throws -> WireRecord {
    let labels = change.labels ?? UInt8(owner.labelCount - (owner.isWildcard ? 1 : 0))
    func record(_ signature: [UInt8]) -> [UInt8] {
      RecordData.rrsig(
        RRSIG(
          covered: type, algorithm: 15, labels: labels, originalTTL: 300, expiration: change.expiration,
          inception: change.inception, keyTag: key(flags: change.flags).keyTag,
          signer: change.signer ?? zone, signature: signature)
      ).rdata
    }
    var octets = record([])
    for rdata in rdata.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      octets += owner.wire + [UInt8(type.rawValue >> 8), UInt8(type.rawValue & 0xFF), 0, 1, 0, 0, 1, 44]
      octets += [UInt8(rdata.count >> 8), UInt8(rdata.count & 0xFF)] + rdata
    }
    try tools.write(octets, to: "octets")
    _ = try tools.run([
      "openssl", "pkeyutl", "-sign", "-inkey", "key", "-rawin", "-in", "octets", "-out", "signature",
    ])
    return WireRecord(owner, .rrsig, ttl: 300, rdata: record(try tools.read("signature")))
  }

  /// The servers of this zone alone, trusted by its key.
  func servers() throws -> NameServers {
    let anchor = "\(zone) IN DNSKEY \(RecordData.dnskey(key()))"
    return NameServers(
      zones: [zone: records], anchors: try TrustAnchors(file: "anchor", octets: Array(anchor.utf8)))
  }

  /// A key that verifies nothing and has the tag of the real one.
  func decoy(_ number: UInt8) -> DNSKEY {
    func key(last word: UInt16) -> DNSKEY {
      let octets = [UInt8](repeating: number, count: 30) + [UInt8(word >> 8), UInt8(word & 0xFF)]
      return DNSKEY(flags: 256, protocol: 3, algorithm: 15, publicKey: octets)
    }
    // The tag is a sum of words with its carry added, so that one word makes up the difference, but for one.
    let difference = self.key().keyTag &- key(last: 0).keyTag
    let decoys = [difference, difference &- 1, difference &+ 1].map(key(last:))
    return decoys.first { $0.keyTag == self.key().keyTag } ?? self.key()
  }
}
