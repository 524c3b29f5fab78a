import DNSData
package import Evidence
import Verdict

/// What is worth saying about the machine that an audit ran on and the network around it: what stands in the way of an
/// audit, so that unknown and not tested have their cause in one place, and what is in order.
package struct MachineSentences: Sendable {
  package enum Weight: String, Sendable {
    /// In order.
    case fine
    /// Nothing that an audit needs.
    case note
    /// Something cannot be tested from here.
    case incomplete
    /// What is said here is not so.
    case wrong
  }

  package struct Remark: Sendable {
    package let weight: Weight
    package let text: String
  }

  package let remarks: [Remark]
  /// Not one resolver answers, or there is none.
  package let nobodyAnswers: Bool
  private let isKnown: Bool

  /// - Parameter snapshot: one whose environment knows the network says more.
  package init(_ snapshot: Snapshot) {
    let network = snapshot.environment.network
    let missing = snapshot.missingFamilies
    isKnown = network != nil
    nobodyAnswers = network?.resolvers.allSatisfy { $0.failure != nil } ?? true
    var remarks = (network?.resolvers ?? []).flatMap(\.remarks)
    for port in network?.directPorts ?? [] where !port.isMissingFamily(missing) {
      remarks += port.remarks
    }
    remarks += missing.map { family in
      Remark(.incomplete, "This machine has no route for \(family.word) addresses.")
    }
    if let clock = network?.clock { remarks.append(clock.remark) }
    if !snapshot.environment.isOffline {
      remarks.append(OutgoingSMTP(snapshot.probes).remark(snapshot.probes))
    }
    self.remarks = remarks
  }

  /// What makes an audit wrong, then what leaves it incomplete.
  var troubles: [String] {
    [Weight.wrong, .incomplete].flatMap { weight in remarks.filter { $0.weight == weight }.map(\.text) }
  }

  package var isWell: Bool { troubles.isEmpty }

  /// One sentence where that is known and there is nothing else to say.
  var allWell: String? { isKnown && isWell ? "nothing stands in the way of an audit" : nil }
}

extension MachineSentences.Remark {
  fileprivate init(_ weight: MachineSentences.Weight, _ text: String) {
    self.weight = weight
    self.text = text
  }
}

// MARK: - Resolvers

extension ResolverFacts {
  fileprivate var failure: LookupFailure? {
    if case .fails(let failure) = standing { failure } else { nil }
  }

  fileprivate var remarks: [MachineSentences.Remark] {
    let name = "The resolver \(server)"
    switch standing {
    case .fails(let failure): return [.init(.incomplete, "\(name) does not answer: \(failure.sentence).")]
    case .deniesRoot:
      return [
        .init(
          .wrong,
          "\(name) denies that the DNS has a root, and so everything: nothing that it says is believed.")
      ]
    case .answers: break
    }
    let faults = [signatureFault, denialFault, streamFault].compactMap(\.self)
    let good = [
      "answers", signatureFault == nil ? "passes DNSSEC records on" : nil,
      denialFault == nil ? "says truly what does not exist" : nil,
      streamFault == nil ? "speaks TCP" : nil, claimsValidation ? "says that it validates" : nil,
    ].compactMap(\.self)
    let own = MachineSentences.Remark(.fine, "\(name) \(good.joined(separator: ", ")).")
    let validation =
      claimsValidation ? [] : [(MachineSentences.Weight.note, "does not say that it validates.")]
    return [own] + (faults + validation).map { .init($0.0, "\(name) \($0.1)") }
  }

  private typealias Fault = (MachineSentences.Weight, String)

  private var signatureFault: Fault? {
    switch signatures {
    case .passed: nil
    case .missing:
      (
        .incomplete,
        "strips DNSSEC: it passes keys on without their signatures, so that nothing can be validated."
      )
    case .noKeys:
      (
        .incomplete,
        "knows no keys of the root: it strips DNSSEC, or asks a root that is not signed; nothing can be validated."
      )
    case .unknown(let failure):
      (.incomplete, "does not tell the root's keys (\(failure.sentence)): nothing can be validated.")
    }
  }

  private var denialFault: Fault? {
    let invented = inventedAddresses
    if !invented.isEmpty {
      let addresses = invented.map(\.description).joined(separator: ", ")
      return (
        .wrong, "gives names that do not exist the address \(addresses): no name is believed to have it."
      )
    }
    if denials.contains(.noData) {
      return (
        .wrong, "says of names that do not exist that they do: what is missing cannot be told from here."
      )
    }
    let failure = denials.compactMap { if case .unknown(let failure) = $0 { failure } else { nil } }.first
    return failure.map { (.incomplete, "says nothing of names that do not exist: \($0.sentence).") }
  }

  private var streamFault: Fault? {
    streamFailure.map { (.incomplete, "does not answer over TCP (\($0.sentence)): long answers are lost.") }
  }
}

// MARK: - Port 53

extension AddressFamily {
  var word: String {
    switch self {
    case .v4: "IPv4"
    case .v6: "IPv6"
    }
  }
}

extension DirectPortFacts {
  /// Then that is all there is to say.
  fileprivate func isMissingFamily(_ missing: [AddressFamily]) -> Bool {
    missing.contains(family) && datagrams == .unreachable && stream == .unreachable
  }

  fileprivate var remarks: [MachineSentences.Remark] {
    guard datagrams != stream else { return [datagrams.remark("over \(family.word)")] }
    return [
      datagrams.remark("over \(family.word) by UDP"), stream.remark("over \(family.word) by TCP"),
    ]
  }
}

extension DirectPortFacts.Passage {
  /// - Parameter way: "over IPv4 by UDP", say.
  fileprivate func remark(_ way: String) -> MachineSentences.Remark {
    switch self {
    case .open: .init(.fine, "Name servers answer this machine \(way).")
    case .silent:
      .init(
        .incomplete,
        "Name servers do not answer this machine \(way): its network most likely lets port 53 out to its resolvers alone."
      )
    case .unreachable:
      .init(
        .incomplete,
        "Name servers cannot be reached \(way): this machine has no route, or a firewall refuses.")
    case .intercepted:
      .init(
        .wrong,
        "Somebody answers in place of the root's name servers \(way): what a name server itself says cannot be learnt here."
      )
    case .failed(let failure):
      .init(.incomplete, "The root's name servers give no answer that counts \(way): \(failure.sentence).")
    case .notTested:
      .init(
        .note,
        "Whether name servers answer this machine \(way) is not known: no address of the root's is known that may be asked."
      )
    }
  }
}

// MARK: - Clock and port 25

extension ClockStanding {
  fileprivate var remark: MachineSentences.Remark {
    switch self {
    case .fits: .init(.fine, "The clock fits the signatures of the root.")
    case .behind(let seconds):
      .init(
        .wrong,
        "The clock is slow: signatures of the root begin to hold \(Self.words(seconds)) later. Dates and signatures are misjudged."
      )
    case .ahead(let seconds):
      .init(
        .wrong,
        "The clock is fast, or the resolver keeps old signatures: those of the root ended \(Self.words(seconds)) ago. Dates and signatures are misjudged."
      )
    case .unknown:
      .init(.note, "The clock could not be compared with anything: no signature of the root came.")
    }
  }

  private static func words(_ seconds: Int) -> String {
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
    let (size, unit) = units.first { seconds >= $0.0 } ?? (1, "second")
    let count = seconds / size
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

extension OutgoingSMTP {
  fileprivate func remark(_ probes: [ServerProbe]) -> MachineSentences.Remark {
    switch self {
    case .open: .init(.fine, "Connections to port 25 leave this network.")
    case .blocked:
      .init(.incomplete, NotTested.smtpBlocked.sentence.capitalised + ".")
    case .silent:
      .init(
        .incomplete,
        "Every connection to port 25 timed out, and no other port answered: this network may block it.")
    case .untold where probes.contains { $0.request.service == .smtp }:
      .init(.note, "Whether port 25 is let out is not known: no mail server answered.")
    case .untold:
      .init(
        .note, "Whether port 25 is let out was not tried: `mailaudit doctor DOMAIN` tries a domain's servers."
      )
    }
  }
}
