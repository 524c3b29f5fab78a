package import DNSData
import SPF

/// A domain that is not for mail, as far as its records tell. One whose null MX stands beside senders is none.
package struct UnusedDomain: Subject {
  package enum Statement: Hashable, Sendable {
    /// Null MX, or SPF that denies everybody.
    case declared
    /// It just lacks MX and SPF, as web sites do.
    case silent
  }

  package let name: Name
  package let statement: Statement
  package let mx: Answer
  package let texts: Answer
  /// The look-ups of A and AAAA.
  package let addresses: [Answer]

  /// What is not declared is a note: the domain may take mail at its address after all.
  package func severity(_ severity: Severity) -> Severity {
    switch statement {
    case .declared: severity
    case .silent: .info
    }
  }

  /// A change that is right only for a domain that is known to be unused.
  package func ifDeclared(_ mend: @autoclosure () -> Mend?) -> Mend? {
    switch statement {
    case .declared: mend()
    case .silent: nil
    }
  }

  package static func observe(_ facts: Facts) -> Observation<UnusedDomain> {
    guard let mx = facts.mx, let texts = facts.texts else { return .notApplicable }
    let addresses = [RecordType.a, .aaaa].compactMap { facts.snapshot.answer(facts.domain, $0) }
    func unused(_ statement: Statement) -> Observation<UnusedDomain> {
      let domain = UnusedDomain(
        name: facts.domain, statement: statement, mx: mx, texts: texts, addresses: addresses)
      return Observation([domain], gaps: [mx, texts].filter { $0.failure != nil }.map(Gap.init))
    }
    switch facts.role {
    case .parked where facts.spfTree?.authorisesSomebody == true: return .notApplicable
    case .parked: return unused(.declared)
    case .noMail: return unused(.silent)
    case .undetermined:
      return Observation([], gaps: ([mx, texts] + addresses).filter { $0.failure != nil }.map(Gap.init))
    case .mail, .implicitMail, .sendOnly, .nonexistent: return .notApplicable
    }
  }
}
