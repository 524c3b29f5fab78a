/// DANE (RFC 6698, updated by RFC 7671; RFC 7672 for SMTP) over a chain as it was sent and TLSA records, by
/// OpenSSL's own implementation, which Postfix uses too; no handshake is needed.
///
/// Usage 3, DANE-EE, looks at neither names nor dates (RFC 7671 §5.1). Usage 2, DANE-TA, wants a path from the
/// server's certificate to one that matches, in date and for one of the names (§5.2, RFC 7672 §3.1.2); as OpenSSL
/// and Postfix do, the common name counts where a certificate has no DNS name. Whether the records came with a
/// secure answer is the caller's to know.
import COpenSSL
package import DNSData
package import Evidence

package enum DANEUsages: Sendable {
  /// 2 and 3: the others are unusable for SMTP (RFC 7672 §3.1.3).
  case mail
  /// 0 to 3 (RFC 7673 §4.1); 0 and 1 also want a path to the store.
  case all(TrustStore)
}

package enum DANEVerdict: Hashable, Sendable {
  /// Nothing to authenticate with: every record is unusable, or there is none.
  case noUsableRecord
  case authenticated(DANEMatch)
  /// With the record that matched a certificate all the same, when a name, a date or the path was wrong.
  case failed(PathError, matched: DANEMatch?)
}

package struct DANEMatch: Hashable, Sendable {
  package let record: TLSA
  /// Of the certificate that it matches; 0 is the server's own.
  package let depth: Int

  package init(record: TLSA, depth: Int) {
    self.record = record
    self.depth = depth
  }
}

package enum DANEAuthentication {
  /// `names` are the reference identifiers, any of which will do (RFC 7672 §3.2.3); at least one must be usable.
  package static func judge(
    _ chain: [ForeignOctets], against records: [TLSA], names: [Name], at time: Timestamp,
    usages: DANEUsages = .mail
  ) throws(CertificateError) -> DANEVerdict {
    let texts = names.compactMap(\.certificateText)
    // Without a name OpenSSL would check none.
    guard !texts.isEmpty else { throw .unusableName }
    let stack = try CertificateChain(chain)
    guard let library = DANELibrary.shared else { throw .outOfMemory }
    let session = try DANESession(library)
    let usable = usages.permitted(records).count { session.add($0) }
    guard usable > 0 else { return .noUsableRecord }
    switch usages {
    case .mail: return try session.judge(stack, texts, time, store: library.emptyStore)
    case .all(let store):
      return try store.withPointer { pointer throws(CertificateError) in
        try session.judge(stack, texts, time, store: pointer)
      }
    }
  }
}

extension DANEUsages {
  fileprivate func permitted(_ records: [TLSA]) -> [TLSA] {
    switch self {
    case .mail: records.filter { $0.usage == 2 || $0.usage == 3 }
    case .all: records
    }
  }
}

/// What OpenSSL wants around its DANE functions; both are only read after `init`.
private final class DANELibrary: @unchecked Sendable {
  static let shared = DANELibrary()

  let context: OpaquePointer
  let emptyStore: OpaquePointer

  private init?() {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
    guard SSL_CTX_dane_enable(context) == 1, let store = X509_STORE_new() else {
      SSL_CTX_free(context)
      return nil
    }
    // RFC 7671 §5.1.
    SSL_CTX_dane_set_flags(context, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
    self.context = context
    emptyStore = store
  }

  deinit {
    X509_STORE_free(emptyStore)
    SSL_CTX_free(context)
  }
}

/// The owner of an SSL that never speaks: OpenSSL keeps TLSA records in one.
private struct DANESession: ~Copyable {
  private let pointer: OpaquePointer

  init(_ library: DANELibrary) throws(CertificateError) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let session = SSL_new(library.context) else { throw .outOfMemory }
    guard SSL_dane_enable(session, nil) == 1 else {
      SSL_free(session)
      throw .outOfMemory
    }
    pointer = session
  }

  deinit { SSL_free(pointer) }

  /// Whether the record is usable.
  func add(_ record: TLSA) -> Bool {
    ERR_clear_error()
    defer { ERR_clear_error() }
    return SSL_dane_tlsa_add(
      pointer, record.usage, record.selector, record.matchingType, record.association,
      record.association.count) == 1
  }

  func judge(
    _ chain: CertificateChain, _ names: [String], _ time: Timestamp, store: OpaquePointer
  ) throws(CertificateError) -> DANEVerdict {
    let path = try CertificatePath.validate(
      chain, store: store, dates: .checked(at: time), names: names, dane: SSL_get0_dane(pointer))
    if let error = path.error { return .failed(error, matched: match) }
    guard let match else { throw .outOfMemory }
    return .authenticated(match)
  }

  private var match: DANEMatch? {
    var usage: UInt8 = 0
    var selector: UInt8 = 0
    var matchingType: UInt8 = 0
    var data: UnsafePointer<UInt8>?
    var count = 0
    // The SSL's own verify result is X509_V_OK, since it never verified: else the match would be hidden.
    let depth = SSL_get0_dane_tlsa(pointer, &usage, &selector, &matchingType, &data, &count)
    guard depth >= 0, let data else { return nil }
    return DANEMatch(
      record: TLSA(
        usage: usage, selector: selector, matchingType: matchingType,
        association: Array(UnsafeBufferPointer(start: data, count: count))), depth: Int(depth))
  }
}
