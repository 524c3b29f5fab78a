package import DMARC
package import DNSData
import PublicSuffix

/// A host to which the own DMARC record that applies has reports mailed, and the first of the addresses there.
package struct ReportAddress: Sendable {
  package let published: PublishedDMARC
  package let uri: ReportURI
  package let host: Name

  /// The registrable domain of the host, for sentences about who can change what stands there.
  package var owner: Name { SuffixList.registrableDomain(of: host) ?? host }
}

/// Where aggregate reports are mailed to, and whether they can arrive there.
package struct ReportMailbox: Subject {
  package let address: ReportAddress
  package let destination: MailDestination

  package static func observe(_ facts: Facts) -> Observation<ReportMailbox> {
    let addresses = facts.reportAddresses(\.aggregateReports)
    let mailboxes = addresses.subjects.map {
      ReportMailbox(address: $0, destination: MailDestination($0.host, in: facts))
    }
    return Observation(mailboxes, gaps: addresses.gaps + mailboxes.flatMap(\.destination.gaps))
  }
}

/// A host of another organisation that is to get reports, and whether it agrees (RFC 9990 §4).
package struct ExternalReports: Sendable {
  package let address: ReportAddress
  package let authorization: DMARCReportAuthorization
  /// The look-up that tells; nil where the name of the record would be too long.
  package let answer: Answer?
}

/// Where aggregate reports leave the organisation.
package struct ExternalAggregateReports: Subject {
  package let reports: ExternalReports
  /// The DNS denies the host, so that nobody there could agree to anything.
  package let isMissing: Bool

  package static func observe(_ facts: Facts) -> Observation<ExternalAggregateReports> {
    let found = facts.externalReports(\.aggregateReports)
    return Observation(
      found.subjects.map { reports in
        let mx = facts.snapshot.answer(reports.address.host, .mx)
        let isMissing = if case .noSuchName = mx?.outcome { true } else { false }
        return ExternalAggregateReports(reports: reports, isMissing: isMissing)
      },
      gaps: found.gaps)
  }
}

/// Where failure reports leave the organisation: under the same rules (RFC 9991).
package struct ExternalFailureReports: Subject {
  package let reports: ExternalReports

  package static func observe(_ facts: Facts) -> Observation<ExternalFailureReports> {
    let found = facts.externalReports(\.failureReports)
    return Observation(found.subjects.map { ExternalFailureReports(reports: $0) }, gaps: found.gaps)
  }
}

extension Facts {
  /// Each host once.
  fileprivate func reportAddresses(
    _ reports: KeyPath<DMARCSettings, [ReportURI]>
  ) -> Observation<ReportAddress> {
    let applied = observation(of: AppliedDMARC.self)
    var addresses: [ReportAddress] = []
    for published in applied.subjects.map(\.published) {
      for uri in published.record.settings[keyPath: reports] {
        guard let host = uri.mailbox?.domain, !addresses.contains(where: { $0.host == host }) else {
          continue
        }
        addresses.append(ReportAddress(published: published, uri: uri, host: host))
      }
    }
    return Observation(addresses, gaps: applied.gaps)
  }

  /// The record is asked for at the domain where the policy was found (RFC 9990 §4 step 3), and not within one
  /// organisation.
  fileprivate func externalReports(
    _ reports: KeyPath<DMARCSettings, [ReportURI]>
  ) -> Observation<ExternalReports> {
    let addresses = reportAddresses(reports)
    var external: [ExternalReports] = []
    var gaps = addresses.gaps
    for address in addresses.subjects {
      let policyDomain = address.published.stop.step.target
      guard !SuffixList.shareOrganisation(address.host, policyDomain) else { continue }
      let evaluation = DMARCReportAuthorization.evaluate(
        policyDomain: policyDomain, destinationHost: address.host, answers: { self.snapshot[$0] })
      switch evaluation {
      case .needs(let questions):
        // More hosts than the Collector asks.
        gaps += questions.map { Gap(Place($0.name, $0.type), .notTested(.limitReached)) }
      case .result(let authorization):
        let answer = authorization.question.flatMap { snapshot[$0] }
        if let answer, answer.failure != nil {
          gaps.append(Gap(answer))
        } else {
          external.append(ExternalReports(address: address, authorization: authorization, answer: answer))
        }
      }
    }
    return Observation(external, gaps: gaps)
  }
}
