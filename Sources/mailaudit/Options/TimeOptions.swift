import ArgumentParser
import DNSData

/// The moment that judgements are made for.
struct TimeOptions: ParsableArguments {
  @Option(
    help: .init(
      """
      Judge as of this moment instead of the clock's: RFC 3339, or a date (midnight UTC). It covers expectations, \
      waits, SPF, the certificates of mail servers, and DNSSEC signatures; documents are fetched over HTTPS as of \
      the clock.
      """, valueName: "time"))
  var now: Moment?

  /// The clock of judgements.
  var clock: @Sendable () -> Timestamp {
    guard let now else { return Session.clock }
    return { now.timestamp }
  }
}

/// A moment as a user writes it.
struct Moment: ExpressibleByArgument {
  let timestamp: Timestamp

  /// `2026-11-21`, `2026-11-21T04:05:06Z`, `2026-11-21T05:05:06+01:00`.
  init?(argument: String) {
    if let timestamp = Timestamp(argument) {
      self.timestamp = timestamp
      return
    }
    let text = Array(argument.utf8)
    // RFC 3339 §4.2: the local time less the offset is UTC.
    guard text.count == 25, text[22] == UInt8(ascii: ":"),
      ["+", "-"].contains(Character(Unicode.Scalar(text[19]))),
      let local = Timestamp(String(decoding: text[..<19], as: UTF8.self) + "Z"),
      let hours = Self.number(text[20..<22], below: 24), let minutes = Self.number(text[23..<25], below: 60)
    else { return nil }
    let offset = (hours * 60 + minutes) * 60
    timestamp = Timestamp(
      seconds: local.seconds + (text[19] == UInt8(ascii: "+") ? -offset : offset))
  }

  private static func number(_ digits: ArraySlice<UInt8>, below limit: Int64) -> Int64? {
    guard digits.allSatisfy(\.isASCIIDigit), let number = Int64(String(decoding: digits, as: UTF8.self)),
      number < limit
    else { return nil }
    return number
  }
}
