import DKIM
import DMARC
import DNSData
import MTASTS
import TLSRPT
import URISyntax

/// What a text says to those who read it; texts of one meaning are as good as each other.
enum TextMeaning<Value: Equatable>: Equatable {
  /// Of another purpose.
  case unrelated
  /// Meant as one, and of no use. Two such texts are never the same.
  case unusable
  case says(Value)

  static func == (left: TextMeaning, right: TextMeaning) -> Bool {
    if case .says(let one) = left, case .says(let other) = right { one == other } else { false }
  }
}

extension TextMeaning<DKIMKeyPublication.Key> {
  /// The key, and not how it is written.
  static func dkim(_ octets: [UInt8]) -> Self {
    let record = DKIMKeyRecord(octets)
    guard record.usability != .ignored else { return .unrelated }
    return record.publication.map { .says($0.key) } ?? .unusable
  }
}

extension TextMeaning<DMARCSettings> {
  /// The settings with their defaults; in which order reports are asked for is nothing.
  static func dmarc(_ octets: [UInt8]) -> Self {
    let record = DMARCRecord(octets)
    guard record.usability != .ignored else { return .unrelated }
    guard record.usability == .ok else { return .unusable }
    var settings = record.settings
    settings.aggregateReports.sort { $0.description < $1.description }
    settings.failureReports.sort { $0.description < $1.description }
    return .says(settings)
  }
}

extension TextMeaning<String> {
  /// The id, where the operator has named one; else all that are valid are the same.
  static func mtasts(_ octets: [UInt8], idMatters: Bool) -> Self {
    let record = MTASTSRecord(octets)
    guard record.usability != .ignored else { return .unrelated }
    guard record.usability == .ok, let id = record.id else { return .unusable }
    return .says(idMatters ? id : "")
  }
}

extension TextMeaning<Set<[UInt8]>> {
  static func tlsrpt(_ octets: [UInt8]) -> Self {
    let record = TLSRPTRecord(octets)
    guard record.usability != .ignored else { return .unrelated }
    guard record.usability == .ok else { return .unusable }
    return .says(Set(record.destinations.map(\.octets)))
  }
}
