/// A TLS client over memory: octets in, octets out, no socket, no clock. Whoever owns the connection carries the
/// octets, keeps the deadline, and closes when the state says so.
///
/// Every call to OpenSSL finds the thread's error queue empty and reads it at once; nothing here suspends, and an
/// engine belongs to one connection and is never used by two threads at a time.
import COpenSSL
package import Crypto
package import DNSData
package import Evidence

package final class TLSEngine {
  package enum State: Hashable, Sendable {
    case handshaking
    case established
    /// Before or after the handshake was completed; what is to be sent may hold an alert for the server.
    case failed(TLSFailure)
    case closed(Closure)
  }

  package enum Closure: Hashable, Sendable {
    /// The server said so (RFC 8446 §6.1).
    case notified
    /// The connection ended without a word, as is usual for SMTP.
    case endOfStream
    /// By `close()`.
    case own
  }

  package private(set) var state = State.handshaking
  /// What was agreed on; stays when the connection fails later.
  package private(set) var parameters: TLSParameters?

  /// Octets that the server may send before the handshake is complete: the largest chain and what is around it.
  package static let maximumHandshake = 262_144

  private let policy: TLSPolicy
  private let serverName: Name?
  private let applicationProtocols: [String]
  private let connection: TLSConnection
  private var received = 0
  private var firstOctets: [UInt8] = []
  private var transportHasEnded = false

  /// `serverName` is sent if it is a name that servers have; nil for an address (RFC 6066 §3). The ClientHello is
  /// there to be taken at once.
  package init(
    _ context: TLSContext, serverName: Name?, applicationProtocols: [String] = []
  ) throws(TLSSetupError) {
    let sent = serverName?.certificateText
    policy = context.policy
    self.serverName = sent == nil ? nil : serverName
    self.applicationProtocols = applicationProtocols
    connection = try TLSConnection(context, serverName: sent, applicationProtocols: applicationProtocols)
    shakeHands()
  }

  /// What the server sent. Application data in it is there to be `read`.
  package func receive(_ octets: UnsafeRawBufferPointer) {
    switch state {
    case .failed, .closed: return
    case .established: feed(octets)
    case .handshaking:
      received += octets.count
      firstOctets += octets.prefix(RecordHeader.length - firstOctets.count)
      guard received <= Self.maximumHandshake else {
        state = .failed(.limit(.handshake))
        return
      }
      feed(octets)
      if state == .handshaking { shakeHands() }
    }
  }

  package func receive(_ octets: [UInt8]) { octets.withUnsafeBytes { receive($0) } }

  /// The server's end of the connection. What came before it can still be `read`.
  package func receiveEnd() {
    transportHasEnded = true
    if state == .handshaking { shakeHands() }
  }

  /// The connection ended in a way that only its owner knows: reset, timed out.
  package func abandon(_ failure: TLSFailure) {
    switch state {
    case .handshaking, .established: state = .failed(failure)
    case .failed, .closed: return
    }
  }

  /// What is to be sent now; to be asked for after every call.
  package func takeOutput() -> [UInt8] { connection.takeOutput() }

  /// Application data, at most so many octets; empty if there is none yet or will never be: see `state`.
  package func read(atMost limit: Int) -> [UInt8] {
    guard state == .established else { return [] }
    switch connection.read(atMost: limit) {
    case .octets(let octets): return octets
    case .wantsMore: if transportHasEnded { state = .closed(.endOfStream) }
    case .closed: state = .closed(.notified)
    case .failed(let failure): state = .failed(failure)
    }
    return []
  }

  /// Ignored unless established.
  package func write(_ octets: [UInt8]) {
    guard state == .established, !octets.isEmpty else { return }
    if let failure = connection.write(octets) { state = .failed(failure) }
  }

  /// Says goodbye to the server; its answer is not waited for (RFC 8446 §6.1).
  package func close() {
    guard state == .established else { return }
    connection.close()
    state = .closed(.own)
  }

  /// What the handshake has shown; nil while it goes on.
  package var handshake: TLSHandshake? {
    let result: TLSHandshake.Result
    switch (parameters, state) {
    case (let parameters?, _): result = .completed(parameters)
    case (nil, .failed(let failure)): result = .failed(failure)
    case (nil, .handshaking), (nil, .established), (nil, .closed): return nil
    }
    return TLSHandshake(
      policy: policy, serverName: serverName, applicationProtocols: applicationProtocols, result: result,
      chain: chain?.octets ?? [], stapledResponse: connection.stapledResponse)
  }

  /// The certificates of `handshake`: to be asked for when there is one, since they are looked at once.
  package private(set) lazy var chain = connection.chain

  private func feed(_ octets: UnsafeRawBufferPointer) {
    if !connection.feed(octets) { state = .failed(.ownFailure("out of memory")) }
  }

  private func shakeHands() {
    switch connection.shakeHands() {
    case .completed:
      parameters = connection.parameters
      state = .established
    case .wantsMore: if transportHasEnded { state = .failed(notTLS ?? .endOfStream(received: received)) }
    case .closed: state = .failed(.endOfStream(received: received))
    case .failed(let failure): state = .failed(notTLS ?? failure)
    }
  }

  private var notTLS: TLSFailure? { RecordHeader.isPossible(firstOctets) ? nil : .notTLS }
}

/// The first octets of a record (RFC 8446 §5.1).
private enum RecordHeader {
  static let length = 5

  static func isPossible(_ octets: [UInt8]) -> Bool {
    guard let type = octets.first else { return true }
    // change_cipher_spec to application_data; the major version is 3 from SSL 3.0 on.
    return (20...23).contains(type) && (octets.count < 2 || octets[1] == 3)
  }
}
