package import DNSData
import Evidence

/// A host of the MX records, and port 25 at each of its addresses. Hosts of which it is not known whether any address
/// accepts connections are gaps.
package struct MailExchanger: Subject {
  package let host: Name
  package let ownership: Ownership
  package let doors: [MailDoor]
  /// What is not known of its addresses.
  fileprivate let gaps: [Gap]
  /// Its look-ups, its addresses and all connections to them are known.
  fileprivate var isComplete: Bool { gaps.isEmpty && !doors.isEmpty }

  package var answers: Bool { doors.contains { $0.finding.isAnswer } }
  /// Nothing listens at any address.
  package var isClosed: Bool { isComplete && doors.allSatisfy { $0.finding == .closed } }

  package static func observe(_ facts: Facts) -> Observation<MailExchanger> {
    let hosts = all(facts)
    return Observation(
      hosts.filter { $0.answers || $0.isClosed },
      gaps: facts.probingGaps + hosts.filter { !$0.answers && !$0.isClosed }.flatMap(\.gaps))
  }

  fileprivate static func all(_ facts: Facts) -> [MailExchanger] {
    let probing = facts.snapshot.request.probing
    let doors = facts.observation(of: MailDoor.self)
    let atDoor = Dictionary(grouping: doors.subjects.filter(\.server.isForMail), by: \.server.host)
    return facts.exchangers.map { host in
      let own = atDoor[host] ?? []
      let untried = doors.gaps.filter { $0.place.name == host && $0.place.port == ProbedService.smtp.port }
      let silent = own.filter { $0.finding == .silent }.compactMap(\.gap)
      let addresses = HostAddresses(host, in: facts)
      let uncalled = addresses.addresses.count - own.count - untried.count
      // `--port` may have left them out.
      let reason = probing.includes(.smtp) ? NotTested.limitReached : .notProbed
      let limit = uncalled > 0 && probing != .none ? [Gap(Place(host), .notTested(reason))] : []
      return MailExchanger(
        host: host, ownership: facts.ownership(of: host), doors: own,
        gaps: addresses.gaps + untried + silent + limit)
    }
  }
}

/// The same, where every address counts.
package struct ExchangerAddresses: Subject {
  package let exchanger: MailExchanger

  package static func observe(_ facts: Facts) -> Observation<ExchangerAddresses> {
    let all = MailExchanger.all(facts)
    return Observation(
      all.filter(\.answers).map { ExchangerAddresses(exchanger: $0) },
      gaps: facts.probingGaps + all.flatMap(\.gaps))
  }
}

/// How the domain's mail arrives over IPv6, where MX hosts have such addresses.
package struct IPv6Reception: Subject {
  package let mx: Answer
  /// Closed ones; empty if one answers.
  package let closed: [MailDoor]

  package static func observe(_ facts: Facts) -> Observation<IPv6Reception> {
    let exchangers = MailExchanger.all(facts)
    let doors = exchangers.flatMap(\.doors).filter { $0.server.address.family == .v6 }
    let gaps = exchangers.flatMap(\.gaps).filter {
      $0.place.address.map { $0.family == .v6 } ?? ($0.place.type != .a)
    }
    guard let mx = facts.mx, facts.probingGaps.isEmpty else {
      return Observation([], gaps: facts.probingGaps)
    }
    if doors.contains(where: \.finding.isAnswer) {
      return Observation([IPv6Reception(mx: mx, closed: [])])
    }
    guard gaps.isEmpty else { return Observation([], gaps: gaps) }
    return doors.isEmpty ? .notApplicable : Observation([IPv6Reception(mx: mx, closed: doors)])
  }
}

/// A domain without MX records whose mail goes to its own addresses (RFC 5321 §5.1).
package struct ImplicitReception: Subject {
  package let mx: Answer
  package let answering: [MailServer]

  package static func observe(_ facts: Facts) -> Observation<ImplicitReception> {
    guard facts.role == .implicitMail, let mx = facts.mx else {
      return Observation([], gaps: facts.mx.map { $0.failure == nil ? [] : [Gap($0)] } ?? [])
    }
    let doors = facts.observation(of: MailDoor.self)
    let own = doors.subjects.filter { $0.server.isForMail && $0.server.host == facts.domain }
    let answering = own.filter(\.finding.isAnswer).map(\.server)
    guard answering.isEmpty else { return Observation([ImplicitReception(mx: mx, answering: answering)]) }
    let gaps = own.filter { $0.finding == .silent }.compactMap(\.gap)
    let subjects = own.isEmpty ? [] : [ImplicitReception(mx: mx, answering: [])]
    return Observation(subjects, gaps: doors.gaps.filter { $0.place.name == facts.domain } + gaps)
  }
}

/// What a host says that it can do at port 25, by address family: for hosts that were heard over both.
package struct FamilyComparison: Subject {
  package let host: Name
  package let overIPv4: [Offer]
  package let overIPv6: [Offer]

  package struct Offer: Hashable, Sendable {
    package let server: MailServer
    /// In capitals; nil where no list was seen.
    package let inPlaintext: Set<String>?
    package let inTLS: Set<String>?

    /// What one of the two says and the other does not, as far as both were heard.
    package func differences(from other: Offer) -> Set<String> {
      func differences(_ own: Set<String>?, _ others: Set<String>?) -> Set<String> {
        guard let own, let others else { return [] }
        return own.symmetricDifference(others)
      }
      return differences(inPlaintext, other.inPlaintext).union(differences(inTLS, other.inTLS))
    }
  }

  package static func observe(_ facts: Facts) -> Observation<FamilyComparison> {
    let all = facts.observation(of: Receiving<WholeConversation>.self)
    let offers = all.subjects.filter { !$0.subject.lists.isEmpty }.map { conversation in
      Offer(
        server: conversation.server, inPlaintext: conversation.session.inPlaintext.keywords,
        inTLS: conversation.session.inTLS.keywords)
    }
    let hosts = Dictionary(grouping: offers, by: \.server.host).sorted { $0.key < $1.key }
    let comparisons = hosts.compactMap { host, offers -> FamilyComparison? in
      let four = offers.filter { $0.server.address.family == .v4 }
      let six = offers.filter { $0.server.address.family == .v6 }
      return four.isEmpty || six.isEmpty
        ? nil : FamilyComparison(host: host, overIPv4: four, overIPv6: six)
    }
    return Observation(comparisons, gaps: all.gaps)
  }
}

extension MailCapabilityListing {
  /// Letters, digits and hyphens only (RFC 5321 §4.1.1.1): everything else is left out.
  fileprivate var keywords: Set<String>? {
    list.map { list in
      Set(
        list.items.map(\.keyword).filter { $0.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2D } }.map {
          String(decoding: $0, as: UTF8.self).uppercased()
        })
    }
  }
}

extension MailDoor.Finding {
  var isAnswer: Bool {
    switch self {
    case .answers: true
    case .closed, .silent: false
    }
  }
}
