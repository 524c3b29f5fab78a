// A signed root, two top-level domains, and below them a zone for each algorithm and each disease.
import DNSData
import DNSSEC

package enum Hierarchy {
  package static let servers = Result { try make() }

  package static let algorithms = ["rsa", "rsa512", "p256", "p384", "ed25519", "ed448", "bind"]
  package static let denials = ["p256", "nsec3", "salted", "bind"]

  private static let body = """
    @ SOA ns hostmaster 1 7200 3600 1209600 300
    @ NS ns
    @ MX 10 www
    ns A 192.0.2.1
    www A 192.0.2.10
    www A 192.0.2.11
    _25._tcp.www TLSA 3 1 1 0000000000000000000000000000000000000000000000000000000000000000
    *.wild TXT "wildcard"
    host.wild A 192.0.2.12
    a.empty A 192.0.2.13
    alias CNAME www
    far CNAME www.ed25519.example.
    out CNAME www.plain.example.
    lost CNAME nothing.ed25519.example.
    old DNAME new
    x.new A 192.0.2.14
    """

  private static func make() throws -> NameServers {
    let tools = try SigningTools()
    var zones: [Name: [WireRecord]] = [:]
    var delegations = ["example.": "", "test.": ""]

    func add(
      _ label: String, below top: String = "example.", as request: SigningRequest, digest: Int? = 2
    ) throws {
      let zone = try tools.sign("\(label).\(top)", body, as: request)
      zones[try Name("\(label).\(top)")] = zone.records
      delegations[top, default: ""] += delegation(label, top, digest.flatMap { zone.delegation[$0] } ?? [])
    }
    func addUnsigned(_ label: String, below top: String) throws {
      zones[try Name("\(label).\(top)")] = try tools.unsigned("\(label).\(top)", body).records
      delegations[top, default: ""] += delegation(label, top, [])
    }

    try add("rsa", as: SigningRequest(algorithm: "RSASHA256"))
    try add("rsa512", as: SigningRequest(algorithm: "RSASHA512"))
    try add("p256", as: SigningRequest(algorithm: "ECDSAP256SHA256"))
    try add("p384", as: SigningRequest(algorithm: "ECDSAP384SHA384"), digest: 4)
    try add("ed25519", as: SigningRequest())
    try add("ed448", as: SigningRequest(algorithm: "ED448"))
    try add("bind", as: SigningRequest(tool: .bind, algorithm: "ECDSAP256SHA256"))
    try add("nsec3", as: SigningRequest(denial: .nsec3(iterations: 0, salt: "")))
    try add("salted", as: SigningRequest(denial: .nsec3(iterations: 5, salt: "beef")))
    try add("many", as: SigningRequest(denial: .nsec3(iterations: 500, salt: "")))
    try add("optout", as: SigningRequest(tool: .bind, denial: .optOut))
    try add("sha1", as: SigningRequest(algorithm: "RSASHA1"))
    try add("sha1ds", as: SigningRequest(), digest: 1)
    try add("expired", as: SigningRequest(inception: "20260301000000", expiration: "20260401000000"))
    try add("future", as: SigningRequest(inception: "20260801000000", expiration: "20260901000000"))
    try add("island", as: SigningRequest(), digest: nil)
    try addUnsigned("plain", below: "example.")
    // Algorithm 13 under a number that nobody has assigned.
    let other = try tools.sign("unknown.example.", body, as: SigningRequest(algorithm: "ECDSAP256SHA256"))
    let unknown = { (record: WireRecord) in record.replacingAlgorithm(13, by: 23) }
    zones[try Name("unknown.example.")] = other.records.map(unknown)
    delegations["example.", default: ""] += delegation(
      "unknown", "example.", other.delegation[2, default: []].map(unknown))
    let wrong = try tools.sign("wrong.example.", body, as: SigningRequest())
    zones[try Name("wrong.example.")] = wrong.records
    delegations["example.", default: ""] += delegation(
      "wrong", "example.",
      wrong.delegation[2, default: []].map {
        WireRecord($0.name, .ds, ttl: $0.ttl, rdata: $0.rdata.prefix(4) + [UInt8](repeating: 0, count: 32))
      })
    try add("signed", below: "test.", as: SigningRequest())
    try addUnsigned("plain", below: "test.")

    var rootText = "@ SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300\n@ NS ns.example.\n"
    for (top, request) in [
      ("example.", SigningRequest(algorithm: "ECDSAP256SHA256")),
      ("test.", SigningRequest(tool: .bind, algorithm: "ECDSAP256SHA256", denial: .optOut)),
    ] {
      let text = "@ SOA ns hostmaster 1 7200 3600 1209600 300\n@ NS ns\nns A 192.0.2.2\n"
      let zone = try tools.sign(top, text + (delegations[top] ?? ""), as: request)
      zones[try Name(top)] = zone.records
      rootText += delegation(top, "", zone.delegation[2] ?? [])
    }
    let root = try tools.sign(".", rootText, as: SigningRequest())
    zones[.root] = root.records
    let anchor = root.delegation[2, default: []].map { ". IN DS " + description($0) }.joined()
    return NameServers(
      zones: zones, anchors: try TrustAnchors(file: "anchor", octets: Array(anchor.utf8)))
  }

  private static func delegation(_ label: String, _ top: String, _ signers: [WireRecord]) -> String {
    signers.map { "\(label) DS \(description($0))\n" }.joined()
      + (top.isEmpty ? "\(label) NS ns.\(label)\n" : "\(label) NS ns.\(label).\(top)\n")
  }

  private static func description(_ record: WireRecord) -> String {
    (try? RecordData(type: record.type, rdata: record.rdata).description) ?? ""
  }
}

extension WireRecord {
  fileprivate func replacingAlgorithm(_ old: UInt8, by new: UInt8) -> WireRecord {
    let position: Int? =
      switch type {
      case .dnskey: 3
      case .rrsig, .ds: 2
      default: nil
      }
    guard let position, rdata[safe: position] == old else { return self }
    return WireRecord(
      name, type, ttl: ttl, rdata: rdata.prefix(position) + [new] + rdata.dropFirst(position + 1))
  }
}
