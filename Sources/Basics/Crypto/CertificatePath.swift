/// One path validation by OpenSSL (RFC 5280 §6): the chain as it was sent against a store, at a given time.
/// Nothing is fetched, and no CRL is looked at.
import COpenSSL
import DNSData
import Evidence

struct CertificatePath {
  /// nil if the path is good.
  let error: PathError?
  /// The certificates on the path that was tried, the server's own first; at least that one.
  let validities: [Validity]

  struct Validity {
    let notBefore, notAfter: Timestamp?
  }

  enum Dates {
    case checked(at: Timestamp)
    case ignored
  }

  /// More intermediate certificates than anybody has; each costs a signature check (default: 100).
  static let maximumDepth: Int32 = 16

  /// `store` and `dane` must outlive the call. `names` are text for X509_VERIFY_PARAM_set1_host; with none, no
  /// name is checked.
  static func validate(
    _ chain: CertificateChain, store: OpaquePointer, dates: Dates, names: [String] = [],
    dane: OpaquePointer? = nil
  ) throws(CertificateError) -> CertificatePath {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let context = X509_STORE_CTX_new() else { throw .outOfMemory }
    defer { X509_STORE_CTX_free(context) }
    guard X509_STORE_CTX_init(context, store, chain.leaf, chain.pointer) == 1,
      X509_STORE_CTX_set_default(context, "ssl_server") == 1,
      let parameters = X509_STORE_CTX_get0_param(context)
    else { throw .outOfMemory }
    X509_VERIFY_PARAM_set_depth(parameters, maximumDepth)
    // Weak keys and digests are facts of their own: they must not pass for a missing path.
    X509_VERIFY_PARAM_set_auth_level(parameters, 0)
    X509_VERIFY_PARAM_clear_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    switch dates {
    // A time that is set would be looked at in spite of the flag.
    case .ignored: X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_NO_CHECK_TIME))
    case .checked(let time): X509_VERIFY_PARAM_set_time(parameters, time_t(time.seconds))
    }
    X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
    for name in names {
      guard X509_VERIFY_PARAM_add1_host(parameters, name, name.utf8.count) == 1 else { throw .outOfMemory }
    }
    if let dane { X509_STORE_CTX_set0_dane(context, dane) }
    let isGood = X509_verify_cert(context) == 1
    return CertificatePath(error: isGood ? nil : error(of: context), validities: validities(context, chain))
  }

  private static func error(of context: OpaquePointer) -> PathError {
    let found = X509_STORE_CTX_get_error(context)
    // A failure without a number is one of the library's own.
    let code = found == X509_V_OK ? X509_V_ERR_UNSPECIFIED : found
    return PathError(
      code: Int(code), reason: X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "",
      depth: Int(max(0, X509_STORE_CTX_get_error_depth(context))))
  }

  private static func validities(_ context: OpaquePointer, _ chain: CertificateChain) -> [Validity] {
    guard let path = X509_STORE_CTX_get0_chain(context), OPENSSL_sk_num(path) > 0 else {
      return [validity(chain.leaf)]
    }
    return (0..<OPENSSL_sk_num(path)).map { validity(OPENSSL_sk_value(path, $0).map { OpaquePointer($0) }) }
  }

  private static func validity(_ certificate: OpaquePointer?) -> Validity {
    Validity(
      notBefore: CertificateHandle.timestamp(X509_get0_notBefore(certificate)),
      notAfter: CertificateHandle.timestamp(X509_get0_notAfter(certificate)))
  }
}

extension DateVerdict {
  /// Of the first certificate out of its dates.
  init(_ validities: some Collection<CertificatePath.Validity>, at time: Timestamp) {
    for (depth, validity) in validities.enumerated() {
      guard let notBefore = validity.notBefore, let notAfter = validity.notAfter else {
        self = .unreadable(depth: depth)
        return
      }
      if time < notBefore {
        self = .notYetValid(notBefore, depth: depth)
        return
      }
      // RFC 5280 §4.1.2.5 counts the last second in, OpenSSL does not: it decides as clients do.
      if time >= notAfter {
        self = .expired(notAfter, depth: depth)
        return
      }
    }
    self = .inDate
  }
}
