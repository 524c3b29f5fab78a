/// The thread's error queue, as a failure of TLS. To be read straight after the call that failed.
import COpenSSL
import Evidence

enum ErrorQueue {
  /// OpenSSL's reason for an alert that came is this number and the alert's (SSL_AD_REASON_OFFSET).
  private static let alertReasons = 1000...1255

  /// Empties the queue.
  static func failure() -> TLSFailure {
    var failures: [TLSFailure] = []
    while case let error = ERR_get_error(), error != 0 { failures.append(failure(error)) }
    // What tells most, else what came first: later entries are what it led to.
    return failures.first { if case .protocolError = $0 { false } else { true } } ?? failures.first
      ?? .protocolError("no reason given")
  }

  private static func failure(_ error: UInt) -> TLSFailure {
    let text = ERR_reason_error_string(error).map { String(cString: $0) } ?? "no reason given"
    let reason = Int(ERR_GET_REASON(error))
    guard reason != ERR_R_MALLOC_FAILURE, reason != ERR_R_INTERNAL_ERROR else { return .ownFailure(text) }
    guard ERR_GET_LIB(error) == ERR_LIB_SSL else { return .protocolError(text) }
    if alertReasons.contains(reason) {
      return .alert(UInt8(truncatingIfNeeded: reason - alertReasons.lowerBound))
    }
    switch Int32(truncatingIfNeeded: reason) {
    case SSL_R_EXCESSIVE_MESSAGE_SIZE: return .limit(.message)
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_VERSION_TOO_LOW:
      return .versionNotOffered
    case SSL_R_NO_CIPHERS_AVAILABLE, SSL_R_NO_PROTOCOLS_AVAILABLE: return .ownFailure(text)
    default: return .protocolError(text)
    }
  }
}
