// What an evaluation yields: one of the results of RFC 7208 §2.6 with the term that
// decided or the reason why none could. All of it is data; sentences are made
// elsewhere.

package import DNSData

/// The results of check_host() (RFC 7208 §2.6).
package enum SPFResult: String, Hashable, Sendable, CaseIterable {
  case pass, fail, softfail, neutral, none, temperror, permerror
}

/// What came of an evaluation, and why.
package struct SPFVerdict: Hashable, Sendable {
  package let result: SPFResult
  /// The term that decided and, where that is an include, the one that matched inside, and so on. Empty for none,
  /// for errors, and where nothing matched (§4.7). The first stands in the record asked for or in the one that
  /// redirects led to.
  package let matches: [SPFMatch]
  /// For temperror and permerror only.
  package let problem: SPFProblem?
  /// The text that the domain wants a refused sender to read, with macros expanded (§6.2). Octets of a stranger;
  /// nil unless the result is fail and there is a usable text.
  package let explanation: [UInt8]?
  /// Terms evaluated that look something up; the eleventh makes a permerror.
  package let lookups: Int
  /// Terms whose own look-up found nothing; the third makes a permerror.
  package let voids: Int
}

/// A term that matched, and the domain whose record it stands in.
package struct SPFMatch: Hashable, Sendable {
  package let domain: Name
  package let term: SPFTerm
}

/// Why there is no result.
package struct SPFProblem: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The record of `domain` has these faults (§4.6).
    case faults([SPFFault])
    /// So many SPF records at `domain` (§4.5).
    case multipleRecords(Int)
    /// The target of an include or redirect has no SPF record (§5.2, §6.1).
    case noRecord(at: Name)
    /// The target of an include or redirect is no domain name; the octets come from outside.
    case malformedTarget([UInt8])
    /// More than `SPFLimits.lookups`.
    case tooManyLookups
    /// More than `SPFLimits.voids`.
    case tooManyVoids
    /// More than `SPFLimits.exchangers`: so many.
    case tooManyExchangers(Int, at: Name)
    /// Makes a temperror (§4.4, §5); all others make a permerror.
    case lookupFailed(Question, LookupFailure)
  }

  package let kind: Kind
  /// The domain whose record was evaluated.
  package let domain: Name
  /// The term in that record; nil where the record itself is the problem.
  package let term: SPFTerm?

  var result: SPFResult {
    switch kind {
    case .lookupFailed: .temperror
    case .faults, .multipleRecords, .noRecord, .malformedTarget, .tooManyLookups, .tooManyVoids,
      .tooManyExchangers:
      .permerror
    }
  }
}
