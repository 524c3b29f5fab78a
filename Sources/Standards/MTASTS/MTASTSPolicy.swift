/// An MTA-STS policy (RFC 8461 §3.2): what the body of `mta-sts.txt` means to a sender, and everything that
/// is wrong with it. How it was fetched (status, media type, certificate) is not asked here.
package import DNSData

package struct MTASTSPolicy: Hashable, Sendable {
  package static let version = "STSv1"
  package static let maximumSize = 65_536  // octets; the 64 kilobytes of RFC 8461 §3.3
  package static let maximumMaxAge = 31_557_600  // seconds; RFC 8461 §3.2
  package static let maximumMaxAgeDigits = 10  // RFC 8461 §3.2

  package let octets: [UInt8]
  /// What the valid fields say.
  package let mode: MTASTSMode?
  /// Seconds.
  package let maxAge: Int?
  /// In the order of the text, without those that are none.
  package let patterns: [MTASTSPattern]
  /// In the order of the text.
  package let faults: [MTASTSPolicyFault]
  package let usability: MTASTSUsability

  package init(_ octets: [UInt8]) {
    var reader = MTASTSPolicyReader(octets)
    reader.read()
    self.octets = octets
    mode = reader.mode
    maxAge = reader.maxAge
    patterns = reader.patterns
    faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
    if !reader.hasKnownField {
      usability = .ignored
    } else {
      usability = faults.contains { $0.kind.effect == .discardsPolicy } ? .error : .ok
    }
  }

  /// Whether a sender may deliver to that MX host under the policy (RFC 8461 §4.1).
  package func covers(_ host: Name) -> Bool { patterns.contains { $0.matches(host) } }

  /// The same in plain form; nil unless senders take the policy.
  package var publication: MTASTSPolicyPublication? {
    guard usability == .ok, let mode, let maxAge else { return nil }
    return MTASTSPolicyPublication(mode: mode, maxAge: maxAge, patterns: patterns)
  }
}

package enum MTASTSMode: String, Hashable, Sendable, CaseIterable {
  case enforce, testing, none

  /// RFC 8461 §3.2: a policy that is about to be withdrawn needs no hosts.
  package var needsPatterns: Bool {
    switch self {
    case .enforce, .testing: true
    case .none: false
    }
  }
}

/// A policy to serve; `description` is its text.
package struct MTASTSPolicyPublication: Hashable, Sendable, CustomStringConvertible {
  package let mode: MTASTSMode
  /// Seconds, 0 to `MTASTSPolicy.maximumMaxAge`.
  package let maxAge: Int
  package let patterns: [MTASTSPattern]

  /// nil for an age that is out of range, and without patterns where the mode needs them.
  package init?(mode: MTASTSMode, maxAge: Int, patterns: [MTASTSPattern]) {
    guard (0...MTASTSPolicy.maximumMaxAge).contains(maxAge), !patterns.isEmpty || !mode.needsPatterns else {
      return nil
    }
    self.mode = mode
    self.maxAge = maxAge
    self.patterns = patterns
  }

  /// Lines that end with CRLF, as in the example of RFC 8461 §3.2.
  package var description: String {
    var lines = ["version: \(MTASTSPolicy.version)", "mode: \(mode.rawValue)"]
    lines += patterns.map { "mx: \($0)" }
    lines.append("max_age: \(maxAge)")
    return lines.map { $0 + "\r\n" }.joined()
  }
}
