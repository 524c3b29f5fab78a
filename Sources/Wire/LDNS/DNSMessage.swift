// A message as a value (RFC 1035 §4.1, RFC 6891, RFC 8914): checked by the walk, parsed by libldns, copied out.

package import DNSData

package struct DNSMessage: Hashable, Sendable {
  package let head: MessageHead
  /// All twelve bits (RFC 6891 §6.1.3).
  package let responseCode: Int
  /// nil without a question, or when its class is not IN; `head` has its octets.
  package let question: Question?
  /// Records of class IN; the OPT record is in `edns`.
  package let answer, authority, additional: [Record]
  /// The same records as they were sent, for validators.
  package let wireAnswer, wireAuthority: [WireRecord]
  /// nil when the message has no OPT record.
  package let edns: EDNS?

  package struct EDNS: Hashable, Sendable {
    package let version: UInt8
    /// The largest UDP message that the sender takes, in octets.
    package let payload: UInt16
    /// RFC 8914; at most `extendedErrorLimit` of them.
    package let extendedErrors: [ExtendedError]
  }

  package var id: UInt16 { head.id }
  package var flags: MessageFlags { head.flags }
  package var extendedErrors: [ExtendedError] { edns?.extendedErrors ?? [] }

  /// From a whole message of any origin. Throws for what is malformed or beyond a limit; a record of class IN
  /// whose RDATA does not decode makes the whole message malformed.
  package init(_ octets: [UInt8]) throws(MessageError) {
    try checkMessage(octets)
    guard let head = MessageHead(octets) else { throw .cutShort(in: "the question") }
    let packet = try IncomingPacket(checked: octets)
    self.head = head
    question = head.question
    responseCode = Int(packet.extendedResponseCode()) << 4 | Int(head.flags.responseCode)
    wireAnswer = try packet.records(in: .answer)
    wireAuthority = try packet.records(in: .authority)
    answer = try Self.decoded(wireAnswer)
    authority = try Self.decoded(wireAuthority)
    additional = try Self.decoded(try packet.records(in: .additional))
    edns = packet.ednsPayload().map { [options = packet.ednsOptions(), version = packet.ednsVersion()] in
      EDNS(version: version, payload: $0, extendedErrors: Self.extendedErrors(in: options[...]))
    }
  }

  /// From the first message of a zone transfer (RFC 5936 §2.2), of which the first record is all that is read: the
  /// others may well be more than is read of a message.
  package init(opening octets: [UInt8]) throws(MessageError) {
    var octets = octets
    if octets.count >= MessageHead.length, octets[6..<8] != [0, 0] {
      octets.replaceSubrange(6..<12, with: [0, 1, 0, 0, 0, 0])
    }
    try self.init(octets)
  }

  private static func decoded(_ records: [WireRecord]) throws(MessageError) -> [Record] {
    try records.map { record throws(MessageError) in
      do {
        return Record(
          record.name, ttl: record.ttl, try RecordData(type: record.type, rdata: record.rdata))
      } catch {
        throw .badRecord(record.type, "\(error)")
      }
    }
  }

  package static let extendedErrorLimit = 8
  private static let extendedErrorOption: UInt16 = 15

  /// The options of an OPT record (RFC 6891 §6.1.2). One that runs past the end is dropped, and what follows it:
  /// the answer is no less true for that.
  private static func extendedErrors(in options: ArraySlice<UInt8>) -> [ExtendedError] {
    var errors: [ExtendedError] = []
    var rest = options
    while rest.count >= 4, errors.count < extendedErrorLimit {
      let code = rest.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
      let length = Int(rest.dropFirst(2).prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) })
      rest = rest.dropFirst(4)
      guard length <= rest.count else { break }
      let value = rest.prefix(length)
      rest = rest.dropFirst(length)
      guard code == extendedErrorOption, value.count >= 2 else { continue }
      errors.append(
        ExtendedError(
          code: value.prefix(2).reduce(0) { $0 << 8 | UInt16($1) }, text: Array(value.dropFirst(2))))
    }
    return errors
  }
}
