/// A record set with its signatures, and the octets that these cover (RFC 4034 §3.1.8.1, §6).
internal import DNSData

struct RecordSet {
  let name: Name
  let type: RecordType
  /// No two alike.
  let rdata: Set<[UInt8]>
  /// In the order in which they came.
  let signatures: [RRSIG]

  var question: Question { Question(name, type) }

  /// The record sets of one section of a message; signatures that do not decode are left out.
  static func sets(in section: [WireRecord]) -> [RecordSet] {
    var order: [Question] = []
    var rdata: [Question: Set<[UInt8]>] = [:]
    var signatures: [Question: [RRSIG]] = [:]
    for record in section {
      guard record.type != .rrsig else {
        if let data = try? RecordData(type: .rrsig, rdata: record.rdata), case .rrsig(let signature) = data {
          signatures[Question(record.name, signature.covered), default: []].append(signature)
        }
        continue
      }
      let question = Question(record.name, record.type)
      if rdata[question] == nil { order.append(question) }
      rdata[question, default: []].insert(record.rdata)
    }
    return order.map {
      RecordSet(name: $0.name, type: $0.type, rdata: rdata[$0] ?? [], signatures: signatures[$0] ?? [])
    }
  }

  /// Records that do not decode are left out.
  var values: [RecordData] {
    rdata.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { try? RecordData(type: type, rdata: $0) }
  }

  /// RFC 4034 §3.1.3: without the root label and a leading asterisk.
  var labelCount: Int { name.labelCount - (name.isWildcard ? 1 : 0) }

  /// What `signature` covers; nil when it cannot be one of this set.
  func signedOctets(by signature: RRSIG) -> [UInt8]? {
    guard signature.covered == type, Int(signature.labels) <= labelCount,
      let owner = Int(signature.labels) < labelCount
        ? try? name.ancestor(labelCount: Int(signature.labels)).prepending("*") : name
    else { return nil }
    let head = RRSIG(
      covered: signature.covered, algorithm: signature.algorithm, labels: signature.labels,
      originalTTL: signature.originalTTL, expiration: signature.expiration, inception: signature.inception,
      keyTag: signature.keyTag, signer: signature.signer, signature: [])
    let prefix =
      owner.wire + Self.octets(type.rawValue) + Self.octets(1)
      + Self.octets(UInt16(truncatingIfNeeded: signature.originalTTL >> 16))
      + Self.octets(UInt16(truncatingIfNeeded: signature.originalTTL))
    return Set(rdata.map { CanonicalRDATA.octets($0, type: type) })
      .sorted { $0.lexicographicallyPrecedes($1) }
      .reduce(into: RecordData.rrsig(head).rdata) { octets, rdata in
        octets += prefix
        octets += Self.octets(UInt16(truncatingIfNeeded: rdata.count))
        octets += rdata
      }
  }

  private static func octets(_ number: UInt16) -> [UInt8] {
    [UInt8(number >> 8), UInt8(number & 0xFF)]
  }
}

/// RFC 4034 §6.2 as RFC 6840 §5.1 has it: names in lower case in the types listed there, which NSEC is not.
enum CanonicalRDATA {
  static func octets(_ rdata: [UInt8], type: RecordType) -> [UInt8] {
    switch type.rawValue {
    // NS MD MF CNAME MB MG MR PTR NXT DNAME
    case 2, 3, 4, 5, 7, 8, 9, 12, 30, 39: lowercased(rdata, names: 1, from: 0)
    // SOA MINFO RP
    case 6, 14, 17: lowercased(rdata, names: 2, from: 0)
    // MX AFSDB RT KX
    case 15, 18, 21, 36: lowercased(rdata, names: 1, from: 2)
    case 24: lowercased(rdata, names: 1, from: 18)  // SIG
    case 26: lowercased(rdata, names: 2, from: 2)  // PX
    case 33: lowercased(rdata, names: 1, from: 6)  // SRV
    case 35: lowercased(rdata, names: 1, from: endOfStrings(rdata, count: 3, from: 4))  // NAPTR
    default: rdata
    }
  }

  private static func endOfStrings(_ rdata: [UInt8], count: Int, from start: Int) -> Int {
    var index = start
    for _ in 0..<count where index < rdata.count { index += 1 + Int(rdata[index]) }
    return index
  }

  /// Octets that are no names stay as they are: such a record has no valid signature anyway.
  private static func lowercased(_ rdata: [UInt8], names: Int, from start: Int) -> [UInt8] {
    var octets = rdata
    var index = start
    for _ in 0..<names {
      while index < octets.count, octets[index] > 0 {
        let end = min(index + 1 + Int(octets[index]), octets.count)
        for position in (index + 1)..<max(end, index + 1) {
          octets[position] = octets[position].lowercasedASCII
        }
        index = end
      }
      index += 1
    }
    return octets
  }
}
