package import DNSData
package import TLSRPT
package import URISyntax

/// What stands at `_smtp._tls` (RFC 8460 §3) and is meant as a TLS reporting record. Not of a domain with null MX,
/// about whose hosts there is nothing to report.
package struct PublishedTLSRPT: Subject {
  package let answer: Answer
  /// Those that begin with the version; without any, those that miss it by little.
  package let records: [TLSRPTRecord]
  /// A name beside it that nobody has published says the same.
  package let isWildcard: Bool

  /// The one that counts, or that is meant to.
  package var sole: TLSRPTRecord? { records.count == 1 ? records.first : nil }

  package static func observe(_ facts: Facts) -> Observation<PublishedTLSRPT> {
    guard let answer = facts.tlsrptAnswer, !facts.takesNoMail else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let records = facts.tlsrptRecords
    guard !records.isEmpty else { return .notApplicable }
    return Observation([
      PublishedTLSRPT(answer: answer, records: records, isWildcard: facts.isWildcard(answer))
    ])
  }

  /// The faults of one concern, unless there are several records, of which none counts whatever it says.
  package func faults(
    of concern: TLSRPTConcern, severity: (TLSRPTFault.Kind) -> Severity? = { _ in nil },
    expected: Message? = nil
  ) -> [Fault] {
    let judged = sole == nil ? records.filter { $0.standing != .exact } : records
    return judged.flatMap { record in
      record.faults.filter { $0.kind.concern == concern }.map { fault in
        Fault(
          in: answer, severity: severity(fault.kind),
          "At octet \(fault.range.lowerBound + 1): \(own: fault.kind.description)",
          observed: "\(foreign: record.octets)", expected: expected, mend: sole?.meant.flatMap(mend))
      }
    }
  }

  /// All records replaced by one. None of a wildcard's, which stand elsewhere.
  package func mend(to publication: TLSRPTPublication) -> Mend? {
    isWildcard ? nil : answer.mend(replacing: records.map(\.octets), by: publication.description)
  }
}

/// Which rule a fault belongs to.
package enum TLSRPTConcern: Hashable, Sendable {
  case syntax, scheme, encoding
}

extension TLSRPTFault.Kind {
  package var concern: TLSRPTConcern {
    switch self {
    case .version, .notTLSRPT, .syntax, .destinationsMissing, .fieldNameNotLowerCase, .fieldValueInvalid:
      .syntax
    case .schemeUnsupported, .destination(.schemeMissing): .scheme
    case .destination, .rawExclamationMark, .hostMissing: .encoding
    }
  }

  /// Something was meant here that nobody can know.
  fileprivate var leavesDoubt: Bool {
    switch self {
    case .version, .syntax(.emptyElement), .syntax(.duplicate), .syntax(.spaceAroundEquals), .destination,
      .rawExclamationMark, .fieldNameNotLowerCase:
      false
    case .notTLSRPT, .syntax, .destinationsMissing, .schemeUnsupported, .hostMissing, .fieldValueInvalid: true
    }
  }
}

extension TLSRPTRecord {
  /// What the record was meant to say, where that is beyond doubt.
  package var meant: TLSRPTPublication? {
    guard !faults.contains(where: \.kind.leavesDoubt) else { return nil }
    let elements = tags.tags.filter { $0.name.lowercased() == "rua" }.flatMap {
      $0.value.split(separator: UInt8(ascii: ",")).map { $0.filter { $0 != 0x20 && $0 != 0x09 } }
    }.filter { !$0.isEmpty }
    let destinations = elements.map(Self.meantDestination)
    guard destinations.allSatisfy({ $0 != nil }) else { return nil }
    return TLSRPTPublication(destinations: destinations.compactMap(\.self).unique)
  }

  /// A bare mail address is taken for a `mailto:` URI; a size limit behind it, which DMARC had (RFC 7489 §6.2), goes.
  private static func meantDestination(_ element: [UInt8]) -> URI? {
    let mark = UInt8(ascii: "!")
    var element = element
    if let start = element.lastIndex(of: mark), isSizeLimit(element[(start + 1)...]) {
      element = Array(element[..<start])
    }
    let encoded = element.flatMap { $0 == mark ? Array("%21".utf8) : [$0] }
    if let uri = try? URI(encoded) { return TLSRPTScheme(rawValue: uri.scheme) == nil ? nil : uri }
    return encoded.contains(UInt8(ascii: ":")) ? nil : try? URI(Array("mailto:".utf8) + encoded)
  }

  /// 1*DIGIT [ "k" / "m" / "g" / "t" ]
  private static func isSizeLimit(_ octets: ArraySlice<UInt8>) -> Bool {
    let unit = octets.drop(while: \.isASCIIDigit)
    return unit.count < octets.count && unit.count <= 1 && unit.allSatisfy { "kmgtKMGT".utf8.contains($0) }
  }
}

extension [URI] {
  /// Each once, in their order.
  package var unique: [URI] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

/// The same, and whether it is known what a name says that nobody has published.
package struct ProbedTLSRPT: Subject {
  package let published: PublishedTLSRPT

  package static func observe(_ facts: Facts) -> Observation<ProbedTLSRPT> {
    let published = facts.observation(of: PublishedTLSRPT.self)
    if !published.subjects.isEmpty, let wildcard = facts.wildcard(.txt), wildcard.failure != nil {
      return Observation([], gaps: [Gap(wildcard)])
    }
    return Observation(published.subjects.map { ProbedTLSRPT(published: $0) }, gaps: published.gaps)
  }
}

/// A destination of the record that counts, and whether reports can arrive there.
package struct TLSReportDestination: Subject {
  package enum Standing: Hashable, Sendable {
    case mail(MailDestination)
    /// The host of an `https:` address.
    case web(HostAddresses)
  }

  package let published: PublishedTLSRPT
  package let uri: URI
  package let host: Name
  package let standing: Standing

  package static func observe(_ facts: Facts) -> Observation<TLSReportDestination> {
    let published = facts.observation(of: PublishedTLSRPT.self)
    guard let record = published.subjects.first, case .record(let counted) = facts.tlsrpt?.finding else {
      return Observation([], gaps: published.gaps)
    }
    let destinations = counted.destinations.unique.compactMap { uri -> TLSReportDestination? in
      // An address in place of a name needs no look-up.
      guard let host = uri.hostName else { return nil }
      let standing: Standing =
        uri.mailbox == nil ? .web(HostAddresses(host, in: facts)) : .mail(MailDestination(host, in: facts))
      return TLSReportDestination(published: record, uri: uri, host: host, standing: standing)
    }
    return Observation(destinations, gaps: destinations.flatMap(\.gaps))
  }

  /// Why no report arrives, and the answer that says so; nil if one may.
  package var obstacle: (answer: Answer, problem: String)? {
    switch standing {
    case .mail(.reachable), .mail(.unknown): return nil
    case .mail(.nullMX(let answer)): return (answer, "takes no mail")
    case .mail(.noHost(let answer)): return (answer, "has neither an MX record nor an address")
    case .mail(.noSuchName(let answer)): return (answer, "does not exist")
    case .web(let addresses):
      guard addresses.isNoSuchName || addresses.isProvenEmpty, let answer = addresses.witness else {
        return nil
      }
      return (answer, addresses.isNoSuchName ? "does not exist" : "has no address")
    }
  }

  private var gaps: [Gap] {
    switch standing {
    case .mail(let destination): destination.gaps
    case .web(let addresses):
      // One address is enough, and one answer proves that there is no such name (RFC 8020).
      addresses.isNoSuchName || !addresses.addresses.isEmpty ? [] : addresses.gaps
    }
  }
}

/// A domain with MX hosts whose TLS senders are told of, by MTA-STS or DANE, so that there is something to report.
package struct ReportableTransport: Subject {
  /// The look-up at `_smtp._tls`.
  package let answer: Answer
  package let hasRecord: Bool

  package static func observe(_ facts: Facts) -> Observation<ReportableTransport> {
    let hosts = facts.observation(of: MXSet.self)
    guard !hosts.subjects.isEmpty, let answer = facts.tlsrptAnswer else {
      return Observation([], gaps: hosts.gaps)
    }
    let pins = TLSAPublication.atPort25(facts)
    guard !facts.mtastsRecords.isEmpty || !pins.subjects.isEmpty else {
      let policy = facts.mtastsAnswer.map { $0.failure == nil ? [] : [Gap($0)] } ?? []
      return Observation([], gaps: policy + pins.gaps)
    }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let isMeant = !facts.tlsrptRecords.isEmpty || !facts.misplacedTLSRPT.flatMap(\.records).isEmpty
    return Observation([ReportableTransport(answer: answer, hasRecord: isMeant)])
  }
}

/// A wrong name at which the record stands, while the right one is empty.
package struct MisplacedTLSRPT: Subject {
  /// The look-up at the wrong name.
  package let answer: Answer
  /// What is meant as a TLS reporting record there.
  package let records: [TLSRPTRecord]
  /// The right name.
  package let name: Name
  /// There is none at another wrong name.
  package let isOnlyPlace: Bool

  package static func observe(_ facts: Facts) -> Observation<MisplacedTLSRPT> {
    guard let right = facts.tlsrptAnswer, !facts.takesNoMail, facts.role != .nonexistent else {
      return .notApplicable
    }
    guard right.failure == nil else { return Observation([], gaps: [Gap(right)]) }
    let places = facts.misplacedTLSRPT
    let filled = places.filter { !$0.records.isEmpty }
    let subjects = filled.map { place in
      MisplacedTLSRPT(
        answer: place.answer, records: place.records, name: right.question.name,
        isOnlyPlace: filled.count == 1)
    }
    return Observation(subjects, gaps: places.map(\.answer).filter { $0.failure != nil }.map(Gap.init))
  }
}

extension Facts {
  /// The look-up at `_smtp._tls`.
  var tlsrptAnswer: Answer? { TLSRPTDiscovery.question(for: domain).flatMap { snapshot[$0] } }

  /// What is meant as a TLS reporting record; texts that miss being one beside one that is do no harm.
  var tlsrptRecords: [TLSRPTRecord] { (tlsrptAnswer?.joinedTexts ?? []).meantRecords }

  /// The look-ups at the wrong names, made where the right one is empty.
  fileprivate var misplacedTLSRPT: [(answer: Answer, records: [TLSRPTRecord])] {
    guard tlsrptAnswer?.isEmpty == true else { return [] }
    return TLSRPTDiscovery.wrongPrefixes.compactMap { prefix in
      guard let answer = (try? domain.prepending(prefix)).flatMap({ snapshot.answer($0, .txt) }) else {
        return nil
      }
      return (answer, answer.joinedTexts.meantRecords)
    }
  }
}

extension [[UInt8]] {
  fileprivate var meantRecords: [TLSRPTRecord] {
    let texts = map { TLSRPTRecord($0) }
    let records = texts.filter { $0.standing == .exact }
    return records.isEmpty ? texts.filter { $0.standing != .unrelated } : records
  }
}
