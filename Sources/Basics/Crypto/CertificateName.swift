/// Whether a certificate is for a name or an address (RFC 9525 §6.3, §6.4).
///
/// The common name is not looked at, and a wildcard stands for one whole label at the left or for nothing.
import COpenSSL
package import DNSData
package import Evidence

extension Certificate {
  package func nameVerdict(for identity: ServerIdentity) throws(CertificateError) -> NameVerdict {
    let handle = try CertificateHandle(der: der)
    return NameVerdict(of: handle.pointer, for: identity)
  }
}

extension NameVerdict {
  /// `certificate` is an X509.
  init(of certificate: OpaquePointer?, for identity: ServerIdentity) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    self.init(asked: identity, matches: Self.matches(certificate, identity))
  }

  private static func matches(_ certificate: OpaquePointer?, _ identity: ServerIdentity) -> Bool {
    guard let certificate else { return false }
    switch identity {
    case .name(let name):
      guard let text = name.certificateText else { return false }
      let flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
      return X509_check_host(certificate, text, text.utf8.count, UInt32(flags), nil) == 1
    case .address(let address):
      let octets = address.octets
      return X509_check_ip(certificate, octets, octets.count, 0) == 1
    }
  }
}

extension Name {
  /// As certificates and the ClientHello write it, without the last dot; nil for what no server is called by:
  /// the root, and labels with octets other than letters, digits, `-` and `_`.
  package var certificateText: String? {
    let labels = labels
    guard !labels.isEmpty,
      labels.joined().allSatisfy({
        $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      })
    else { return nil }
    return labels.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
  }
}
