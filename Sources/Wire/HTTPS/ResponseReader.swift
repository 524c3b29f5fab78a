// A response as libcurl hands it over: line by line, then the body in parts. Both are counted here, since libcurl
// does not stop a transfer that grows while it runs.

internal import Evidence

struct ResponseReader {
  /// Of all status lines and fields, those of interim responses and trailers too.
  static let headLimit = 65_536  // octets

  let bodyLimit: Int
  private(set) var status: Int?
  private(set) var contentType: [UInt8]?
  private(set) var location: [UInt8]?
  private(set) var body: [UInt8] = []
  /// The empty line behind the fields of a final response came.
  private(set) var isHeadComplete = false
  private(set) var isHeadTooLarge = false
  private(set) var isBodyCut = false
  private(set) var headLength = 0

  init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

  /// False when no more is wanted.
  mutating func takeHead(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.count <= Self.headLimit - headLength else {
      isHeadTooLarge = true
      return false
    }
    headLength += line.count
    // What follows is a trailer (RFC 9110 §6.5).
    guard !isHeadComplete else { return true }
    read(trimmed(line[...]))
    return true
  }

  /// False when no more is wanted.
  mutating func takeBody(_ part: UnsafeRawBufferPointer) -> Bool {
    let room = bodyLimit - body.count
    guard part.count <= room else {
      body += part.prefix(room)
      isBodyCut = true
      return false
    }
    body += part
    return true
  }

  private mutating func read(_ line: Slice<UnsafeRawBufferPointer>) {
    guard !line.isEmpty else {
      // An interim response is followed by another (RFC 9110 §15.2).
      isHeadComplete = status.map { $0 >= 200 } ?? false
      return
    }
    if line.starts(with: "HTTP/".utf8) {
      status = Self.status(line)
      (contentType, location) = (nil, nil)
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let value = Array(trimmed(line[line.index(after: colon)...]))
    switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
    case "content-type": contentType = contentType ?? value
    case "location": location = location ?? value
    default: break
    }
  }

  /// status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 §4)
  private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int? {
    let digits = line.drop { $0 != 0x20 }.dropFirst().prefix { $0 != 0x20 }
    guard digits.count == 3 else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private func trimmed(_ octets: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var rest = octets.drop(while: Self.isSpace)
    while let last = rest.last, Self.isSpace(last) { rest = rest.dropLast() }
    return rest
  }

  private static func isSpace(_ octet: UInt8) -> Bool {
    octet == 0x20 || octet == 0x09 || octet == 0x0D || octet == 0x0A
  }
}

extension ResponseReader {
  /// nil unless the head is there.
  func response(_ ending: BodyEnding) -> HTTPResponse? {
    guard isHeadComplete, let status else { return nil }
    return HTTPResponse(
      status: status, contentType: contentType.map { ForeignOctets($0) },
      location: location.map { ForeignOctets($0) },
      body: ForeignOctets(body), ending: ending)
  }
}
