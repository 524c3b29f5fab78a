import DNSData
import DNSSEC
package import Evidence
import Verdict

// What validation says, as a sentence: first words small, no full stop.

extension Security {
  package var word: String {
    switch self {
    case .secure: "secure"
    case .insecure: "insecure"
    case .bogus: "bogus"
    case .indeterminate: "indeterminate"
    }
  }

  /// Why it is not secure; nil where it is.
  package var reason: String? {
    switch self {
    case .secure: nil
    case .insecure(let insecurity): insecurity.message.plain
    case .bogus(let link): link.message.plain
    case .indeterminate(let indeterminacy): indeterminacy.sentence
    }
  }
}

extension Indeterminacy {
  package var sentence: String {
    switch self {
    case .noAnchor(let name): "no trust anchor is at or above \(name.display)"
    case .failure(let question, .notInFiles):
      "\(question) was not asked over the network, and what a zone file holds is not signed"
    case .failure(let question, let failure): "\(question) could not be looked up: \(failure.sentence)"
    case .aliasLoop: LookupFailure.aliasLoop.sentence
    case .root(let link):
      """
      the root's own keys do not hold here (\(link.message.plain)): the resolver strips signatures, or the clock or \
      the trust anchor of this machine is wrong; of the domain this says nothing
      """
    }
  }
}

extension ChainLink {
  package var sentence: String {
    let until = expiration.map { ", until \($0)" } ?? ""
    return switch proof {
    case .keySet(let delegation, let tag, let algorithm):
      "\(question): signed by key \(Self.key(tag, algorithm)), which \(delegation.words)\(until)"
    case .recordSet(let tag, let algorithm):
      "\(question): signed by key \(Self.key(tag, algorithm)) of \(zone.display)\(until)"
    case .wildcard(let closestEncloser, let tag, let algorithm):
      """
      \(question): made from the wildcard below \(closestEncloser.display), signed by key \
      \(Self.key(tag, algorithm)) of \(zone.display)\(until)
      """
    case .denial: "\(question): \(zone.display) proves that there is none\(until)"
    }
  }

  private static func key(_ tag: UInt16, _ algorithm: UInt8) -> String {
    "\(tag) (\(AlgorithmName.algorithm(algorithm)))"
  }
}

extension ChainLink.Delegation {
  fileprivate var words: String {
    switch self {
    case .anchor: "the trust anchor names"
    case .parent: "the DS records name"
    }
  }
}
