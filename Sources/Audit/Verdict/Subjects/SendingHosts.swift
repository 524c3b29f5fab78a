package import DNSData

/// An own MX host that sends, and the reverse names that lead back to it.
package struct SendingHost: Subject {
  package let sender: Sender
  package let host: Name
  package let confirmedNames: [Name]
  package let ownership: Ownership

  package static func observe(_ facts: Facts) -> Observation<SendingHost> {
    let senders = facts.observation(of: Sender.self)
    let hosts = senders.subjects.compactMap { sender -> SendingHost? in
      let confirmed = sender.names.filter(\.confirms).map(\.name)
      guard let host = sender.host, !confirmed.isEmpty else { return nil }
      let isOwn = confirmed.contains { facts.ownership(of: $0) == .own }
      return SendingHost(
        sender: sender, host: host, confirmedNames: confirmed, ownership: isOwn ? .own : .thirdParty)
    }
    return Observation(hosts, gaps: senders.gaps)
  }
}

/// The name that a sending host gives in HELO, as far as the DNS shows it: that of an own MX host which its address
/// leads back to. Any other can only be seen in its mail.
package struct HELOName: Subject {
  package let name: Name
  /// The look-up of its SPF record.
  package let texts: Answer

  package static func observe(_ facts: Facts) -> Observation<HELOName> {
    let hosts = facts.observation(of: SendingHost.self)
    var names: [Name] = []
    for host in hosts.subjects where host.confirmedNames.contains(host.host) && host.host != facts.domain {
      if !names.contains(host.host) { names.append(host.host) }
    }
    let answers = names.compactMap { facts.snapshot.answer($0, .txt) }
    return Observation(
      answers.filter { $0.failure == nil }.map { HELOName(name: $0.question.name, texts: $0) },
      gaps: hosts.gaps + answers.filter { $0.failure != nil }.map(Gap.init))
  }
}
