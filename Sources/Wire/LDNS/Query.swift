// Queries in wire form, built with libldns (RFC 1035 §4.1, RFC 6891, RFC 3225), and the random case of letters
// that makes answers harder to forge (draft-vixie-dnsext-dns0x20).

internal import CLDNS
package import DNSData

/// A query for one question of class IN. AD is off, CD and DO as told.
package struct Query: Hashable, Sendable {
  package enum Recursion: Sendable { case desired, notDesired }

  /// Should the resolver validate (RFC 4035 §3.2.2)?
  package enum Checking: Sendable { case enabled, disabled }

  package enum EDNS: Hashable, Sendable {
    case none
    /// With DO set; `payload` is the largest UDP answer taken, in octets.
    case dnssecOK(payload: UInt16, novelty: Novelty? = nil)

    /// What no server can know yet, to see whether it does with it as RFC 6891 says. The values are those of RFC 8906.
    package enum Novelty: Sendable {
      /// Option 100, empty (RFC 8906 §8.2.3).
      case option
      /// The flag 0x40 (RFC 8906 §8.2.4).
      case flag
      /// Version 1 (RFC 8906 §8.2.2).
      case version
    }

    /// What passes unfragmented nearly everywhere (RFC 9715 §3.2 and the DNS flag day of 2020).
    package static let standard = EDNS.dnssecOK(payload: 1232)

    package static func standard(with novelty: Novelty) -> EDNS { .dnssecOK(payload: 1232, novelty: novelty) }
  }

  package let question: Question
  package let id: UInt16
  /// The whole message.
  package private(set) var octets: [UInt8]

  /// Throws when libldns has no memory, or asks something else than it was told to (type 0, say).
  package init(
    _ question: Question, id: UInt16, recursion: Recursion, checking: Checking = .enabled,
    edns: EDNS = .standard
  ) throws(QueryError) {
    self.question = question
    self.id = id
    let packet = try OutgoingPacket(question, recursion: recursion)
    octets = try packet.octets(id: id, checking: checking, edns: edns)
    guard questionOctets.elementsEqual(Self.wire(question)) else { throw QueryError() }
  }

  /// Name, type and class as they stand in the message.
  package var questionOctets: ArraySlice<UInt8> {
    octets.dropFirst(MessageHead.length).prefix(question.name.wire.count + 4)
  }

  /// Gives each letter of the name upper or lower case by one random bit.
  package mutating func randomizeCase(using generator: inout some RandomNumberGenerator) {
    var bits: UInt64 = 0
    var held = 0
    let end = min(octets.count, MessageHead.length + question.name.wire.count)
    for index in MessageHead.length..<max(MessageHead.length, end) {
      // Length octets are at most 63, below every letter.
      guard (0x61...0x7A).contains(octets[index].lowercasedASCII) else { continue }
      if held == 0 { (bits, held) = (generator.next(), 64) }
      octets[index] = octets[index].lowercasedASCII ^ (bits & 1 == 1 ? 0x20 : 0)
      bits >>= 1
      held -= 1
    }
  }

  private static func wire(_ question: Question) -> [UInt8] {
    let type = question.type.rawValue
    return question.name.wire + [UInt8(type >> 8), UInt8(type & 0xFF), 0, 1]
  }
}

/// libldns could not build the query.
package struct QueryError: Error, Hashable, CustomStringConvertible {
  package var description: String { "the query could not be built" }
}

/// Owns a packet that is being built.
private struct OutgoingPacket: ~Copyable {
  private let handle: UnsafeMutablePointer<ldns_pkt>

  private init(taking handle: UnsafeMutablePointer<ldns_pkt>) { self.handle = handle }

  deinit { ldns_pkt_free(handle) }

  init(_ question: Question, recursion: Query.Recursion) throws(QueryError) {
    let flags =
      switch recursion {
      case .desired: UInt16(LDNS_RD)
      case .notDesired: UInt16(0)
      }
    let wire = question.name.wire
    guard let name = ldns_dname_new_frm_data(UInt16(wire.count), wire) else { throw QueryError() }
    // The packet owns the name from here on; without a packet it is still ours.
    guard
      let handle = ldns_pkt_query_new(
        name, ldns_rr_type(rawValue: UInt32(question.type.rawValue)), LDNS_RR_CLASS_IN, flags)
    else {
      ldns_rdf_deep_free(name)
      throw QueryError()
    }
    self.init(taking: handle)
  }

  borrowing func octets(
    id: UInt16, checking: Query.Checking, edns: Query.EDNS
  ) throws(QueryError) -> [UInt8] {
    // The bool of ldns/common.h is a char.
    let (no, yes): (CChar, CChar) = (0, 1)
    ldns_pkt_set_id(handle, id)
    ldns_pkt_set_ad(handle, no)
    switch checking {
    case .enabled: ldns_pkt_set_cd(handle, no)
    case .disabled: ldns_pkt_set_cd(handle, yes)
    }
    switch edns {
    case .none: break
    case .dnssecOK(let payload, let novelty):
      ldns_pkt_set_edns_udp_size(handle, payload)
      ldns_pkt_set_edns_do(handle, yes)
      if let novelty { try add(novelty) }
    }
    // Not ldns_pkt2wire, which takes 64 KB for each query.
    let buffer = try OutgoingBuffer()
    return try buffer.octets(of: handle)
  }
}

extension OutgoingPacket {
  private borrowing func add(_ novelty: Query.EDNS.Novelty) throws(QueryError) {
    switch novelty {
    case .option:
      let option: [UInt8] = [0, 100, 0, 0]
      guard let data = ldns_rdf_new_frm_data(LDNS_RDF_TYPE_UNKNOWN, option.count, option) else {
        throw QueryError()
      }
      ldns_pkt_set_edns_data(handle, data)
    case .flag: ldns_pkt_set_edns_z(handle, ldns_pkt_edns_z(handle) | 0x40)
    case .version: ldns_pkt_set_edns_version(handle, 1)
    }
  }
}

/// Owns a buffer that libldns writes to.
private struct OutgoingBuffer: ~Copyable {
  private let handle: UnsafeMutablePointer<ldns_buffer>

  private init(taking handle: UnsafeMutablePointer<ldns_buffer>) { self.handle = handle }

  deinit { ldns_buffer_free(handle) }

  init() throws(QueryError) {
    guard let handle = ldns_buffer_new(512) else { throw QueryError() }
    self.init(taking: handle)
  }

  borrowing func octets(of packet: UnsafeMutablePointer<ldns_pkt>) throws(QueryError) -> [UInt8] {
    guard ldns_pkt2buffer_wire(handle, packet) == LDNS_STATUS_OK, let start = ldns_buffer_begin(handle) else {
      throw QueryError()
    }
    return Array(UnsafeBufferPointer(start: start, count: ldns_buffer_position(handle)))
  }
}
