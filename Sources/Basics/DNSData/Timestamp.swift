/// A moment in UTC, in milliseconds since 1970; leap seconds are not counted.
package struct Timestamp: Hashable, Sendable, Comparable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  package init(seconds: Int64) { milliseconds = seconds.multipliedReportingOverflow(by: 1000).partialValue }

  package var seconds: Int64 { milliseconds.floorDivided(by: 1000) }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  /// Year, month (1 to 12), day (1 to 31), hour, minute, second.
  var fields: (year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64) {
    let days = seconds.floorDivided(by: 86_400)
    let rest = seconds - days * 86_400
    // Civil date from day count, in eras of 400 years that begin on 1 March.
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day, rest / 3600, rest / 60 % 60, rest % 60)
  }

  /// nil unless the fields name a moment that exists, in the years 0 to 9999.
  init?(year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64) {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour),
      (0...59).contains(minute), (0...59).contains(second)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.floorDivided(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    self.init(seconds: days * 86_400 + hour * 3600 + minute * 60 + second)
    guard fields.month == month, fields.day == day else { return nil }
  }
}

extension Timestamp: CustomStringConvertible, Codable {
  /// RFC 3339 in UTC, whole seconds: `2026-11-21T04:05:06Z`.
  package var description: String {
    let (year, month, day, hour, minute, second) = fields
    return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))T"
      + "\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))Z"
  }

  /// nil unless `text` is `YYYY-MM-DDThh:mm:ssZ` or a date alone (midnight).
  package init?(_ text: String) {
    let utf8 = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard utf8[range].allSatisfy(\.isASCIIDigit) else { return nil }
      return utf8[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
    guard utf8.count == 10 || utf8.count == 20, utf8[4] == 0x2D, utf8[7] == 0x2D,
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
    else { return nil }
    guard utf8.count == 20 else {
      self.init(year: year, month: month, day: day, hour: 0, minute: 0, second: 0)
      return
    }
    guard utf8[10] | 0x20 == UInt8(ascii: "t"), utf8[13] == 0x3A, utf8[16] == 0x3A,
      utf8[19] | 0x20 == UInt8(ascii: "z"),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  package init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let time = Timestamp(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 time in UTC: \(text)"))
    }
    self = time
  }

  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }

  fileprivate func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
