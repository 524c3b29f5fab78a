// One fetch as libcurl does it: every option that matters is set here, and the callbacks lead back here.

internal import CCurl
internal import DNSData
internal import Evidence

/// Used on the thread of its loop alone.
final class Transfer {
  static let userAgent = "mailaudit"

  let request: FetchRequest
  let easy: EasyHandle
  let gate: AddressGate
  private(set) var reader: ResponseReader
  private var certificate: ForeignOctets?
  private let started: Timestamp

  /// nil without memory.
  init?(_ request: FetchRequest, _ settings: Settings) {
    guard let easy = EasyHandle(), let cache = AddressCache(), let pins = TextList(Self.pins(of: request))
    else {
      return nil
    }
    self.request = request
    self.easy = easy
    gate = AddressGate(pinned: request.addresses, allowed: settings.allowed)
    reader = ResponseReader(bodyLimit: request.limits.body)
    started = .now
    setURL()
    setIsolation()
    easy.attach(pins, as: CURLOPT_RESOLVE)
    // The multi handle's cache would keep the addresses of one fetch for the next.
    easy.attach(cache)
    setTLS(caFile: settings.caFile)
    setCallbacks()
  }

  /// An option that this libcurl refuses: nothing must be sent without it.
  var fault: FetchFailure? { easy.fault == CURLE_OK ? nil : .ownFailure(Libcurl.text(of: easy.fault)) }

  func result(_ code: CURLcode) -> HTTPFetch {
    HTTPFetch(
      request, outcome(code), from: responder, withheld: gate.withheld, certificate: certificate, at: started)
  }

  /// A chain of that size is the most that a handshake takes.
  private static let maximumCertificate = 102_400  // octets

  /// Once; later the connection may be gone.
  private func noteCertificate() {
    guard certificate == nil, request.scheme == .https else { return }
    certificate = easy.serverCertificate(atMost: Self.maximumCertificate).map(ForeignOctets.init)
  }

  /// `host:port:address,address`, in the form of CURLOPT_RESOLVE.
  private static func pins(of request: FetchRequest) -> String {
    let addresses = request.addresses.map { if case .v6 = $0 { "[\($0)]" } else { "\($0)" } }
    return "\(request.hostText):\(request.port):\(addresses.joined(separator: ","))"
  }

  private func setURL() {
    easy.set(CURLOPT_URL, request.url)
    easy.set(CURLOPT_PATH_AS_IS, 1)
    easy.set(CURLOPT_PROTOCOLS_STR, request.scheme.rawValue)
    easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
    easy.set(CURLOPT_FOLLOWLOCATION, 0)  // RFC 8461 §3.3
    easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    easy.set(CURLOPT_HTTP09_ALLOWED, 0)
    easy.set(CURLOPT_USERAGENT, Self.userAgent)
    // No ACCEPT_ENCODING: 64 KiB of gzip can become 64 MiB.
    easy.set(CURLOPT_HTTP_CONTENT_DECODING, 0)
    easy.set(CURLOPT_TIMEOUT_MS, request.limits.milliseconds)
    easy.set(CURLOPT_CONNECTTIMEOUT_MS, request.limits.milliseconds)
    easy.set(CURLOPT_NOSIGNAL, 1)
  }

  /// From the environment, from the user's files, from the DNS, and from other fetches.
  private func setIsolation() {
    easy.set(CURLOPT_PROXY, "")
    easy.set(CURLOPT_PRE_PROXY, "")
    easy.set(CURLOPT_NOPROXY, "*")
    easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    easy.setResolverStart { _, _, _ in 1 }  // Never; whoever is not pinned has no address.
    // A kept connection may lead to an address that this request does not name.
    easy.set(CURLOPT_FRESH_CONNECT, 1)
    easy.set(CURLOPT_FORBID_REUSE, 1)
  }

  private func setTLS(caFile: String) {
    easy.set(CURLOPT_SSL_VERIFYPEER, 1)
    easy.set(CURLOPT_SSL_VERIFYHOST, 2)
    easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    easy.set(CURLOPT_CAINFO, caFile)
    // With a directory beside the file, the multi handle could not keep the store from one fetch to the next.
    easy.set(CURLOPT_CAPATH, nil as String?)
    easy.set(CURLOPT_CA_CACHE_TIMEOUT, -1)
    // A resumed session would not show the certificate again.
    easy.set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    easy.set(CURLOPT_SSL_CTX_DATA, context)
    easy.setTLSContext { _, tls, context in
      guard let tls, let transfer = Transfer.at(context),
        shim_tls_require_name(tls, transfer.request.hostText) == 1
      else { return CURLE_SSL_CERTPROBLEM }
      return CURLE_OK
    }
  }

  private func setCallbacks() {
    easy.set(CURLOPT_OPENSOCKETDATA, context)
    easy.setOpenSocket { context, _, address in
      guard let transfer = Transfer.at(context), let address else { return CURL_SOCKET_BAD }
      return transfer.gate.open(address)
    }
    easy.set(CURLOPT_HEADERDATA, context)
    easy.set(CURLOPT_HEADERFUNCTION) { data, size, count, context in
      guard let transfer = Transfer.at(context), let line = octets(data, size, count) else { return -1 }
      transfer.noteCertificate()
      return transfer.reader.takeHead(line) ? line.count : -1
    }
    easy.set(CURLOPT_WRITEDATA, context)
    easy.set(CURLOPT_WRITEFUNCTION) { data, size, count, context in
      guard let transfer = Transfer.at(context), let part = octets(data, size, count) else { return -1 }
      return transfer.reader.takeBody(part) ? part.count : -1
    }
  }

  /// The loop holds the transfer for as long as libcurl can call back.
  private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// Valid within the callback.
private func octets(_ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int)
  -> UnsafeRawBufferPointer?
{
  let (length, overflow) = size.multipliedReportingOverflow(by: count)
  guard !overflow, length >= 0 else { return nil }
  return UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : length)
}
