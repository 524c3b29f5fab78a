import Verdict

// What the names of SASL mechanisms mean for those that can listen. The registry is IANA's.

enum SASLMechanism {
  /// Whoever reads along has the password, or the token in its place (RFC 4616, RFC 7628).
  static func sendsSecret(_ name: String) -> Bool { secret.contains(name) }

  /// Built on MD5 or older, and broken or retired: RFC 6331 for DIGEST-MD5; CRAM-MD5 can be guessed offline.
  static func isWeak(_ name: String) -> Bool { weak.contains(name) }

  /// Proves the password without showing it, by means that hold (RFC 5802, RFC 4752, RFC 4422 App. A).
  static func isStrong(_ name: String) -> Bool {
    name.hasPrefix("SCRAM-") || ["EXTERNAL", "GSSAPI", "GS2-KRB5", "OAUTHBEARER", "XOAUTH2"].contains(name)
  }

  /// Names hold letters, digits, hyphens and underscores only.
  static func words(_ names: [String]) -> Message {
    names.map { "\(foreign: $0)" as Message }.enumeration
  }

  private static let secret: Set = ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"]
  private static let weak: Set = ["CRAM-MD5", "DIGEST-MD5", "NTLM"]
}
