package import DNSBL
package import DNSData
package import Evidence

// What blocklists say. Only the answer of a list that is in working order, with a return code that is described,
// is a listing; all else is a gap of that list alone. Without blocklists there is nothing to judge.

/// A list that was asked, and how it behaved.
package struct AskedBlocklist: Subject {
  package let list: Blocklist
  package let selfTest: BlocklistSelfTest
  /// Those to the test points and to the entries, as far as they were asked.
  package let answers: [Answer]

  package static func observe(_ facts: Facts) -> Observation<AskedBlocklist> {
    let lists = facts.askedBlocklists
    let unanswered = lists.filter { if case .unanswered = $0.selfTest { true } else { false } }
    let answered = lists.filter { $0.answers.contains { $0.failure == nil } }
    return Observation(answered, gaps: unanswered.compactMap(\.gap))
  }

  /// Why nothing that the list says counts.
  var gap: Gap? {
    switch selfTest {
    case .notOffered, .passed: nil
    case .refused: Gap(Place(list.zone), .notTested(.blocklistRefuses))
    case .listsNothing, .listsEverything, .outsideLoopback:
      Gap(Place(list.zone), .notTested(.blocklistUnreliable))
    case .unanswered(let answer):
      switch (list.registration, answer.failure?.isNotTested) {
      case (.required, false): Gap(Place(list.zone), .notTested(.blocklistUnregistered))
      case (.none, _), (.required, _): Gap(answer)
      }
    }
  }
}

/// Which part of what a list says a rule is about.
package protocol ListingClass: Sendable {
  static var weights: Set<Blocklist.Weight> { get }
}

package enum MajorListing: ListingClass { package static let weights: Set<Blocklist.Weight> = [.major] }
package enum PolicyListing: ListingClass { package static let weights: Set<Blocklist.Weight> = [.policy] }
package enum MinorListing: ListingClass {
  package static let weights: Set<Blocklist.Weight> = [.minor, .info]
}
package enum Recommendation: ListingClass { package static let weights: Set<Blocklist.Weight> = [.allow] }
package enum AnyListing: ListingClass {
  package static let weights: Set<Blocklist.Weight> = [.major, .policy, .minor, .info]
}

/// A sending address, and what one list says about it.
package struct AddressListing<Class: ListingClass>: Subject {
  package let address: IPAddress
  package let entry: AnsweredEntry

  package static func observe(_ facts: Facts) -> Observation<AddressListing> {
    let addresses = facts.listedAddresses
    let observed = facts.entries(addresses.map(BlocklistEntry.address), Class.weights)
    guard facts.asksBlocklists(of: Class.weights, about: .addresses) else { return .notApplicable }
    let listings = observed.subjects.compactMap { entry in
      if case .address(let address) = entry.entry {
        AddressListing(address: address, entry: entry)
      } else {
        nil
      }
    }
    return Observation(listings, gaps: observed.gaps + facts.senderGaps)
  }
}

/// A name of the domain, and what one list says about it.
package struct NameListing: Subject {
  package let name: Name
  package let entry: AnsweredEntry

  package static func observe(_ facts: Facts) -> Observation<NameListing> {
    guard facts.asksBlocklists(of: AnyListing.weights, about: .names) else { return .notApplicable }
    guard let mx = facts.mx, facts.role != .nonexistent else { return .notApplicable }
    let observed = facts.entries(facts.listedNames.map(BlocklistEntry.name), AnyListing.weights)
    let listings = observed.subjects.compactMap { entry in
      if case .name(let name) = entry.entry { NameListing(name: name, entry: entry) } else { nil }
    }
    // More names may hide behind these.
    let hiding = ([mx] + facts.senders.map(\.reverse)).filter { $0.failure != nil }.map(Gap.init)
    return Observation(listings, gaps: observed.gaps + hiding)
  }
}

/// An entry on which a list has answered with yes or no.
package struct AnsweredEntry: Hashable, Sendable {
  package let list: Blocklist
  package let entry: BlocklistEntry
  package let answer: Answer
  /// Of the weights asked for; empty if it is not listed with any of them.
  package let listings: [BlocklistListing]

  /// One fault for all codes of the list, as bad as `severity` says of the worst; nil: the rule's own.
  package func fault(_ severity: (Blocklist.Weight) -> Severity?) -> [Fault] {
    guard !listings.isEmpty else { return [] }
    let meanings = listings.map { Message("\(own: $0.code.meaning)") }.enumeration
    let removal = list.removal.map { Message(" (\(own: $0))") } ?? ""
    let severities = listings.map { severity($0.code.weight) }
    let worst = severities.contains(nil) ? nil : severities.compactMap(\.self).max()
    let place = Place(answer.question.name, answer.question.type, address: address)
    return [
      Fault(
        at: place, saidBy: answer.responder, severity: worst,
        "\(subject) is listed in \(list.zone): \(meanings)\(removal).",
        observed: answer.returnValues.enumeration)
    ]
  }

  package var subject: Message {
    switch entry {
    case .address(let address): "\(address)"
    case .name(let name): "\(name)"
    }
  }

  private var address: IPAddress? {
    if case .address(let address) = entry { address } else { nil }
  }
}
