import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let certACMEHTTPClosed = Rule(
    "cert.acme-http-closed",
    "Port 80 gives no answer, and the certificate is validated there",
    about: ChallengedHost.self,
    severity: .medium,
    why: """
      Before it issues a certificate, the authority fetches a file from the host at port 80, at an address of its own \
      choice. Without an answer the certificate is not renewed, and when it expires, mail programs refuse to connect.
      """,
    fix: """
      Let a web server answer at port 80 of each address, to everybody: authorities come from many places. Or have the \
      certificate validated by DNS-01, and say so in the expected configuration (`acme: dns-01`).
      """,
    references: [
      .rfc(8555, "8.3"), .practice("Simple NixOS Mailserver: setup guide"),
      .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "closed", at: ["mail.example.com."], documents: [.challenge(failing: .refused)],
        expecting: .exampleHTTP01, ExampleDocument.challengeZone),
      .flags(
        "closed over IPv6 alone", at: ["mail.example.com."], severity: .low,
        documents: [.challenge(failing: .refused, over: .v6)], expecting: .exampleHTTP01,
        ExampleDocument.challengeZone),
      .flags(
        "closed over IPv4, and over IPv6 nobody knows", at: ["mail.example.com."],
        documents: [
          .challenge(failing: .refused, over: .v4), .challenge(failing: .timedOut(.connecting), over: .v6),
        ], expecting: .exampleHTTP01, ExampleDocument.challengeZone),
      .flags(
        "another service", at: ["mail.example.com."], documents: [.challenge(failing: .notHTTP)],
        expecting: .exampleHTTP01, ExampleDocument.challengeZone),
      .passes(
        "a web server without such a file", documents: [.challenge(status: 404)], expecting: .exampleHTTP01,
        ExampleDocument.challengeZone),
      .passes(
        "one that sends everybody to HTTPS", documents: [.challenge(status: 301)], expecting: .exampleHTTP01,
        ExampleDocument.challengeZone),
      .passes(
        "one that is busy", documents: [.challenge(status: 503)], expecting: .exampleHTTP01,
        ExampleDocument.challengeZone),
      .passes(
        "no answer in time proves nothing", documents: [.challenge(failing: .timedOut(.connecting))],
        expecting: .exampleHTTP01, ExampleDocument.challengeZone),
      .passes(
        "validated by DNS-01", documents: [.challenge(failing: .refused)], expecting: .exampleDNS01,
        ExampleDocument.challengeZone),
      .passes(
        "nobody says how it is validated", documents: [.challenge(failing: .refused)], expecting: .example,
        ExampleDocument.challengeZone),
    ]
  ) { host, _ in
    host.closed.map { door in
      // Let's Encrypt goes from IPv6 to IPv4, and not back.
      let elsewhere: Message = host.answersElsewhere ? " Another address answers." : ""
      return door.document.fault(
        severity: host.answersElsewhere ? .low : nil,
        "Port 80 of \(host.host) \(door.document.words).\(elsewhere)",
        expected: "an answer over HTTP, whatever it says"
      ).resting(on: [.record(door.record)])
    }
  }
}
