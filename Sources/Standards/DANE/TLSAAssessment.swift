/// What one TLSA record is good for, by its fields alone (RFC 6698 §2.1, RFC 7671 §5, RFC 7672 §3.1). Whether
/// it matches a certificate is asked elsewhere.
package import DNSData

package struct TLSAAssessment: Hashable, Sendable {
  package let record: TLSA
  package let application: DANEApplication
  /// nil for values without a meaning, in this and the next two.
  package let usage: TLSAUsage?
  package let selector: TLSASelector?
  package let matchingType: TLSAMatchingType?
  /// In the order of the fields.
  package let faults: [TLSAFault]

  package init(_ record: TLSA, for application: DANEApplication) {
    self.record = record
    self.application = application
    usage = TLSAUsage(rawValue: record.usage)
    selector = TLSASelector(rawValue: record.selector)
    matchingType = TLSAMatchingType(rawValue: record.matchingType)
    faults = Self.faults(record, application)
  }

  /// Whether clients can authenticate a server with it.
  package var isUsable: Bool { !faults.contains { $0.kind.makesUnusable } }

  private static func faults(_ record: TLSA, _ application: DANEApplication) -> [TLSAFault] {
    let usage = TLSAUsage(rawValue: record.usage)
    let selector = TLSASelector(rawValue: record.selector)
    var faults: [TLSAFault] = []
    func add(_ kind: TLSAFault.Kind, _ field: TLSAField) {
      faults.append(TLSAFault(kind: kind, field: field))
    }
    if usage == nil { add(.usageUnknown, .usage) }
    if usage?.needsPKIX == true, application == .smtp { add(.usagePKIX, .usage) }
    if selector == nil { add(.selectorUnknown, .selector) }
    switch TLSAMatchingType(rawValue: record.matchingType) {
    case nil: add(.matchingTypeUnknown, .matchingType)
    case .full: add(.fullData, .matchingType)
    case .sha256, .sha512: break
    }
    // RFC 7671 §5.1: the certificate changes with every renewal, the key need not.
    if usage == .daneEE, selector == .certificate { add(.pinsCertificate, .selector) }
    if record.association.isEmpty {
      add(.associationEmpty, .association)
    } else if let expected = TLSAMatchingType(rawValue: record.matchingType)?.associationLength,
      expected != record.association.count
    {
      add(.associationLength(expected: expected, found: record.association.count), .association)
    }
    return faults
  }
}

package enum TLSAField: Hashable, Sendable, CaseIterable {
  case usage, selector, matchingType, association
}

package struct TLSAFault: Hashable, Sendable {
  package let kind: Kind
  package let field: TLSAField

  package enum Kind: Hashable, Sendable {
    case usageUnknown
    case usagePKIX
    case selectorUnknown
    case matchingTypeUnknown
    case fullData
    case pinsCertificate
    case associationEmpty
    /// In octets.
    case associationLength(expected: Int, found: Int)
  }
}

extension TLSAFault.Kind {
  package var makesUnusable: Bool {
    switch self {
    case .usageUnknown, .usagePKIX, .selectorUnknown, .matchingTypeUnknown, .associationEmpty,
      .associationLength:
      true
    case .fullData, .pinsCertificate: false
    }
  }
}

extension TLSAFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .usageUnknown: "The certificate usage has no meaning; it must be 0 to 3."
    case .usagePKIX: "Certificate usages 0 and 1 are unusable for mail; it must be 2 or 3."
    case .selectorUnknown: "The selector has no meaning; it must be 0 or 1."
    case .matchingTypeUnknown: "The matching type has no meaning; it must be 0, 1 or 2."
    case .fullData: "The record holds the whole certificate or key in place of a digest."
    case .pinsCertificate: "The record is bound to one certificate, and breaks at every renewal."
    case .associationEmpty: "The record holds no digest and no certificate."
    case .associationLength(let expected, let found):
      "The digest has \(found) octets; its type has \(expected)."
    }
  }
}
