import DMARC
package import Verdict

extension Rule {
  package static let dmarcRUAExternalUnauth = Rule(
    "dmarc.rua-external-unauth",
    "The host that is to get DMARC reports has not agreed to take them",
    about: ExternalAggregateReports.self,
    severity: .high,
    why: """
      So that nobody can flood a stranger with reports, receivers send them to another organisation only if \
      its DNS says that it wants those of this domain. Without that record no report is sent, and faults and \
      forgeries stay unseen.
      """,
    fix: """
      Ask whoever runs the report host to publish the record, most often by adding the domain in their web \
      pages, or have the reports sent to an address of the own domain.
      """,
    references: [.rfc(9990, "4")],
    examples: [
      .flags(
        "nothing there", at: ["example.com._report._dmarc.vendor.example."],
        #"@ MX 10 mail"# + "\n" + #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example""#
          + "\nvendor.example. MX 10 mx.vendor.example."),
      .flags(
        "the policy is found further up", domain: "sub.example.com",
        at: ["example.com._report._dmarc.vendor.example."],
        """
        sub MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        vendor.example. MX 10 mx.vendor.example.
        sub.example.com._report._dmarc.vendor.example. TXT "v=DMARC1"
        """),
      .flags(
        "another text", at: ["example.com._report._dmarc.vendor.example."],
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        vendor.example. MX 10 mx.vendor.example.
        example.com._report._dmarc.vendor.example. TXT "v=spf1 -all"
        """),
      .flags(
        "sent on to a third host", at: ["example.com._report._dmarc.vendor.example."],
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        vendor.example. MX 10 mx.vendor.example.
        example.com._report._dmarc.vendor.example. TXT "v=DMARC1; rua=mailto:d@other.example"
        """),
      .flags(
        "a domain without mail", at: ["example.com._report._dmarc.vendor.example."], severity: .low,
        #"@ MX 0 ."# + "\n" + #"_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@vendor.example""#
          + "\nvendor.example. MX 10 mx.vendor.example."),
      .passes(
        "the host agrees",
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        example.com._report._dmarc.vendor.example. TXT "v=DMARC1"
        """),
      .passes(
        "it takes the reports of everybody",
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        *._report._dmarc.vendor.example. TXT "v=DMARC1"
        """),
      .passes(
        "another mailbox at the same host",
        """
        @ MX 10 mail
        _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example"
        example.com._report._dmarc.vendor.example. TXT "v=DMARC1; rua=mailto:e@vendor.example"
        """),
      .passes(
        "a host of the same organisation",
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@reports.example.com\""),
      .passes(
        "a host that does not exist is dmarc.rua-undeliverable",
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@vendor.example\""),
    ]
  ) { external, facts in
    guard !external.isMissing else { return [] }
    let isMailDomain = facts.role.sends || facts.role == .undetermined
    return external.reports.refusals(severity: isMailDomain ? nil : .low)
  }
}

extension ExternalReports {
  /// The record that the host's owner would have to publish is said in full: it is in nobody else's power.
  func refusals(severity: Severity? = nil) -> [Fault] {
    guard let question = authorization.question, let answer else { return [] }
    let policyDomain = authorization.policyDomain
    let line: Message = "`\(own: question.name.description) TXT \"v=DMARC1\"`"
    switch authorization.result {
    case .notAuthorized:
      return [
        Fault(
          in: answer, severity: severity,
          """
          Reports about \(policyDomain) are to go to \(address.host), which belongs to others and does not say that it \
          takes them: none are sent to \(foreign: address.uri.octets).
          """,
          observed: authorization.texts.first.map { "\(foreign: $0.octets)" },
          expected: "\(line), published by the owner of \(address.owner)")
      ]
    case .redirectedElsewhere:
      return [
        Fault(
          in: answer, severity: severity,
          """
          \(address.host), which belongs to others, passes the reports about \(policyDomain) on to another host, which \
          it may not: none are sent to \(foreign: address.uri.octets).
          """,
          observed: authorization.texts.first { !$0.settings.aggregateReports.isEmpty }.map {
            "\(foreign: $0.octets)"
          },
          expected:
            "\(line), published by the owner of \(address.owner), or an address at \(address.host) in it")
      ]
    case .authorized, .redirected, .nameTooLong, .unknown: return []
    }
  }
}
