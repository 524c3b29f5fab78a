/// A conversation as text, played against a dialogue. A line each:
///
///     S: what the server says, with CRLF
///     R: what it says, without
///     C: what the client has to say
///     TLS        the client has to ask for the handshake, and gets it
///     closed     or another `MailSession.Interruption`
///
/// In all of them `\r \n \0 \e \xNN \\` stand for octets; in S and R `(text)*N` is the text N times.
package import Dialogues
package import Evidence
import SeededRandom

package struct Transcript: Sendable {
  package enum Event: Hashable, Sendable {
    case server([UInt8])
    case client(String)
    case tls
    case interruption(MailSession.Interruption)
  }

  package let events: [Event]

  package init(_ text: String) throws {
    var events: [Event] = []
    for line in text.split(separator: "\n") {
      let event = try Self.event(line)
      if case .server(let octets) = event, case .server(let before) = events.last {
        events[events.count - 1] = .server(before + octets)
      } else {
        events.append(event)
      }
    }
    self.events = events
  }

  private static func event(_ line: Substring) throws -> Event {
    let rest = line.dropFirst(3)
    switch line.prefix(3) {
    case "S: ": return .server(octets(rest) + [0x0D, 0x0A])
    case "S:": return .server([0x0D, 0x0A])
    case "R: ": return .server(octets(rest))
    case "C: ": return .client(String(decoding: unescaped(rest), as: UTF8.self))
    case "TLS": return .tls
    default:
      guard let reason = MailSession.Interruption(rawValue: String(line)) else {
        throw TranscriptError(description: "no line of a transcript: \(line)")
      }
      return .interruption(reason)
    }
  }

  private static func octets(_ text: Substring) -> [UInt8] {
    if text.hasPrefix("("), let end = text.range(of: ")*", after: text.startIndex),
      let count = Int(text[end.upperBound...])
    {
      let unit = unescaped(text[..<end.lowerBound].dropFirst())
      return Array(repeatElement(unit, count: count).joined())
    }
    return unescaped(text)
  }

  private static func unescaped(_ text: Substring) -> [UInt8] {
    var octets: [UInt8] = []
    var rest = text.utf8[...]
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
        octets.append(octet)
        continue
      }
      switch kind {
      case UInt8(ascii: "r"): octets.append(0x0D)
      case UInt8(ascii: "n"): octets.append(0x0A)
      case UInt8(ascii: "0"): octets.append(0)
      case UInt8(ascii: "e"): octets.append(0x1B)
      case UInt8(ascii: "x"):
        octets.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: octets.append(kind)
      }
    }
    return octets
  }
}

package struct TranscriptError: Error, CustomStringConvertible {
  package let description: String
}

extension Transcript {
  /// Plays `text` whole and in several kinds of pieces, which may make no difference.
  package static func play(_ text: String, _ dialogue: Dialogue) throws -> MailSession {
    let transcript = try Transcript(text)
    let session = try transcript.play(dialogue)
    for pieces in [Pieces.octets, .random(seed: 1), .random(seed: 2)] {
      guard try transcript.play(dialogue, in: pieces) == session else {
        throw TranscriptError(description: "depends on the pieces")
      }
    }
    return session
  }

  /// Into which pieces the network cuts what the server says.
  package enum Pieces: Sendable {
    case whole, octets
    case random(seed: UInt64)
  }

  /// Throws where the client does not say what is written, or does not come to an end.
  package func play(_ dialogue: Dialogue, in pieces: Pieces = .whole) throws -> MailSession {
    var dialogue = dialogue
    var steps = dialogue.steps()
    var cutter = Cutter(pieces)
    for event in events {
      switch event {
      case .server(let octets):
        for piece in cutter.cut(octets) {
          dialogue.receive(piece)
          steps += dialogue.steps()
        }
      case .client(let line): try take(.send(Array("\(line)\r\n".utf8)), from: &steps)
      case .tls:
        try take(.startTLS, from: &steps)
        dialogue.tlsEstablished()
        steps += dialogue.steps()
      case .interruption(let reason):
        dialogue.interrupt(reason)
        steps += dialogue.steps()
      }
    }
    guard steps.isEmpty else {
      throw TranscriptError(description: "not in the transcript: \(steps.first.shown)")
    }
    guard case .finished(let session) = dialogue.next() else {
      throw TranscriptError(description: "awaits more: \(String(describing: dialogue.awaited))")
    }
    return session
  }

  private func take(_ expected: DialogueStep, from steps: inout [DialogueStep]) throws {
    guard steps.first == expected else {
      throw TranscriptError(description: "\(Optional(expected).shown) expected, not \(steps.first.shown)")
    }
    steps.removeFirst()
  }
}

/// Cuts octets into pieces, never the same way twice if at random.
package struct Cutter {
  private let pieces: Transcript.Pieces
  private var random: SeededGenerator

  package init(_ pieces: Transcript.Pieces) {
    self.pieces = pieces
    if case .random(let seed) = pieces {
      random = SeededGenerator(seed: seed)
    } else {
      random = SeededGenerator()
    }
  }

  package mutating func cut(_ octets: [UInt8]) -> [[UInt8]] {
    var cut: [[UInt8]] = []
    var rest = octets[...]
    while !rest.isEmpty {
      let size =
        switch pieces {
        case .whole: rest.count
        case .octets: 1
        case .random: Int.random(in: 1...min(rest.count, 40), using: &random)
        }
      cut.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return cut
  }
}

extension Dialogue {
  /// Everything to be done now, up to waiting or the end.
  package mutating func steps() -> [DialogueStep] {
    var steps: [DialogueStep] = []
    while true {
      let step = next()
      switch step {
      case .send, .startTLS: steps.append(step)
      case .wait, .finished: return steps
      }
    }
  }
}

extension DialogueStep? {
  fileprivate var shown: String {
    switch self {
    case .send(let octets): "send \(String(reflecting: String(decoding: octets, as: UTF8.self)))"
    case .startTLS: "startTLS"
    case .wait: "wait"
    case .finished: "finished"
    case nil: "nothing"
    }
  }
}

extension Substring {
  fileprivate func range(of text: String, after start: Index) -> Range<Index>? {
    var index = start
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
