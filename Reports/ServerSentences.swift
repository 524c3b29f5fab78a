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

extension WithheldDocument {
  var sentence: String {
    switch self {
    case .failed(let failure): failure.sentence
    case .putOff(let status):
      "the web server answered \(status), which speaks of the moment or of this client"
    case .redirected: "the web server leads elsewhere, where this audit does not follow"
    }
  }
}

extension FetchFailure {
  package var sentence: String {
    switch self {
    case .refused: "the web server refused the connection"
    case .unreachable: "the web server cannot be reached, or not from here"
    case .timedOut(let phase): "the web server did not answer in time, \(phase.words)"
    case .connectionLost(let phase): "the web server closed the connection, \(phase.words)"
    case .certificate: "the web server's certificate cannot be verified"
    case .handshake: "the TLS handshake with the web server failed"
    case .notHTTP: "the web server answered with something that is not HTTP"
    case .headTooLarge: "the web server sent more header fields than are taken"
    case .addressesWithheld: NotTested.addressNotAllowed.sentence
    case .cancelled: NotTested.auditEnded.sentence
    case .ownFailure(let reason): "the fetch failed on this side: \(Printable.text(Array(reason.utf8)))"
    }
  }
}

extension FetchPhase {
  fileprivate var words: String {
    switch self {
    case .connecting: "while it was connected to"
    case .handshake: "during the TLS handshake"
    case .exchange: "after it was asked"
    }
  }
}
