package import DNSData
import Evidence
import Expectation

/// A host whose certificate is validated over HTTP (RFC 8555 §8.3), and what it says at port 80 of each address.
package struct ChallengedHost: Subject {
  /// An address at which no authority gets an answer.
  package struct ClosedDoor: Hashable, Sendable {
    /// The A or AAAA record that leads there.
    package let record: Record
    package let document: Document
  }

  package let host: Name
  package let closed: [ClosedDoor]
  /// Another address answers.
  package let answersElsewhere: Bool

  package static func observe(_ facts: Facts) -> Observation<ChallengedHost> {
    var hosts: [ChallengedHost] = []
    var gaps: [Gap] = []
    for host in facts.expectedHosts where host.validation == .http {
      guard facts.snapshot.request.probing.fetches else {
        gaps.append(Gap(Place(host.name), .notTested(.notProbed)))
        continue
      }
      let addresses = HostAddresses(host.name, in: facts)
      let records = [addresses.a, addresses.aaaa].compactMap(\.self).flatMap(\.records)
      let doors = records.compactMap { Door($0, of: host.name, in: facts) }
      gaps += addresses.gaps + doors.flatMap(\.gaps)
      // Without an address there is nothing to ask, which is the fault of other rules.
      guard doors.contains(where: \.isKnown) else { continue }
      hosts.append(
        ChallengedHost(
          host: host.name, closed: doors.compactMap(\.closed),
          answersElsewhere: doors.contains(where: \.answers)
        ))
    }
    return Observation(hosts, gaps: gaps)
  }
}

/// One address of it.
private struct Door {
  var answers = false
  var closed: ChallengedHost.ClosedDoor?
  var gaps: [Gap] = []

  var isKnown: Bool { answers || closed != nil }

  /// nil for a record that leads to no address.
  init?(_ record: Record, of host: Name, in facts: Facts) {
    guard let address = record.address else { return nil }
    let fetches = facts.fetches(.http, at: host, ACMEChallenge.path)
    guard let fetch = fetches.first(where: { $0.request.addresses == [address] }) else {
      gaps = [Gap(Place(host, address: address), .notTested(.limitReached))]
      return
    }
    // Any answer will do: what it says to an authority is another matter.
    answers = fetch.response != nil || fetch.failure == .headTooLarge
    guard !answers else { return }
    let (document, withheld) = Document.observe(fetch)
    closed = document.map { ChallengedHost.ClosedDoor(record: record, document: $0) }
    let isFamilyMissing = fetch.failure == .unreachable && address.family == .v6 && !facts.hasReachedIPv6
    gaps = isFamilyMissing ? withheld.map { Gap($0.place, .notTested(.familyMissing)) } : withheld
  }
}
