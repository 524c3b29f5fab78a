/// Where trust begins: keys of zones that are believed without proof, as DS or DNSKEY records.
package import DNSData

package struct TrustAnchors: Hashable, Sendable {
  struct Anchor: Hashable {
    var signers: [DS] = []
    var keys: [DNSKEY] = []
  }

  let anchors: [Name: Anchor]

  /// The key-signing keys of the root: KSK-2017 and KSK-2024 (IANA, root-anchors.xml).
  package static let iana = TrustAnchors([
    Name.root: Anchor(signers: [
      DS(
        keyTag: 20326, algorithm: 8, digestType: 2,
        digest: [
          0xE0, 0x6D, 0x44, 0xB8, 0x0B, 0x8F, 0x1D, 0x39, 0xA9, 0x5C, 0x0B, 0x0D, 0x7C, 0x65, 0xD0, 0x84,
          0x58, 0xE8, 0x80, 0x40, 0x9B, 0xBC, 0x68, 0x34, 0x57, 0x10, 0x42, 0x37, 0xC7, 0xF8, 0xEC, 0x8D,
        ]),
      DS(
        keyTag: 38696, algorithm: 8, digestType: 2,
        digest: [
          0x68, 0x3D, 0x2D, 0x0A, 0xCB, 0x8C, 0x9B, 0x71, 0x2A, 0x19, 0x48, 0xB2, 0x7F, 0x74, 0x12, 0x19,
          0x29, 0x8D, 0x0A, 0x45, 0x0D, 0x61, 0x2C, 0x48, 0x3A, 0xF4, 0x44, 0xA4, 0xC0, 0xFB, 0x2B, 0x16,
        ]),
    ])
  ])

  private init(_ anchors: [Name: Anchor]) { self.anchors = anchors }

  /// A master file of DS and DNSKEY records and nothing else, with at least one; throws with file and line.
  package init(file: String, octets: [UInt8]) throws(ZoneFileError) {
    let zone = try ZoneFile(name: file, octets: octets)
    func fault(_ line: Int, _ reason: String) -> ZoneFileError {
      ZoneFileError(file: file, line: line, reason: reason)
    }
    var anchors: [Name: Anchor] = [:]
    for entry in zone.entries {
      switch entry.record.data {
      case .ds(let signer): anchors[entry.record.name, default: Anchor()].signers.append(signer)
      case .dnskey(let key):
        guard key.isZoneKey, !key.isRevoked else {
          throw fault(
            entry.line, "this DNSKEY is revoked or no zone key, so that nothing can be trusted by it")
        }
        anchors[entry.record.name, default: Anchor()].keys.append(key)
      case .a, .aaaa, .ns, .cname, .ptr, .mx, .txt, .soa, .srv, .tlsa, .caa, .rrsig, .nsec, .nsec3, .unknown:
        throw fault(
          entry.line, "a \(entry.record.type) record is no trust anchor: DS or DNSKEY records are expected")
      }
    }
    if let unread = zone.unread.first {
      throw fault(
        unread.line, "a \(unread.mnemonic) record is no trust anchor: DS or DNSKEY records are expected")
    }
    guard !anchors.isEmpty else {
      throw fault(1, "there is no trust anchor in this file: DS or DNSKEY records are expected")
    }
    self.anchors = anchors
  }

  /// As they stand in a Snapshot; other records are left out.
  package init(_ records: [Record]) {
    var anchors: [Name: Anchor] = [:]
    for record in records {
      switch record.data {
      case .ds(let signer): anchors[record.name, default: Anchor()].signers.append(signer)
      case .dnskey(let key): anchors[record.name, default: Anchor()].keys.append(key)
      default: continue
      }
    }
    self.anchors = anchors
  }

  /// By name; their TTL means nothing.
  package var records: [Record] {
    anchors.sorted { $0.key < $1.key }.flatMap { name, anchor in
      (anchor.signers.map(RecordData.ds) + anchor.keys.map(RecordData.dnskey)).map {
        Record(name, ttl: 0, $0)
      }
    }
  }

  /// The lowest zone with an anchor at or above `name`.
  func nearest(to name: Name) -> Name? { name.selfAndAncestors.first { anchors[$0] != nil } }
}

extension TrustAnchors.Anchor {
  var algorithms: Set<UInt8> { Set(signers.map(\.algorithm) + keys.map(\.algorithm)) }

  func names(_ key: DNSKEY, of zone: Name) -> Bool {
    keys.contains(key)
      || signers.prefix(ValidationLimit.delegationSigners).contains { $0.names(key, of: zone) }
  }
}
