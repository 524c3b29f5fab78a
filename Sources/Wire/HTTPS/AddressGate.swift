// The one filter for every connection: decided on the address that the socket is about to be connected to, whatever
// the URL says.

internal import CCurl
internal import DNSData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

final class AddressGate {
  private let pinned: Set<IPAddress>
  private let allowed: [IPNetwork]
  /// In the order in which they were tried.
  private(set) var withheld: [IPAddress] = []
  private(set) var hasOpened = false
  /// errno of the last socket that could not be made; 0 if there was none.
  private(set) var openFault: Int32 = 0

  init(pinned: [IPAddress], allowed: [IPNetwork]) {
    self.pinned = Set(pinned)
    self.allowed = allowed
  }

  func permits(_ address: IPAddress) -> Bool {
    pinned.contains(address) && SpecialPurpose.block(of: address, allowed: allowed) == nil
  }

  /// The socket is libcurl's, which connects and closes it.
  func open(_ target: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    guard let address = Self.address(target) else { return CURL_SOCKET_BAD }
    guard permits(address) else {
      if !withheld.contains(address) { withheld.append(address) }
      return CURL_SOCKET_BAD
    }
    let type = target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(target.pointee.family, type, target.pointee.protocol)
    guard descriptor >= 0 else {
      openFault = errno
      return CURL_SOCKET_BAD
    }
    hasOpened = true
    return descriptor
  }

  /// libcurl declares room for an IPv4 address and gives as much as `addrlen` says, so that only the pointer leads to
  /// the whole.
  private static func address(_ target: UnsafeMutablePointer<curl_sockaddr>) -> IPAddress? {
    guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
    let bytes = UnsafeRawPointer(target).advanced(by: offset)
    let length = Int(target.pointee.addrlen)
    switch target.pointee.family {
    case AF_INET:
      guard length >= MemoryLayout<sockaddr_in>.size else { return nil }
      let value = bytes.loadUnaligned(as: sockaddr_in.self)
      return withUnsafeBytes(of: value.sin_addr) { IPv4Address(octets: $0) }.map { .v4($0) }
    case AF_INET6:
      guard length >= MemoryLayout<sockaddr_in6>.size else { return nil }
      let value = bytes.loadUnaligned(as: sockaddr_in6.self)
      return withUnsafeBytes(of: value.sin6_addr) { IPv6Address(octets: $0) }.map { .v6($0) }
    default: return nil
    }
  }
}
