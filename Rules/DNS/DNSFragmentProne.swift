import Evidence
package import Verdict

extension Rule {
  package static let dnsFragmentProne = Rule(
    "dns.fragment-prone",
    "A name server sends datagrams that do not fit the way",
    about: ZoneServers.self,
    severity: .medium,
    why: """
      What is larger than about 1400 octets travels in fragments, which firewalls drop and attackers forge. \
      Resolvers wait in vain for the answer.
      """,
    fix: "Limit UDP answers to 1232 octets (such as `max-udp-size 1232`): the rest is then fetched over TCP.",
    references: [.rfc(9715, "3"), .rfc(10001, "3.2")],
    examples: [
      .flags(
        "2000 octets", at: ["ns2.example.com."], nameServers: .sick(.sends(octets: 2000, .dnskey)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "1300 octets", nameServers: .sick(.sends(octets: 1300, .dnskey)), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "what is larger is cut short", nameServers: .sick(.sends(octets: 5000, .dnskey)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, _ in
    zone.speaking.compactMap { view in
      let large = view.answers.compactMap { answer -> (ServerAnswer, Int)? in
        guard let message = answer.message, let size = message.datagramSize, size > 1400,
          !message.wasTruncated
        else { return nil }
        return (answer, size)
      }
      guard let (answer, size) = large.max(by: { $0.1 < $1.1 }) else { return nil }
      let question = answer.question.question
      return Fault(
        at: view.place, saidBy: view.responder,
        "\(view.title) answers for \(question.name) \(question.type) with \(size) octets in one datagram.",
        expected: "a truncated answer, and the rest over TCP")
    }
  }
}
