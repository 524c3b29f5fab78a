/// What all TLSA records of one service mean together (RFC 7671 §9, RFC 7672 §2.2).
///
/// Whether the answer that brought them was secure is the caller's to know: without DNSSEC they mean nothing.
package import DNSData

package struct TLSASet: Hashable, Sendable {
  /// In the order given.
  package let records: [TLSAAssessment]
  package let application: DANEApplication
  package let standing: Standing
  package let faults: [TLSASetFault]

  package enum Standing: Hashable, Sendable {
    case empty
    /// TLS is demanded, and the server is authenticated.
    case authenticates
    /// TLS is demanded, but nobody is authenticated (RFC 7672 §2.2).
    case allUnusable
  }

  package init(_ records: [TLSA], for application: DANEApplication) {
    self.records = records.map { TLSAAssessment($0, for: application) }
    self.application = application
    if records.isEmpty {
      standing = .empty
    } else {
      standing = self.records.contains(where: \.isUsable) ? .authenticates : .allUnusable
    }
    faults = Self.faults(self.records)
  }

  package var usable: [TLSAAssessment] { records.filter(\.isUsable) }

  private static func faults(_ records: [TLSAAssessment]) -> [TLSASetFault] {
    guard !records.isEmpty else { return [] }
    let usable = records.filter(\.isUsable)
    guard !usable.isEmpty else { return [.allUnusable] }
    var faults: [TLSASetFault] = []
    if usable.count < records.count { faults.append(.someUnusable) }
    if records.count == 1 { faults.append(.singleRecord) }
    if usable.allSatisfy({ $0.usage == .daneTA }) { faults.append(.trustAnchorsOnly) }
    if usable.allSatisfy({ $0.matchingType == .full }) { faults.append(.fullDataOnly) }
    // RFC 7671 §9: digests other than SHA2-256 need not be known.
    if usable.allSatisfy({ $0.matchingType == .sha512 }) { faults.append(.sha512Only) }
    if usable.allSatisfy({ $0.usage == .daneEE && $0.selector == .certificate }) {
      faults.append(.certificatesOnly)
    }
    return faults
  }
}

package enum TLSASetFault: Hashable, Sendable, CaseIterable {
  case allUnusable
  case someUnusable
  /// Nothing is prepared for the next key.
  case singleRecord
  case trustAnchorsOnly
  case fullDataOnly
  case sha512Only
  case certificatesOnly
}

extension TLSASetFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .allUnusable: "Every record is unusable: senders demand TLS, but authenticate nobody."
    case .someUnusable: "Some records are unusable beside others that work."
    case .singleRecord: "There is one record only, so that nothing is prepared for the next key."
    case .trustAnchorsOnly:
      "Every usable record names a certification authority; names and dates of certificates count then."
    case .fullDataOnly: "Every usable record holds a whole certificate or key in place of a digest."
    case .sha512Only: "Every usable record has a SHA-512 digest, which senders need not know."
    case .certificatesOnly: "Every usable record is bound to one certificate, and breaks at its renewal."
    }
  }
}
