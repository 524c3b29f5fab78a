import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let hostBannerName = Rule(
    "host.banner-name",
    "A mail server does not know its own name",
    about: Receiving<WholeConversation>.self,
    severity: .low,
    why: """
      A server introduces itself in its greeting and its reply to EHLO with its full name. One that says "localhost" or \
      a single word often introduces itself so when it sends, too, and is refused for that.
      """,
    fix: "Give the server its full name: `myhostname` in Postfix.",
    references: [.rfc(5321, "4.2"), .rfc(5321, "4.3.1"), .rfc(5321, "2.3.5")],
    examples: [
      .flags(
        "localhost in both", at: ["mail.example.com."],
        servers: [
          .example {
            $0.greeting = .example(220, "localhost ESMTP Postfix")
            $0.inPlaintext = .greeted(by: "localhost", ["STARTTLS"])
            $0.inTLS = .greeted(by: "localhost", [])
          }
        ], exampleHost),
      .flags(
        "a single word", at: ["mail.example.com."],
        servers: [
          .example {
            $0.greeting = .example(220, "mail ESMTP")
            $0.inTLS = .greeted(by: "mail at your service", [])
          }
        ], exampleHost),
      .passes("its name", servers: [.example()], exampleHost),
      .passes(
        "another full name: that of a machine behind the name",
        servers: [.example { $0.greeting = .example(220, "mx3.example.net ESMTP") }], exampleHost),
      .passes(
        "a greeting that hides it, and EHLO that does not",
        servers: [.example { $0.greeting = .example(220, "ESMTP") }], exampleHost),
      .passes(
        "of a third party",
        servers: [
          .example(host: "mx.example.net") {
            $0.greeting = .example(220, "localhost ESMTP")
            $0.inTLS = .greeted(by: "localhost", [])
          }
        ], exampleProvider),
    ]
  ) { conversation, _ in
    let server = conversation.server
    // Whose name a provider's machine says is the provider's affair. What else stands in a greeting is nobody's.
    guard server.ownership == .own, let said = conversation.lists.last?.reply.introduction,
      let greeted = conversation.session.greeting?.introduction, !said.isFullName, !greeted.isFullName
    else { return [] }
    return [
      server.fault(
        "\(server.words) introduces itself with no full name.",
        observed: "\(foreign: greeted) in the greeting, \(foreign: said) in the reply to EHLO",
        expected: "the full name of the host")
    ]
  }
}

extension MailReply {
  /// The first word, which is to be the server's name.
  fileprivate var introduction: [UInt8]? { text.first.map { Array($0.prefix { $0 != 0x20 }) } }
}

extension [UInt8] {
  /// Of two labels at least; address literals stand in brackets (RFC 5321 §4.1.3).
  fileprivate var isFullName: Bool {
    if first == UInt8(ascii: "["), last == UInt8(ascii: "]") { return true }
    let labels = split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count > 1
      && labels.dropLast().allSatisfy { !$0.isEmpty }
  }
}

extension MailCapabilityListing {
  fileprivate static func greeted(by name: String, _ lines: [String]) -> MailCapabilityListing {
    .listed(
      MailCapabilities(
        .smtp, reply: .example(250, name), items: lines.compactMap { MailCapability(line: Array($0.utf8)) }))
  }
}
