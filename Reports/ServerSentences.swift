import DNSData
import Evidence
import Verdict

// What mail servers said and did, in words.

extension SilentServer {
  var sentence: String {
    switch self {
    case .refusedConnection: "the connection was refused"
    case .connectionTimedOut: "no answer to the attempt to connect"
    case .unreachable: "the server cannot be reached"
    case .ended(let interruption, let stage): "the server \(interruption.words) while \(stage.words)"
    case .unintelligible(let stage): "what the server sent cannot be understood, \(stage.words)"
    case .turnedAway(let reply): "the server turned this client away: \(reply.words)"
    case .handshakeFailed(let failure): failure.sentence
    }
  }
}

extension MailSession.Interruption {
  fileprivate var words: String {
    switch self {
    case .closed: "closed the connection"
    case .reset: "reset the connection"
    case .timedOut: "did not answer in time"
    case .tlsFailed: "broke off TLS"
    case .abandoned: "was left"
    }
  }
}

extension MailSession.Stage {
  fileprivate var words: String {
    switch self {
    case .greeting: "its greeting was awaited"
    case .capabilities: "its capabilities were awaited"
    case .startTLS: "its answer to STARTTLS was awaited"
    case .handshake: "the TLS handshake was under way"
    case .capabilitiesInTLS: "its capabilities inside TLS were awaited"
    case .sender: "its answer to MAIL was awaited"
    case .injection: "it was taken leave of inside TLS"
    case .quit: "it was taken leave of"
    }
  }
}

extension MailReply {
  /// The status and the first line, escaped.
  package var words: String {
    let line = text.first.map { " " + Printable.text($0) } ?? ""
    switch status {
    case .code(let code, _): return "\(code)\(line)"
    case .word(let word, let code):
      return word.rawValue + (code.map { " [\(Printable.text($0))]" } ?? "") + line
    }
  }
}

extension TLSFailure {
  package var sentence: String {
    switch self {
    case .alert(let number): "the server refused TLS with alert \(number)"
    case .endOfStream: "the server closed the connection during the TLS handshake"
    case .reset: "the server reset the connection during the TLS handshake"
    case .timedOut: "the TLS handshake was not over in time"
    case .notTLS: "the server answered with something that is not TLS"
    case .versionNotOffered: "the server chose a TLS version that was not offered"
    case .protocolError(let reason): "the TLS handshake failed: \(Printable.text(Array(reason.utf8)))"
    case .limit: "the server sent more than a TLS handshake needs"
    case .ownFailure(let reason): "TLS failed on this side: \(Printable.text(Array(reason.utf8)))"
    }
  }
}

extension ServerTrouble {
  var sentence: String {
    switch self {
    case .closed: "closed: \(SilentServer.refusedConnection.sentence)"
    case .noAnswer: SilentServer.connectionTimedOut.sentence
    case .unreachable: SilentServer.unreachable.sentence
    case .notTested(let reason): "not tested: \(reason.sentence)"
    case .noStartTLS: "no STARTTLS: the server does not offer it"
    case .startTLSRefused(let reply): "STARTTLS refused: \(reply.words)"
    case .incomplete(let silence): silence.sentence
    }
  }
}

extension MailProtocol {
  /// As --starttls takes it.
  package var word: String {
    switch self {
    case .smtp: "smtp"
    case .imap: "imap"
    case .pop3: "pop3"
    case .manageSieve: "sieve"
    }
  }
}

extension MailSession.Security {
  var word: String {
    switch self {
    case .implicitTLS: "TLS"
    case .startTLS: "STARTTLS"
    }
  }
}

extension TrustVerdict {
  /// At most twelve letters.
  var word: String {
    switch self {
    case .trusted: "trusted"
    case .untrusted(let error): error.kind.word
    }
  }

  var sentence: String {
    switch self {
    case .trusted: "leads to the CA store"
    case .untrusted(let error): "\(error.kind.word): \(Printable.text(Array(error.reason.utf8)))"
    }
  }
}

extension PathError.Kind {
  fileprivate var word: String {
    switch self {
    case .selfSigned: "self-signed"
    case .unknownRoot: "unknown root"
    case .issuerMissing: "no issuer"
    case .date: "out of date"
    case .name: "other name"
    case .purpose: "no server's"
    case .signature: "bad signature"
    case .noTLSAMatch, .other: "untrusted"
    }
  }
}

extension DateVerdict {
  /// nil for a certificate in date, whose end is what matters.
  var word: String? {
    switch self {
    case .inDate: nil
    case .expired: "expired"
    case .notYetValid: "too early"
    case .unreadable: "unreadable"
    }
  }

  var sentence: String {
    switch self {
    case .inDate: "in date"
    case .expired(let time, let depth): "expired on \(time.date)\(Self.words(depth))"
    case .notYetValid(let time, let depth): "not valid before \(time.date)\(Self.words(depth))"
    case .unreadable(let depth): "a date that cannot be read\(Self.words(depth))"
    }
  }

  private static func words(_ depth: Int) -> String {
    depth == 0 ? "" : " (certificate \(depth) above the server's own)"
  }
}

extension RevocationVerdict {
  var sentence: String {
    switch self {
    case .notRevoked: "not revoked"
    case .revoked(let time, _): time.map { "revoked on \($0.date)" } ?? "revoked"
    case .unusable: "nothing that counts"
    }
  }
}

extension TLSAStanding {
  var word: String {
    switch self {
    case .notAsked: "-"
    case .unknown: "?"
    case .none: "none"
    case .unusable: "unusable"
    case .matches: "match"
    case .matchesPartly: "partly"
    case .mismatches: "no match"
    }
  }
}

extension TLSFacts {
  var chainWord: String { trust?.word ?? "not judged" }
  var nameWord: String { nameMatches.map { $0 ? "ok" : "other" } ?? "?" }
  /// When the certificate ends, or what is wrong with its dates.
  var endWord: String { dates?.word ?? notAfter?.date ?? "?" }
}

extension ServerRow {
  /// What the table's columns do not hold; without TLS at least one sentence.
  var remarks: [String] {
    guard let tls else { return [trouble?.sentence ?? "no TLS"] }
    let revocation = tls.revocation.flatMap { $0.isRevoked == true ? "certificate \($0.sentence)" : nil }
    return [tls.legacyVersion.map { "also accepts \($0)" }, revocation, trouble?.sentence].compactMap(\.self)
  }
}

extension Timestamp {
  /// `2026-11-21`.
  var date: String { String(description.prefix { $0 != "T" }) }
}
