import DKIM
import DMARC
import Reports
import SPF

// The verdict of each standard over one text, in the words of `lint`.

extension LintReport {
  init(spf octets: [UInt8]) {
    guard let record = SPFRecord(octets) else {
      self.init("ignored", [Remark(.note, at: 0, "The text does not begin with v=spf1 and a space.")])
      return
    }
    let faults = record.faults.map { Remark(.error, at: $0.range.lowerBound, "\($0.kind)") }
    let remarks = record.remarks.map { Remark(.warning, at: $0.range.lowerBound, "\($0.kind)") }
    self.init(faults.isEmpty ? "ok" : "error", faults + remarks)
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
}
