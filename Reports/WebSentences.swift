import DNSData
import Evidence
import Verdict

// What web servers said and did, in words.

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

extension DocumentRow {
  var sentence: String {
    let words =
      switch finding {
      case .usable: "served"
      case .answered: "there is an answer, which is enough"
      case .faulty: "served, with faults for which programs do not take it"
      case .absent: status == 200 ? "something else is served" : "not there"
      case .locked: "behind a password"
      case .redirected(let target):
        "leads elsewhere" + (target.map { ", to \"\(Printable.text($0.octets))\"" } ?? "")
      case .failed(.certificate(let refusal)): "the web server's certificate \(refusal.words.plain)"
      case .failed(let failure): failure.sentence
      }
    let place = purpose == .challenge ? address.map { " (at \($0))" } : nil
    return words + (isOverIPv6Alone ? " (over IPv6 alone)" : "") + (place ?? "")
  }
}

extension DocumentRow.Purpose {
  var words: String {
    switch self {
    case .policy: "MTA-STS policy"
    case .settings: "settings for mail programs"
    case .autodiscover: "Autodiscover"
    case .webmail: "webmail"
    case .challenge: "port 80 for HTTP-01 of ACME"
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
