package import DNSData
package import Expectation

/// A fault that a waiver of the expected configuration covers: shown, and counted neither for the score nor for the exit
/// status.
package struct WaivedFault: Hashable, Sendable {
  package let fault: Fault
  package let waiver: Waiver
}

extension Waiver {
  package func hasEnded(at time: Timestamp) -> Bool { end <= time }
}

extension Judgement {
  /// Without the faults that `waivers` cover at `time`.
  func waiving(_ waivers: [Waiver], rule: String, at time: Timestamp) -> Judgement {
    let standing = waivers.filter { $0.rule == rule && !$0.hasEnded(at: time) }
    guard !standing.isEmpty else { return self }
    var kept: [Fault] = []
    var waived: [WaivedFault] = []
    for fault in faults {
      if let waiver = standing.first(where: { $0.covers(rule, at: fault.place.name) }) {
        waived.append(WaivedFault(fault: fault, waiver: waiver))
      } else {
        kept.append(fault)
      }
    }
    return Judgement(faults: kept, waived: waived, gaps: gaps, hasSubjects: hasSubjects)
  }
}
