import DKIM
import DMARC
import MTASTS
import Reports
import SPF
import TLSRPT

// The verdict of each standard over one text, in the words of `lint`.

extension LintReport {
  init(spf octets: [UInt8]) {
    guard let record = SPFRecord(octets) else {
      self.init("ignored", [Remark(.note, at: 0, "The text does not begin with v=spf1 and a space.")])
      return
    }
    let faults = record.faults.map { Remark(.error, at: $0.range.lowerBound, "\($0.kind)") }
    let remarks = record.remarks.map { Remark(.warning, at: $0.range.lowerBound, "\($0.kind)") }
    self.init(faults.isEmpty ? "ok" : "error", faults + remarks + Self.warnings(record))
  }

  /// What receivers accept and the operator will regret.
  private static func warnings(_ record: SPFRecord) -> [Remark] {
    var warnings: [Remark] = []
    if let all = record.all, all.qualifier == .pass {
      warnings.append(Remark(.warning, at: all.range.lowerBound, "Everybody may send."))
    }
    for term in record.terms where term.qualifier == .pass {
      switch term.mechanism {
      case .ip4(let network), .ip6(let network):
        guard network.isExcessiveForSPF else { continue }
        warnings.append(Remark(.warning, at: term.range.lowerBound, "A very wide network may send."))
      case .ptr:
        warnings.append(Remark(.warning, at: term.range.lowerBound, "RFC 7208 §5.5 says not to use ptr."))
      case .all, .include, .a, .mx, .exists, nil: continue
      }
    }
    warnings += record.unreachableTerms.map {
      Remark(.warning, at: $0.range.lowerBound, "A term is never reached, because of all.")
    }
    let lookups = record.terms.filter { $0.looksUp && !record.unreachableTerms.contains($0) }
    if let last = lookups.dropFirst(SPFLimits.lookups).first {
      warnings.append(
        Remark(
          .warning, at: last.range.lowerBound,
          "More than \(SPFLimits.lookups) terms look something up: permerror."))
    }
    return warnings
  }

  init(dkim octets: [UInt8]) {
    let record = DKIMKeyRecord(octets)
    let remarks = record.faults.map { fault in
      let weight: Weight =
        switch fault.kind.effect {
        case .discards, .unsupported, .unusable: .error
        case .warns: .warning
        case .notes: .note
        }
      return Remark(weight, at: fault.range.lowerBound, "\(fault.kind)")
    }
    self.init(record.usability.rawValue, remarks)
  }

  init(dmarc octets: [UInt8]) {
    let record = DMARCRecord(octets)
    let discards = record.usability == .error
    let remarks = record.faults.map { fault in
      let isFatal = discards && (fault.kind.discardsPolicies || record.standing != .policyRecord)
      return Remark(isFatal ? .error : .warning, at: fault.range.lowerBound, "\(fault.kind)")
    }
    self.init(record.usability.rawValue, remarks)
  }

  init(mtaSTS octets: [UInt8]) {
    let record = MTASTSRecord(octets)
    let remarks = record.faults.map { fault in
      let weight: Weight =
        if case .notMTASTS = fault.kind { .note } else { fault.kind.discardsRecord ? .error : .warning }
      return Remark(weight, at: fault.range.lowerBound, "\(fault.kind)")
    }
    self.init(record.usability.rawValue, remarks)
  }

  init(mtaSTSPolicy octets: [UInt8]) {
    let policy = MTASTSPolicy(octets)
    let remarks = policy.faults.map { fault in
      let weight: Weight =
        switch fault.kind.effect {
        case .discardsPolicy: .error
        case .dropsLine, .warns: .warning
        }
      return Remark(weight, at: fault.range.lowerBound, "\(fault.kind)")
    }
    self.init(policy.usability.rawValue, remarks)
  }

  init(tlsRPT octets: [UInt8]) {
    let record = TLSRPTRecord(octets)
    let isDiscarded = record.usability == .error
    let remarks = record.faults.map { fault in
      let weight: Weight =
        if case .notTLSRPT = fault.kind { .note } else { isDiscarded ? .error : .warning }
      return Remark(weight, at: fault.range.lowerBound, "\(fault.kind)")
    }
    self.init(record.usability.rawValue, remarks)
  }
}
