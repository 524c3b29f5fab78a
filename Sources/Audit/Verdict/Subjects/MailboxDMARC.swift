import Expectation

/// The DMARC record that applies to a domain of which the operator says that it has mailboxes, and sends.
package struct MailboxDMARC: Subject {
  package let applied: AppliedDMARC

  package static func observe(_ facts: Facts) -> Observation<MailboxDMARC> {
    guard facts.expected?.role == .full else { return .notApplicable }
    let applied = facts.observation(of: AppliedDMARC.self)
    return Observation(applied.subjects.map { MailboxDMARC(applied: $0) }, gaps: applied.gaps)
  }
}
