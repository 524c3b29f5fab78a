// The survey of a record without a client, as values: nodes are records, terms
// carry their costs (RFC 7208 §4.6.4), their hosts and what they lead to. How it is
// built is in TreeSurvey.swift.

package import DNSData

/// A survey of a domain's record and of all that it includes and redirects to, with no client in mind: what an
/// evaluation may cost at worst, where it breaks, and who is let in.
///
/// Faulty records are surveyed as far as they can be read, as if their faults were mended: a receiver would stop at
/// each of them.
package struct SPFTree: Hashable, Sendable {
  package let root: SPFNode
  /// Which limits of the survey were reached. Then there is more than the tree shows, and all sums are too low.
  package let limitsReached: Set<SPFTreeLimit>

  /// Terms that look something up in an evaluation that nothing ends early. Beyond `SPFLimits.lookups` some clients
  /// get a permanent error.
  package var lookups: Int { root.lookups }

  /// Void look-ups of such an evaluation whatever the client. That an include or redirect leads to no record is an
  /// error of its own (RFC 7208 §5.2, §6.1) and not among them.
  package var voids: Int { root.voids }

  /// Void look-ups of such an evaluation for clients of one family; at least as many as `voids`.
  package func voids(for family: AddressFamily) -> Int { root.voids(for: family) }

  /// All nodes, each before those that it leads to.
  package var nodes: [SPFNode] { root.selfAndDescendants }
}

/// What the survey allows itself, because a stranger decides how far the records lead.
package enum SPFTreeLimit: Hashable, Sendable {
  case nodes, depth, terms, targets, exchangers

  package static let maximumNodes = 100
  /// Includes and redirects below each other; one more than an evaluation may follow.
  package static let maximumDepth = SPFLimits.lookups + 1
  package static let maximumTerms = 2000
  /// Terms whose hosts are looked up.
  package static let maximumTargets = 100
  /// Hosts of `mx` terms whose addresses are looked up.
  package static let maximumExchangers = 50
}

/// A domain whose record is part of the evaluation.
package struct SPFNode: Hashable, Sendable {
  package let domain: Name
  package let publication: SPFPublication
  /// The terms of the record, in its order; empty without a record.
  package let terms: [SPFSurveyedTerm]

  package var record: SPFRecord? {
    if case .found(let record, _) = publication { record } else { nil }
  }

  package var lookups: Int { terms.reduce(0) { $0 + $1.lookups } }
  package var voids: Int { terms.reduce(0) { $0 + $1.voids } }

  package func voids(for family: AddressFamily) -> Int {
    terms.reduce(0) { $0 + ($1.voidFor.contains(family) ? 1 : 0) + ($1.child?.voids(for: family) ?? 0) }
  }

  package var selfAndDescendants: [SPFNode] {
    [self] + terms.flatMap { $0.child?.selfAndDescendants ?? [] }
  }
}

/// How the look-up of a record ended.
package enum SPFPublication: Hashable, Sendable {
  /// The strings are those of the TXT record; joined they are the record's octets.
  case found(SPFRecord, strings: [[UInt8]])
  case absent(SPFAbsence)
  /// A permanent error (RFC 7208 §4.5).
  case multiple([TXT])
  case failed(LookupFailure)
}

package enum SPFAbsence: Hashable, Sendable {
  case noSuchName
  case noTexts
  /// TXT records, but none begins with `v=spf1`.
  case otherTexts
}

/// A term and what the survey found out about it.
package struct SPFSurveyedTerm: Hashable, Sendable {
  package enum Reach: Hashable, Sendable {
    case evaluated
    /// A mechanism behind `all`, or `redirect` beside it: costs nothing, is not followed.
    case cutOffByAll
  }

  package let term: SPFTerm
  package let reach: Reach
  package let target: SPFTarget
  /// For include and redirect.
  package let following: SPFFollowing
  /// The hosts of an `mx` term by preference; more than `SPFLimits.exchangers` are a permanent error.
  package let exchangers: [Name]
  /// The addresses behind `a` and `mx`.
  package let addresses: [IPAddress]
  /// The networks whose clients match: everything for `all` and for an `exists` without macros whose name exists,
  /// nothing for include and redirect, whose nodes tell.
  package let networks: [IPNetwork]
  /// The families whose clients find nothing here. An evaluation asks for addresses of the client's family only, so
  /// a host with nothing but IPv4 is a void look-up for IPv6 clients.
  package let voidFor: Set<AddressFamily>
  /// For `exp` of a record whose explanation would be used; nil otherwise.
  package let explanation: SPFExplanation?
  /// Look-ups without an answer: nothing is known about these names.
  package let failures: [SPFFailedLookup]

  /// The look-up that the term counts for itself.
  package var ownLookups: Int {
    switch reach {
    case .evaluated: term.looksUp ? 1 : 0
    case .cutOffByAll: 0
    }
  }

  /// With those of the record that it leads to.
  package var lookups: Int { ownLookups + (child?.lookups ?? 0) }

  /// A term counts as void where it is void for every client: only then is it wrong whoever asks.
  package var isVoid: Bool { voidFor.isSuperset(of: [.v4, .v6]) }

  package var voids: Int { (isVoid ? 1 : 0) + (child?.voids ?? 0) }

  package var child: SPFNode? {
    if case .node(let node) = following { node } else { nil }
  }
}

package struct SPFFailedLookup: Hashable, Sendable {
  package let question: Question
  package let failure: LookupFailure
}

/// The name that a term looks up.
package enum SPFTarget: Hashable, Sendable {
  /// The term looks up no name of its own (`ip4`, `all`).
  case notNeeded
  case name(Name)
  /// Macros make it depend on the client or the message.
  case dependsOnClient
  /// No domain name; octets of a stranger. An error for include and redirect, no match for the others.
  case malformed([UInt8])
}

/// Where an include or a redirect leads.
package enum SPFFollowing: Hashable, Sendable {
  /// The term leads to no record, is never evaluated, or its target is not known.
  case nowhere
  case node(SPFNode)
  /// Back to a record that is being evaluated: without end, so a permanent error.
  case loop(SPFLoop)
  case limitReached(SPFTreeLimit)
}

package enum SPFLoop: Hashable, Sendable {
  /// The record includes or redirects to itself.
  case toItself
  case toAncestor
}

/// What is at the target of `exp` (RFC 7208 §6.2); anything but `text` leaves a refusal without explanation.
package enum SPFExplanation: Hashable, Sendable {
  case text(SPFMacroString)
  case absent
  case multiple(Int)
  /// Ranges in the joined text of the record.
  case faulty([UInt8], [SPFFaultKind])
  case failed(LookupFailure)
}
