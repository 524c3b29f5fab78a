import Evidence

/// What one server may say at most; a conversation has fewer than ten replies.
package enum DialogueLimits {
  /// Four times what RFC 5321 §4.5.3.1.5 allows, line end included; literals do not count.
  package static let lineOctets = 2048
  package static let replyLines = 100
  package static let replyOctets = 65_536
  /// Kept of octets that could not be used.
  package static let keptOctets = 2048
}

/// Cuts what a server sends into lines, octet by octet, so that it cannot matter in which pieces it came.
struct LineReader: Sendable {
  enum Event {
    case line
    case limit(MailSession.Limit)
  }

  /// The reply that is being read, as sent.
  private(set) var octets: [UInt8] = []
  private(set) var deviations: Set<MailSession.Deviation> = []
  /// A line that holds literals spans several physical lines.
  private var lineStart = 0
  private var physicalLineStart = 0
  private var literalOctetsLeft = 0
  private var lines = 0

  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  /// Without its line end; literals stand in it as they were sent.
  var line: [UInt8] { Array(octets[lineStart..<endOfText]) }

  /// Without its line end; what stands in it is no literal.
  var physicalLine: [UInt8] { Array(octets[physicalLineStart..<endOfText]) }

  mutating func take(_ octet: UInt8) -> Event? {
    guard octets.count < DialogueLimits.replyOctets else { return .limit(.replyOctets) }
    if literalOctetsLeft > 0 {
      octets.append(octet)
      literalOctetsLeft -= 1
      if literalOctetsLeft == 0 { physicalLineStart = octets.count }
      return nil
    }
    note(octet)
    octets.append(octet)
    guard octet == Self.lineFeed else {
      let isTooLong = octets.count - physicalLineStart >= DialogueLimits.lineOctets
      return isTooLong ? .limit(.lineOctets) : nil
    }
    lines += 1
    return lines > DialogueLimits.replyLines ? .limit(.replyLines) : .line
  }

  /// The line goes on with that many octets of any kind.
  mutating func expectLiteral(of count: Int) -> Event? {
    guard count <= DialogueLimits.replyOctets - octets.count else { return .limit(.replyOctets) }
    literalOctetsLeft = count
    physicalLineStart = octets.count
    return nil
  }

  mutating func finishLine() {
    lineStart = octets.count
    physicalLineStart = octets.count
  }

  mutating func finishReply() {
    octets = []
    lines = 0
    finishLine()
  }

  /// In front of the line end, if the line has one.
  private var endOfText: Int {
    guard octets.last == Self.lineFeed, octets.count > physicalLineStart else { return octets.count }
    let end = octets.count - 1
    return end > physicalLineStart && octets[end - 1] == Self.carriageReturn ? end - 1 : end
  }

  private mutating func note(_ octet: UInt8) {
    let followsCarriageReturn = octets.count > physicalLineStart && octets.last == Self.carriageReturn
    switch (octet, followsCarriageReturn) {
    case (Self.lineFeed, false): deviations.insert(.bareLineFeed)
    case (Self.lineFeed, true): break
    case (_, true): deviations.insert(.bareCarriageReturn)
    case (_, false): break
    }
    switch octet {
    case 0: deviations.insert(.nul)
    case 0x09, Self.lineFeed, Self.carriageReturn: break
    case 0x01...0x1F, 0x7F: deviations.insert(.controlCharacter)
    case 0x80...: deviations.insert(.nonASCII)
    default: break
    }
  }
}
