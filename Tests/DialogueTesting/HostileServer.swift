/// A server that says anything at all, the same in every run.
package import Dialogues
package import Evidence
import Foundation
import SeededRandom

package struct HostileServer: Sendable {
  private let inPlaintext: [UInt8]
  private let inTLS: [UInt8]
  private let speaksTLS: Bool
  private let ending: MailSession.Interruption

  /// Says pieces of `vocabulary` in random order, whole or damaged.
  package init(vocabulary: [String], seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    inPlaintext = Self.octets(of: vocabulary, &random)
    inTLS = Self.octets(of: vocabulary, &random)
    speaksTLS = Int.random(in: 0..<5, using: &random) > 0
    ending = MailSession.Interruption.allCases.randomElement(using: &random) ?? .closed
  }

  /// What is wrong with the sessions that a dialogue makes of many such servers; none is right.
  package static func complaints(
    vocabulary: [String], servers: UInt64 = 1500, _ dialogue: (MailSession.Security) -> Dialogue
  ) throws -> [String] {
    var complaints: [String] = []
    var ends: Set<MailSession.Stage> = []
    for seed in 0..<servers {
      let server = HostileServer(vocabulary: vocabulary, seed: seed)
      for security in MailSession.Security.allCases {
        let (session, sent) = server.meet(dialogue(security), in: .whole)
        guard let session else {
          complaints.append("\(seed): no end")
          continue
        }
        complaints += session.contradictions.map { "\(seed): \($0)" }
        if session.greeting == nil, sent.contains(where: \.isOctets) {
          complaints.append("\(seed): spoke before the greeting")
        }
        for pieces in [Transcript.Pieces.octets, .random(seed: seed)] {
          let other = server.meet(dialogue(security), in: pieces)
          if other.session != session || other.sent != sent {
            complaints.append("\(seed): depends on pieces")
          }
        }
        ends.insert(session.stage)
        // Slow in a debug build.
        guard seed.isMultiple(of: 10) else { continue }
        let copy = try JSONDecoder().decode(MailSession.self, from: JSONEncoder().encode(session))
        if copy != session { complaints.append("\(seed): changed by saving") }
      }
    }
    for stage in [MailSession.Stage.greeting, .startTLS, .handshake, .capabilitiesInTLS, .quit]
    where !ends.contains(stage) {
      complaints.append("nobody came to \(stage)")
    }
    return complaints
  }

  private static func octets(of vocabulary: [String], _ random: inout SeededGenerator) -> [UInt8] {
    var octets: [UInt8] = []
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      octets += Array((vocabulary.randomElement(using: &random) ?? "").utf8)
      if Int.random(in: 0..<4, using: &random) > 0 { octets += [0x0D, 0x0A] }
    }
    for _ in 0..<max(0, Int.random(in: -3...2, using: &random)) where !octets.isEmpty {
      octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    return octets
  }

  /// What a dialogue makes of it, and everything that it sent.
  package func meet(_ dialogue: Dialogue, in pieces: Transcript.Pieces) -> (
    session: MailSession?, sent: [DialogueStep]
  ) {
    var dialogue = dialogue
    var cutter = Cutter(pieces)
    var sent = dialogue.steps()
    for octets in [inPlaintext, inTLS] {
      for piece in cutter.cut(octets) {
        dialogue.receive(piece)
        sent += dialogue.steps()
      }
      if speaksTLS { dialogue.tlsEstablished() }
      sent += dialogue.steps()
    }
    dialogue.interrupt(ending)
    sent += dialogue.steps()
    // Once more: the farewell may have been awaited.
    dialogue.interrupt(ending)
    if case .finished(let session) = dialogue.next() { return (session, sent) }
    return (nil, sent)
  }
}

extension DialogueStep {
  fileprivate var isOctets: Bool {
    switch self {
    case .send: true
    case .startTLS, .wait, .finished: false
    }
  }
}

extension MailSession {
  /// What holds for every session; a sentence for each that does not.
  package var contradictions: [String] {
    var found: [String] = []
    if unfinished.count > DialogueLimits.keptOctets { found.append("too much was kept") }
    if plaintextBeforeHandshake.count > DialogueLimits.keptOctets {
      found.append("too much plaintext was kept")
    }
    if startTLS == .notOffered, inPlaintext == .unseen {
      found.append("STARTTLS is missing from a list not seen")
    }
    if startTLS == .ruledOutByPreauth, greeting?.word != .preauth { found.append("no PREAUTH") }
    if greeting == nil, ![.greeting, .handshake].contains(stage) {
      found.append("went on without a greeting")
    }
    if ending == .completed, stage != .quit { found.append("complete at \(stage)") }
    if ending == .completed, inPlaintext == .unseen, inTLS == .unseen {
      found.append("complete without a list")
    }
    if security == .implicitTLS, inPlaintext != .unseen || startTLS != .implicit {
      found.append("plaintext under implicit TLS")
    }
    if security == .startTLS, inTLS != .unseen, startTLS != .accepted { found.append("TLS without STARTTLS") }
    return found
  }
}
