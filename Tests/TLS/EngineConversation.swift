/// The pump between an engine and a server over memory.
import CertificateTesting
import Evidence

@testable import TLS

extension TLSEngine {
  /// To and fro until both are silent.
  func converse(with server: TestServer, pieces size: Int = .max) {
    while true {
      let sent = takeOutput()
      var answer = server.answer(sent)[...]
      guard !sent.isEmpty || !answer.isEmpty else { return }
      while !answer.isEmpty {
        receive(Array(answer.prefix(size)))
        answer = answer.dropFirst(size)
      }
    }
  }

  var failure: TLSFailure? {
    switch state {
    case .failed(let failure): failure
    case .handshaking, .established, .closed: nil
    }
  }
}
