// One owner for each handle of libcurl. All are used on the thread of the loop that made them; only waking the multi
// handle is allowed from others.

internal import CCurl

enum Libcurl {
  /// Why libcurl cannot be used; nil if it can. Initialises it once.
  static let fault: String? = {
    let code = curl_global_init(shim_CURL_GLOBAL_DEFAULT())
    guard code == CURLE_OK else { return text(of: code) }
    guard let backend = curl_version_info(CURLVERSION_FIRST)?.pointee.ssl_version,
      String(cString: backend).hasPrefix("OpenSSL/")
    else { return "libcurl is not built on OpenSSL" }
    return nil
  }()

  /// libcurl's own words, never a server's.
  static func text(of code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}

final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  /// Of the first option that was refused.
  private(set) var fault: CURLcode = CURLE_OK
  /// What libcurl refers to for as long as the handle lives.
  private var attached: [AnyObject] = []

  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
  }

  deinit { curl_easy_cleanup(pointer) }

  private func note(_ code: CURLcode) { if fault == CURLE_OK { fault = code } }

  func set(_ option: CURLoption, _ value: Int) { note(shim_curl_set_long(pointer, option, value)) }
  /// libcurl copies the text.
  func set(_ option: CURLoption, _ value: String?) { note(shim_curl_set_text(pointer, option, value)) }
  func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
    note(shim_curl_set_pointer(pointer, option, value))
  }
  func attach(_ list: TextList, as option: CURLoption) {
    attached.append(list)
    note(shim_curl_set_list(pointer, option, list.first))
  }
  func attach(_ cache: AddressCache) {
    attached.append(cache)
    note(shim_curl_set_pointer(pointer, CURLOPT_SHARE, cache.pointer))
  }
  func set(_ option: CURLoption, _ function: @escaping DataFunction) {
    note(shim_curl_set_data_function(pointer, option, function))
  }
  func setOpenSocket(_ function: @escaping OpenSocketFunction) {
    note(shim_curl_set_open_socket(pointer, function))
  }
  func setResolverStart(_ function: @escaping ResolverStartFunction) {
    note(shim_curl_set_resolver_start(pointer, function))
  }
  func setTLSContext(_ function: @escaping TLSContextFunction) {
    note(shim_curl_set_tls_context(pointer, function))
  }

  typealias DataFunction =
    @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int
  typealias OpenSocketFunction =
    @convention(c) (UnsafeMutableRawPointer?, curlsocktype, UnsafeMutablePointer<curl_sockaddr>?) ->
    curl_socket_t
  typealias ResolverStartFunction =
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Int32
  typealias TLSContextFunction =
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CURLcode

  /// 0 for what is not known.
  func number(_ info: CURLINFO) -> Int {
    var value = 0
    return shim_curl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  /// Microseconds; 0 for what did not happen.
  func time(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return shim_curl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
  }

  func text(_ info: CURLINFO) -> String? {
    var value: UnsafeMutablePointer<CChar>?
    guard shim_curl_get_text(pointer, info, &value) == CURLE_OK, let value else { return nil }
    return String(cString: value)
  }
}

extension EasyHandle {
  /// In DER, at most `maximum` octets; nil without TLS. While the transfer runs.
  func serverCertificate(atMost maximum: Int) -> [UInt8]? {
    var memory: UnsafeMutablePointer<UInt8>?
    let count = Int(shim_tls_certificate(pointer, &memory))
    guard let memory else { return nil }
    defer { shim_free(memory) }
    guard count > 0, count <= maximum else { return nil }
    return Array(UnsafeBufferPointer(start: memory, count: count))
  }
}

final class TextList {
  fileprivate let first: UnsafeMutablePointer<curl_slist>

  init?(_ text: String) {
    guard let first = curl_slist_append(nil, text) else { return nil }
    self.first = first
  }

  deinit { curl_slist_free_all(first) }
}

/// A cache of addresses.
final class AddressCache {
  fileprivate let pointer: UnsafeMutableRawPointer

  init?() {
    guard let pointer = curl_share_init() else { return nil }
    self.pointer = pointer
    guard shim_curl_share(pointer, CURL_LOCK_DATA_DNS) == CURLSHE_OK else { return nil }
  }

  deinit { curl_share_cleanup(pointer) }
}

/// Must outlive the easy handles in it. Used on one thread; `wakeUp` is what libcurl allows from others.
final class MultiHandle: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer

  init?() {
    guard let pointer = curl_multi_init() else { return nil }
    self.pointer = pointer
  }

  deinit { curl_multi_cleanup(pointer) }

  func add(_ easy: EasyHandle) -> Bool { curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK }
  func remove(_ easy: EasyHandle) { curl_multi_remove_handle(pointer, easy.pointer) }

  func perform() -> Bool {
    var running: Int32 = 0
    return curl_multi_perform(pointer, &running) == CURLM_OK
  }

  func poll(milliseconds: Int32) -> Bool {
    curl_multi_poll(pointer, nil, 0, milliseconds, nil) == CURLM_OK
  }

  /// From any thread, while the handle lives.
  func wakeUp() { curl_multi_wakeup(pointer) }

  /// The next transfer that has ended.
  func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
    var left: Int32 = 0
    while let message = curl_multi_info_read(pointer, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      return (easy, shim_curl_message_result(message))
    }
    return nil
  }
}
