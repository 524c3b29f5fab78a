import Evidence
package import Verdict

extension Rule {
  package static let smtpLFReplies = Rule(
    "smtp.lf-replies",
    "A mail server ends lines with LF alone",
    about: Receiving<WholeConversation>.self,
    severity: .medium,
    why: """
      A line ends with CR and LF. A client that keeps to this waits for the end of a line that does not \
      come. A server that is careless with lines may be so with those of messages too.
      """,
    fix: "Let every reply end with CR LF; often a script or a device in front of the server writes it.",
    references: [.rfc(5321, "2.3.8")],
    examples: [
      .flags(
        "LF", at: ["mail.example.com."], servers: [.example { $0.deviations = [.bareLineFeed] }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("CR LF", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard conversation.session.deviations.contains(.bareLineFeed) else { return [] }
    return [
      server.fault(
        severity: server.severity(.medium), "\(server.owned) ends lines of its replies with LF alone.",
        expected: "CR LF")
    ]
  }
}
