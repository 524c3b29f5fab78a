// An audit in one file: what was looked at, so that it can be judged again, elsewhere and later. JSON, a value a line:
// the head, then the Snapshot of each domain.

import DNSData
package import Evidence
import FoundationEssentials

package struct Capture: Sendable {
  /// Version 2 added the messages for validators, and what single name servers said.
  package static let version = 2
  package static let maximumSize = 256 << 20  // octets

  package let head: CaptureHead
  package let snapshots: [Snapshot]

  package init(_ head: CaptureHead, _ snapshots: [Snapshot]) {
    self.head = head
    self.snapshots = snapshots
  }

  package init(octets: [UInt8]) throws(CaptureError) {
    var lines = octets.split(separator: UInt8(ascii: "\n")).enumerated().makeIterator()
    let decoder = JSONDecoder()
    guard let first = lines.next(), let kind = try? decoder.decode(Kind.self, from: Data(first.element)),
      kind.format == CaptureHead.format
    else { throw .notACapture }
    guard (1...Self.version).contains(kind.version) else { throw .version(kind.version) }
    head = try Self.value(on: 1, first.element, decoder)
    var snapshots: [Snapshot] = []
    while let (index, line) = lines.next() {
      snapshots.append(try Self.value(on: index + 1, line, decoder))
    }
    guard snapshots.count == head.domains else {
      throw .incomplete(expected: head.domains, found: snapshots.count)
    }
    self.snapshots = snapshots
  }

  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func line(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
    return try line(head) + snapshots.map(line).joined()
  }

  /// What every version has.
  private struct Kind: Decodable {
    let format: String
    let version: Int
  }

  private static func value<Value: Decodable>(
    on line: Int, _ text: ArraySlice<UInt8>, _ decoder: JSONDecoder
  ) throws(CaptureError) -> Value {
    do {
      return try decoder.decode(Value.self, from: Data(text))
    } catch {
      throw .unreadable(line: line, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .dataCorrupted(let context), .valueNotFound(_, let context), .typeMismatch(_, let context):
      place(context) + context.debugDescription
    case .keyNotFound(let key, let context): place(context) + "there is no \(key.stringValue)"
    default: "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return path.isEmpty ? "" : path.joined(separator: ".") + ": "
  }
}

/// Who made a capture, and how it was judged then.
package struct CaptureHead: Hashable, Sendable, Codable {
  package static let format = "mailaudit.capture"

  package let format: String
  package let version: Int
  package let tool: String
  package let profile: String
  /// The file of the expected configuration; nil without one.
  package let expected: String?
  package let isRedacted: Bool
  /// How many Snapshots follow.
  package let domains: Int

  package init(tool: String, profile: String, expected: String?, isRedacted: Bool, domains: Int) {
    format = Self.format
    version = Capture.version
    self.tool = tool
    self.profile = profile
    self.expected = expected
    self.isRedacted = isRedacted
    self.domains = domains
  }
}

package enum CaptureError: Error, Hashable {
  case notACapture
  case version(Int)
  case unreadable(line: Int, reason: String)
  case incomplete(expected: Int, found: Int)
}
