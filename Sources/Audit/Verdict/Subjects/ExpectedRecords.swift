import DNSData
package import Expectation

/// Record sets of the expected configuration for one purpose, compared with what is published; those of other purposes
/// are other rules'. Not applicable without an expected configuration.
package struct ExpectedRecords<Scope: WantedScope>: Subject {
  package let comparison: RecordComparison

  package static func observe(_ facts: Facts) -> Observation<ExpectedRecords<Scope>> {
    let findings = facts.wantedSets.filter { Scope.includes($0.wanted.kind) }
    return Observation(
      findings.compactMap(\.comparison).map { ExpectedRecords(comparison: $0) },
      gaps: findings.compactMap { finding in
        if case .unknown(_, let gap) = finding { gap } else { nil }
      })
  }

  /// One fault for what differs, with the records that mend it.
  package func fault(severity: Severity? = nil) -> [Fault] {
    guard let message = comparison.message else { return [] }
    return [
      Fault(
        in: comparison.answer, severity: severity, message, observed: comparison.observed,
        expected: comparison.expected, mend: comparison.mend)
    ]
  }
}

package protocol WantedScope: Sendable {
  static func includes(_ kind: WantedRecordSet.Kind) -> Bool
}

package enum WantedScopes {
  package enum Addresses: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool {
      if case .addresses = kind { true } else { false }
    }
  }

  package enum Reverse: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool {
      if case .reverse = kind { true } else { false }
    }
  }

  package enum Exchangers: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .mx }
  }

  package enum SPF: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .spf }
  }

  package enum DMARC: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .dmarc }
  }

  /// The record and the host of the policy.
  package enum MTASTS: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool {
      kind == .mtasts || kind == .policyHost
    }
  }

  package enum TLSReporting: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .tlsrpt }
  }

  package enum Services: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool {
      if case .service = kind { true } else { false }
    }
  }

  package enum Autoconfig: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .autoconfig }
  }

  package enum Autodiscover: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .autodiscover }
  }

  package enum Authorities: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .caa }
  }

  package enum Pins: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool {
      if case .tlsa = kind { true } else { false }
    }
  }

  package enum Webmail: WantedScope {
    package static func includes(_ kind: WantedRecordSet.Kind) -> Bool { kind == .webmail }
  }
}

// MARK: - In words

extension RecordComparison {
  /// nil where all is as it should be.
  package var message: Message? {
    let place: Message = "\(wanted.name) \(wanted.type)"
    return switch standing {
    case .matches: nil
    case .missing: "\(place) is not published: \(own: wanted.purpose)."
    case .wrong: "\(place) is not what is expected: \(own: wanted.purpose)."
    case .extra: "\(place) has more than is expected: \(own: wanted.purpose)."
    }
  }

  package var observed: Message? {
    let shown = standing == .extra ? surplus : published
    return shown.isEmpty ? nil : shown.map { "\(foreign: $0.text)" as Message }.enumeration
  }

  package var expected: Message {
    guard !wanted.records.isEmpty else { return "no such record" }
    let records = standing == .extra ? wanted.records : lacking
    return records.map { "\(foreign: $0.text)" as Message }.enumeration
  }
}

extension Record {
  /// A text as its readers see it, all else as in a zone.
  fileprivate var text: [UInt8] {
    if case .txt(let text) = data { text.joined } else { Array(data.description.utf8) }
  }
}
