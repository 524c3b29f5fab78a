import Evidence
import Expectation
import IDN
import Reports
import Rules
import Verdict

/// What turns evidence into a result: the rules as a profile weighs them, and what the operator expects.
struct Judge: Sendable {
  let expected: ExpectedSite?
  private let rules: [Rule]
  let basis: Basis

  /// `profile` and `file` as the user named them; `expected` is what `file` holds.
  init(profile: String, expected: ExpectedSite?, in file: String?) throws(Problem) {
    self.expected = expected
    rules = try ProfileFile.profile(profile).applied(to: Rule.catalog)
    basis = Basis(profile: profile, expected: file)
  }

  /// `facts` are seen with the eyes of `expected`.
  func scorecard(of facts: Facts) -> Scorecard { Scorecard(facts, rules: rules) }

  func result(of snapshot: Snapshot) -> AuditResult {
    let scorecard = scorecard(of: Facts(snapshot, expecting: expected))
    return AuditResult(snapshot, scorecard, displayName: scorecard.domain.unicodeDisplay, basis: basis)
  }
}
