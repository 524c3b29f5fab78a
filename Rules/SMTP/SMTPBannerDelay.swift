package import Verdict

extension Rule {
  package static let smtpBannerDelay = Rule(
    "smtp.banner-delay",
    "A mail server greets late",
    about: Receiving<ServerGreeting>.self,
    severity: .low,
    why: """
      Senders should wait five minutes for the greeting, but many give up sooner. A greeting that is held \
      back on purpose, against senders that do not wait, takes some seconds.
      """,
    fix:
      "See what the server waits for before it greets: often a reverse look-up or a blocklist without answer.",
    references: [.rfc(5321, "4.5.3.2.1")],
    examples: [
      .flags(
        "45 seconds", at: ["mail.example.com."], servers: [.example(greetingDelay: 45_000)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "longer than anybody must wait", at: ["mail.example.com."], severity: .high,
        servers: [.example(greetingDelay: 301_000)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("at once", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "held back on purpose", servers: [.example(greetingDelay: 6_000)], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { greeting, _ in
    let server = greeting.server
    guard let delay = greeting.conversation.greetingDelay, delay > 30_000 else { return [] }
    return [
      server.fault(
        severity: server.severity(delay > 300_000 ? .high : .low),
        "\(server.owned) greets after \(delay / 1000) seconds.", expected: "a greeting within 30 seconds")
    ]
  }
}
