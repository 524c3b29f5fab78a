// Mechanisms, modifiers and qualifiers as values (RFC 7208 §4.6.1, §5, §6), and
// their canonical text. How they are read is in RecordParser.swift, when they match
// in Matching.swift.

package import DNSData

/// One term of a record (RFC 7208 §4.6.1), with where it stands.
package struct SPFTerm: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case directive(SPFQualifier, SPFMechanism)
    case modifier(SPFModifier)
  }

  package let content: Content
  /// Octet offsets in the joined text of the record.
  package let range: Range<Int>
  /// As published; visible ASCII only.
  package let text: [UInt8]

  package var qualifier: SPFQualifier? {
    switch content {
    case .directive(let qualifier, _): qualifier
    case .modifier: nil
    }
  }

  package var mechanism: SPFMechanism? {
    switch content {
    case .directive(_, let mechanism): mechanism
    case .modifier: nil
    }
  }

  package var modifier: SPFModifier? {
    switch content {
    case .directive: nil
    case .modifier(let modifier): modifier
    }
  }

  package var isAll: Bool { mechanism == .all }

  /// Never evaluated because of `all`, the first in the same record.
  func isCutOff(by all: SPFTerm) -> Bool {
    switch content {
    case .directive: range.lowerBound > all.range.lowerBound
    case .modifier(.redirect): true
    case .modifier(.exp), .modifier(.unknown): false
    }
  }

  /// The terms that count against the limit of ten (RFC 7208 §4.6.4).
  package var looksUp: Bool {
    switch content {
    case .directive(_, let mechanism): mechanism.looksUp
    case .modifier(.redirect): true
    case .modifier(.exp), .modifier(.unknown): false
    }
  }

  /// The domain-spec as written; nil where the term has none.
  package var domainSpec: SPFDomainSpec? {
    switch content {
    case .directive(_, let mechanism): mechanism.domainSpec
    case .modifier(.redirect(let spec)), .modifier(.exp(let spec)): spec
    case .modifier(.unknown): nil
    }
  }
}

package enum SPFQualifier: UInt8, Hashable, Sendable {
  case pass = 0x2B
  case fail = 0x2D
  case softfail = 0x7E
  case neutral = 0x3F
}

/// RFC 7208 §5; a missing domain-spec stands for the domain of the record.
package enum SPFMechanism: Hashable, Sendable {
  case all
  case include(SPFDomainSpec)
  case a(SPFDomainSpec?, SPFPrefixLengths)
  case mx(SPFDomainSpec?, SPFPrefixLengths)
  case ptr(SPFDomainSpec?)
  /// Host bits may be set.
  case ip4(IPNetwork)
  /// Host bits may be set.
  case ip6(IPNetwork)
  case exists(SPFDomainSpec)

  /// Lower case, as in the record.
  package var name: String { kind.rawValue }

  enum Kind: String { case all, include, a, mx, ptr, ip4, ip6, exists }

  private var kind: Kind {
    switch self {
    case .all: .all
    case .include: .include
    case .a: .a
    case .mx: .mx
    case .ptr: .ptr
    case .ip4: .ip4
    case .ip6: .ip6
    case .exists: .exists
    }
  }

  fileprivate var looksUp: Bool {
    switch self {
    case .all, .ip4, .ip6: false
    case .include, .a, .mx, .ptr, .exists: true
    }
  }

  fileprivate var domainSpec: SPFDomainSpec? {
    switch self {
    case .all, .ip4, .ip6: nil
    case .include(let spec), .exists(let spec): spec
    case .a(let spec, _), .mx(let spec, _), .ptr(let spec): spec
    }
  }
}

/// The dual-cidr-length of `a` and `mx` (RFC 7208 §5.6).
package struct SPFPrefixLengths: Hashable, Sendable {
  package let ip4: Int
  package let ip6: Int

  package static let single = SPFPrefixLengths(ip4: 32, ip6: 128)
  /// Shorter ones admit more than any sender needs: whoever rents a machine there passes (RFC 7208 §11.4).
  package static let shortestSensible = SPFPrefixLengths(ip4: 16, ip6: 32)

  /// The addresses that match where a host has `address`.
  package func network(_ address: IPAddress) -> IPNetwork? {
    switch address {
    case .v4: IPNetwork(address, prefixLength: ip4)
    case .v6: IPNetwork(address, prefixLength: ip6)
    }
  }
}

/// RFC 7208 §6.
package enum SPFModifier: Hashable, Sendable {
  case redirect(SPFDomainSpec)
  case exp(SPFDomainSpec)
  /// Receivers ignore it, but not an error in its macros; lower-case name.
  case unknown(name: String, SPFMacroString)

  package var name: String {
    switch self {
    case .redirect: "redirect"
    case .exp: "exp"
    case .unknown(let name, _): name
    }
  }
}

// MARK: - Canonical text

extension SPFTerm: CustomStringConvertible {
  /// Lower-case names, no `+`, no default prefix lengths, RFC 5952 addresses.
  package var description: String {
    switch content {
    case .directive(.pass, let mechanism): mechanism.description
    case .directive(let qualifier, let mechanism):
      String(Unicode.Scalar(qualifier.rawValue)) + mechanism.description
    case .modifier(let modifier): modifier.description
    }
  }
}

extension SPFMechanism: CustomStringConvertible {
  package var description: String {
    switch self {
    case .all: name
    case .include(let spec), .exists(let spec): "\(name):\(spec)"
    case .a(let spec, let lengths), .mx(let spec, let lengths): name + Self.suffix(spec) + lengths.description
    case .ptr(let spec): name + Self.suffix(spec)
    case .ip4(let network), .ip6(let network): "\(name):\(network)"
    }
  }

  private static func suffix(_ spec: SPFDomainSpec?) -> String { spec.map { ":\($0)" } ?? "" }
}

extension SPFPrefixLengths: CustomStringConvertible {
  package var description: String { (ip4 == 32 ? "" : "/\(ip4)") + (ip6 == 128 ? "" : "//\(ip6)") }
}

extension SPFModifier: CustomStringConvertible {
  package var description: String {
    switch self {
    case .redirect(let spec), .exp(let spec): "\(name)=\(spec)"
    case .unknown(let name, let value): "\(name)=\(value)"
    }
  }
}
