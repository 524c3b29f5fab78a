// The one owner of a packet that libldns parsed. Everything is copied out as octets; no pointer leaves a function.

internal import CLDNS
internal import DNSData

struct IncomingPacket: ~Copyable {
  private let handle: UnsafeMutablePointer<ldns_pkt>

  private init(taking handle: UnsafeMutablePointer<ldns_pkt>) { self.handle = handle }

  deinit { ldns_pkt_free(handle) }

  /// `octets` must have passed `checkMessage`.
  init(checked octets: [UInt8]) throws(MessageError) {
    var handle: UnsafeMutablePointer<ldns_pkt>?
    let status = ldns_wire2pkt(&handle, octets, octets.count)
    guard status == LDNS_STATUS_OK, let handle else {
      throw .notParsed(ldns_get_errorstr_by_id(status).map { String(cString: $0) } ?? "unknown error")
    }
    self.init(taking: handle)
  }

  /// The upper eight bits of the response code, from the OPT record (RFC 6891 §6.1.3); 0 without one.
  borrowing func extendedResponseCode() -> UInt8 { ldns_pkt_edns_extended_rcode(handle) }

  borrowing func ednsVersion() -> UInt8 { ldns_pkt_edns_version(handle) }

  /// nil without EDNS.
  borrowing func ednsPayload() -> UInt16? {
    ldns_pkt_edns(handle) != 0 ? ldns_pkt_edns_udp_size(handle) : nil
  }

  borrowing func ednsOptions() -> [UInt8] { octets(of: ldns_pkt_edns_data(handle)) }

  enum Section: CaseIterable { case answer, authority, additional }

  /// The records of class IN in their order. libldns expands the names in RDATA and changes nothing else there, not
  /// even the case of letters.
  borrowing func records(in section: Section) throws(MessageError) -> [WireRecord] {
    let list =
      switch section {
      case .answer: ldns_pkt_answer(handle)
      case .authority: ldns_pkt_authority(handle)
      case .additional: ldns_pkt_additional(handle)
      }
    var records: [WireRecord] = []
    for index in 0..<ldns_rr_list_rr_count(list) {
      guard let record = ldns_rr_list_rr(list, index), ldns_rr_get_class(record) == LDNS_RR_CLASS_IN else {
        continue
      }
      records.append(try copy(record))
    }
    return records
  }

  private borrowing func copy(_ record: UnsafeMutablePointer<ldns_rr>) throws(MessageError) -> WireRecord {
    let type = RecordType(rawValue: UInt16(truncatingIfNeeded: ldns_rr_get_type(record).rawValue))
    var rdata: [UInt8] = []
    for index in 0..<ldns_rr_rd_count(record) { append(ldns_rr_rdf(record, index), to: &rdata) }
    do {
      let name = try Name(wire: octets(of: ldns_rr_owner(record)))
      return WireRecord(name, type, ttl: ldns_rr_ttl(record), rdata: rdata)
    } catch {
      throw .badRecord(type, "\(error)")
    }
  }

  private borrowing func octets(of field: UnsafeMutablePointer<ldns_rdf>?) -> [UInt8] {
    var octets: [UInt8] = []
    append(field, to: &octets)
    return octets
  }

  private borrowing func append(_ field: UnsafeMutablePointer<ldns_rdf>?, to octets: inout [UInt8]) {
    guard let field, let data = ldns_rdf_data(field) else { return }
    octets.append(contentsOf: UnsafeBufferPointer(start: data, count: ldns_rdf_size(field)))
  }
}
