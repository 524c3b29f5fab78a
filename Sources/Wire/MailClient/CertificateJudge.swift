// What the certificates shown in a run are worth. A host shows the same chain at every port and address: it is judged
// once, and all of them at one moment.

internal import Crypto
internal import DNSData
internal import Evidence

struct CertificateJudge {
  private struct Case: Hashable {
    let chain: [ForeignOctets]
    let response: ForeignOctets?
    let identity: ServerIdentity
  }

  private let store: TrustStore
  private let time: Timestamp
  private var verdicts: [Case: CertificateVerdicts] = [:]

  init(_ store: TrustStore, at time: Timestamp) {
    self.store = store
    self.time = time
  }

  /// nil where there is no memory for a judgement.
  mutating func verdicts(
    on chain: CertificateChain, stapled response: ForeignOctets?, for identity: ServerIdentity
  ) -> CertificateVerdicts? {
    let shown = Case(chain: chain.octets, response: response, identity: identity)
    if let known = verdicts[shown] { return known }
    let judged = try? store.verdicts(on: chain, stapled: response, for: [identity], at: time)
    verdicts[shown] = judged
    return judged
  }
}
