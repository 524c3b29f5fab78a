// How long a DKIM record must outlive the use of its key, and which keys are in use at a moment.

import DKIM
package import DNSData

extension ExpectedSelector {
  /// Mail may wait in a queue that long (RFC 5321 §4.5.4.1), and its signature is checked at the end of it.
  package static let shortestRetirement: Int64 = 5 * 86_400  // seconds

  /// For how long the record must stay once signing stops; `ttl` is that of the record.
  package static func retirement(ttl: UInt32) -> Int64 { max(shortestRetirement, Int64(ttl)) }

  /// Until when the record must stay; nil unless the key is retiring.
  package func keptUntil(ttl: UInt32) -> Timestamp? {
    guard case .retiring(let since) = state else { return nil }
    return Timestamp(seconds: since.seconds + Self.retirement(ttl: ttl))
  }

  /// A retirement that is still to come is none yet.
  package func signs(at now: Timestamp) -> Bool {
    switch state {
    case .signing: true
    case .retiring(let since): now < since
    case .planned, .published, .retired, .revoked: false
    }
  }

  /// An RSA key of at least 2048 bits (RFC 8301 §3.2), which every receiver verifies; nil where no key is known.
  package var isStrongRSA: Bool? { key.map { ($0.rsaBits ?? 0) >= 2048 } }
}

extension ExpectedDomain {
  /// Labels of the keys that sign.
  package func signingSelectors(at now: Timestamp) -> [String] {
    selectors.filter { $0.signs(at: now) }.map(\.label)
  }

  /// Labels of the keys that do not, or not yet, or no more.
  package func idleSelectors(at now: Timestamp) -> [String] {
    selectors.filter { !$0.signs(at: now) }.map(\.label)
  }

  package func selector(_ label: String) -> ExpectedSelector? { selectors.first { $0.label == label } }

  /// The record that `selector` is to publish; nil without a key.
  package func record(of selector: ExpectedSelector, at name: Name, ttl: UInt32) -> Record? {
    selector.key.map { Record(name, ttl: ttl, .txt(TXT($0.description))) }
  }
}
