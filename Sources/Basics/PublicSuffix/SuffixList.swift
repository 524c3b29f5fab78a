/// The public suffix list that is compiled into libpsl, ICANN and private section (publicsuffix.org).
///
/// DMARC no longer uses it (RFC 9989 §4.10 walks the tree), receivers of the RFC 7489 generation still do.
import CPSL
package import DNSData

package enum SuffixList {
  /// The suffix of the name and one label more: "example.co.uk" for "a.example.co.uk"; nil for a public
  /// suffix.
  package static func registrableDomain(of name: Name) -> Name? {
    // libpsl takes text in lower case without the final dot; `display` is that, and escapes what is no host
    // name.
    let text = name.display
    let labelCount: Int? = text.withCString { text in
      // Points into `text`.
      guard !name.isRoot, let domain = psl_registrable_domain(psl_builtin(), text) else { return nil }
      return String(cString: domain).utf8.count { $0 == UInt8(ascii: ".") } + 1
    }
    return labelCount.map { name.ancestor(labelCount: $0) }
  }

  /// Whether names directly below it belong to different owners. A top-level domain that the list does not
  /// know is one, by the list's default rule; the root is one.
  package static func isPublicSuffix(_ name: Name) -> Bool {
    name.isRoot || psl_is_public_suffix(psl_builtin(), name.display) == 1
  }

  /// Tells one list from another, so that a saved audit can say which one it used.
  package static var identity: String {
    let checksum = String(cString: psl_builtin_sha1sum())
    return "libpsl \(String(cString: psl_get_version())), built-in list of "
      + "\(psl_suffix_count(psl_builtin())) rules, SHA-1 \(checksum)"
  }
}
