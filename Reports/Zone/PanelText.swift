import ChangePlan
import DNSData

/// A change for the forms of a web panel: host, TTL, type and value in a line. Hosts stand relative to the zone, as
/// panels want them, and TXT values without quotes and in one piece: panels add what their servers need.
struct PanelText {
  let change: ZoneChanges.Change
  let zone: ZoneGroup.Zone

  var lines: [String] {
    change.comments + change.remove.map { "; remove: \(line($0))" } + change.omissions + additions
  }

  private var additions: [String] {
    guard change.isPremature else { return change.additions.map(line) }
    return [ZoneText.unsigned] + change.additions.map { "; \(line($0))" }
  }

  private func line(_ record: Record) -> String {
    "\(host(record.name)) \(record.ttl) \(record.type) \(value(record.data))"
  }

  private func host(_ name: Name) -> String {
    guard case .forward(let apex) = zone, name.isAtOrBelow(apex) else { return name.description }
    guard name != apex else { return "@" }
    return String(name.display.dropLast(apex.display.count + 1))
  }

  private func value(_ data: RecordData) -> String {
    guard case .txt(let text) = data else { return data.description }
    return Self.plain(text.joined)
  }

  /// Octets that are no printable ASCII, quotes and backslashes as `\DDD`, and blanks at the ends, which would be lost.
  private static func plain(_ octets: [UInt8]) -> String {
    let blank = UInt8(ascii: " ")
    let inner = (octets.firstIndex { $0 != blank } ?? 0)...(octets.lastIndex { $0 != blank } ?? 0)
    return octets.enumerated().map { index, octet in
      switch octet {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): decimal(octet)
      case blank where !inner.contains(index): decimal(octet)
      case 0x20...0x7E: String(Unicode.Scalar(octet))
      default: decimal(octet)
      }
    }.joined()
  }

  private static func decimal(_ octet: UInt8) -> String {
    let digits = String(octet)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
