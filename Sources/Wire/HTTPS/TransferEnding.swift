// What the end of a transfer means: libcurl's code, and what is known of how far it came.

internal import CCurl
internal import DNSData
internal import Evidence

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Transfer {
  func outcome(_ code: CURLcode) -> FetchOutcome {
    if let response = reader.response(ending(code)) { return .response(response) }
    guard code == CURLE_OK else { return .failure(failure(code)) }
    // libcurl takes a head that the end of the connection cuts off for a whole one.
    return .failure(reader.status == nil ? .notHTTP : .connectionLost(.exchange))
  }

  private func ending(_ code: CURLcode) -> BodyEnding {
    if reader.isBodyCut { return .limitReached }
    return code == CURLE_OK ? .complete : .interrupted(failure(code))
  }

  /// The address that the connection was established with, known before the handshake.
  var responder: IPAddress? { easy.text(CURLINFO_PRIMARY_IP).flatMap { IPAddress($0) } }

  private var phase: FetchPhase {
    guard responder != nil else { return .connecting }
    switch request.scheme {
    case .https: return easy.time(CURLINFO_APPCONNECT_TIME_T) > 0 ? .exchange : .handshake
    case .http: return .exchange
    }
  }

  private func failure(_ code: CURLcode) -> FetchFailure {
    if reader.isHeadTooLarge { return .headTooLarge }
    switch code {
    case CURLE_COULDNT_CONNECT: return connectFailure
    case CURLE_OPERATION_TIMEDOUT: return .timedOut(phase)
    case CURLE_PEER_FAILED_VERIFICATION:
      return .certificate(CertificateRefusal(verifyResult: easy.number(CURLINFO_SSL_VERIFYRESULT)))
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER:
      return easy.number(CURLINFO_OS_ERRNO) == Int(ECONNRESET) ? .connectionLost(.handshake) : .handshake
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
      return .connectionLost(phase)
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL: return .notHTTP
    // A single line longer than libcurl's own buffer for it, which 7.88 calls so.
    case CURLE_OUT_OF_MEMORY where phase == .exchange && !reader.isHeadComplete: return .headTooLarge
    default: return code.rawValue == Self.tooLarge ? .headTooLarge : .ownFailure(Libcurl.text(of: code))
    }
  }

  /// CURLE_TOO_LARGE, since 8.6.
  private static let tooLarge: UInt32 = 100

  private var connectFailure: FetchFailure {
    guard gate.hasOpened else {
      if gate.openFault == 0, !gate.withheld.isEmpty { return .addressesWithheld }
      switch gate.openFault {
      case EAFNOSUPPORT: return .unreachable
      default: return .ownFailure("no socket: error \(gate.openFault) of the system")
      }
    }
    switch Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO)) {
    case ECONNREFUSED: return .refused
    case ETIMEDOUT: return .timedOut(.connecting)
    case ECONNRESET: return .connectionLost(.connecting)
    default: return .unreachable
    }
  }
}

extension CertificateRefusal {
  // The numbers of x509_vfy.h, which are part of OpenSSL's interface.
  init(verifyResult: Int) {
    switch verifyResult {
    case 9: self = .notYetValid
    case 10: self = .expired
    case 18: self = .selfSigned
    case 19: self = .unknownRoot
    case 2, 20, 21: self = .issuerMissing
    // 0: the path is sound, and libcurl itself found no such name.
    case 0, 62: self = .nameMismatch
    default: self = .other(verifyResult)
    }
  }
}
