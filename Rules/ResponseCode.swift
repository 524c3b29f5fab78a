import Verdict

/// The code of an answer (RFC 1035 §4.1.1, RFC 6895 §2.3).
struct ResponseCode {
  private let code: Int

  init(_ code: Int) { self.code = code }

  var title: Message {
    switch code {
    case 0: "NOERROR"
    case 1: "FORMERR"
    case 2: "SERVFAIL"
    case 3: "NXDOMAIN"
    case 4: "NOTIMP"
    case 5: "REFUSED"
    case 9: "NOTAUTH"
    case 16: "BADVERS"
    default: "response code \(code)"
    }
  }
}
