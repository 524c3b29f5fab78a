import DNSBL
import DNSData
import Evidence

/// Lists below documentation names for the examples of rules about blocklists. One in working order holds 127.0.0.2, or
/// the name `test` (RFC 5782 §5).
enum ExampleBlocklist {
  /// Of addresses, at bl.example.
  static let addresses = [
    list(
      "bl.example", .addresses,
      [
        ("127.0.0.2", .major, "spam sources"), ("127.0.0.10-127.0.0.11", .policy, "dynamic addresses"),
        ("127.0.0.20", .minor, "scanners"), ("127.0.0.30", .info, "a whole provider"),
      ])
  ]
  /// Of names, at names.example.
  static let names = [
    list(
      "names.example", .names,
      [("bit 2", .major, "spammers"), ("bit 4", .minor, "bulk senders"), ("bit 8", .info, "young names")])
  ]
  /// Which recommends, at wl.example.
  static let recommending = [list("wl.example", .addresses, [("127.0.0.0-127.0.0.3", .allow, "trusted")])]

  private static func list(
    _ zone: String, _ kind: Blocklist.Kind, _ codes: [(String, Blocklist.Weight, String)]
  ) -> Blocklist {
    let errors = ["127.255.255.252-127.255.255.255"] + (kind == .names ? ["bit 1"] : [])
    return Blocklist(
      zone: (try? Name(zone)) ?? .root, kind: kind,
      codes: codes.compactMap { values, weight, meaning in
        ReturnValues(values).map { Blocklist.Code($0, weight, meaning) }
      },
      errors: errors.compactMap(ReturnValues.init), testPoints: .standard(for: kind))
  }
}
