import DNSData
import DialogueTesting
import Dialogues
import Evidence
import SMTP
import Testing

/// Servers that refuse, break off, break the protocol, or attack.
@Suite struct SMTPRefusalTests {
  @Test(arguments: [
    ("554 5.7.1 Your address is on a list", MailReply.Meaning.permanent, true),
    ("554 No SMTP service here", .permanent, false),
    ("450 4.7.1 Greylisted, try again in 300 seconds", .temporary, true),
    ("451 Temporary local problem", .temporary, false),
  ])
  func `a refused greeting says for how long, and whether it is about us`(
    line: String, meaning: MailReply.Meaning, isPolicy: Bool
  ) throws {
    let session = try play("S: \(line)\nC: QUIT\nS: 221 Bye")
    let greeting = try #require(session.greeting)
    #expect(session.ending == .refused(greeting))
    #expect(session.stage == .greeting)
    #expect(greeting.meaning == meaning)
    guard case .code(_, let enhanced) = greeting.status else {
      Issue.record("no code")
      return
    }
    #expect((enhanced?.isPolicy ?? false) == isPolicy)
    #expect(session.startTLS == .unseen)
  }

  @Test func `421 is a shutdown wherever it comes`() throws {
    let conversation = [
      "S: 220 mail.example.com", "C: EHLO probe.example.net", "S: 250-mail.example.com\nS: 250 STARTTLS",
      "C: STARTTLS", "S: 220 go\nTLS", "C: EHLO probe.example.net",
    ]
    let stages: [MailSession.Stage] = [.greeting, .capabilities, .startTLS, .capabilitiesInTLS]
    for (length, stage) in zip([0, 2, 4, 6], stages) {
      let lines = conversation.prefix(length) + ["S: 421 4.7.0 Too many connections", "C: QUIT", "closed"]
      let session = try play(lines.joined(separator: "\n"))
      guard case .shutDown(let reply) = session.ending else {
        Issue.record("\(session.ending) at \(stage)")
        continue
      }
      #expect(reply.meaning == .temporary)
      #expect(session.stage == stage)
      #expect(!session.startTLS.isProvenAbsent)
    }
  }

  @Test func `a connection that closes early is no server without STARTTLS`() throws {
    let conversation = [
      "S: 220 mail.example.com", "C: EHLO probe.example.net", "S: 250-mail.example.com\nS: 250 STARTTLS",
      "C: STARTTLS", "S: 220 go", "TLS", "C: EHLO probe.example.net", "S: 250 mail.example.com\nC: QUIT",
    ]
    let expected: [(MailSession.Stage, MailSession.StartTLS)] = [
      (.greeting, .unseen), (.capabilities, .unseen), (.startTLS, .unanswered),
      (.capabilitiesInTLS, .accepted),
    ]
    for (length, (stage, startTLS)) in zip([0, 2, 4, 7], expected) {
      for reason in [MailSession.Interruption.closed, .reset] {
        let session = try play((conversation.prefix(length) + [reason.rawValue]).joined(separator: "\n"))
        #expect(session.ending == .interrupted(reason))
        #expect(session.stage == stage)
        #expect(session.startTLS == startTLS)
        #expect(session.contradictions == [])
      }
    }
  }

  @Test func `a list that was cut off is no list`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 250-mail.example.com
      S: 250-SIZE
      R: 250 8BITMI
      closed
      """)
    #expect(session.inPlaintext == .unseen)
    #expect(session.startTLS == .unseen)
    #expect(session.unfinished == Array("250-mail.example.com\r\n250-SIZE\r\n250 8BITMI".utf8))
  }

  @Test func `EHLO refused for now is not tried with HELO`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 451 4.3.0 later
      C: QUIT
      S: 221 Bye
      """)
    guard case .refused(let reply) = session.ending else {
      Issue.record("\(session.ending)")
      return
    }
    #expect(reply.meaning == .temporary)
    #expect(session.inPlaintext == .unseen)
  }
}

@Suite struct SMTPHostileTests {
  @Test func `what follows the reply to STARTTLS is noted and not listened to`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 250-mail.example.com
      S: 250 STARTTLS
      C: STARTTLS
      S: 220 go ahead
      S: 250-mail.example.com
      S: 250 AUTH PLAIN
      TLS
      C: EHLO probe.example.net
      S: 250 mail.example.com
      C: QUIT
      S: 221 Bye
      """)
    #expect(session.plaintextBeforeHandshake == Array("250-mail.example.com\r\n250 AUTH PLAIN\r\n".utf8))
    #expect(session.inTLS.list?.items.isEmpty == true)
    #expect(session.ending == .completed)
  }

  @Test func `plaintext on a port for TLS is kept for the report, a part of it`() throws {
    var dialogue = Dialogue.smtp(port: 465, .implicitTLS, as: .host(try Name("probe.example.net")))
    #expect(dialogue.next() == .startTLS)
    for _ in 0..<1000 { dialogue.receive(Array("220 mail.example.com ESMTP\r\n".utf8)) }
    dialogue.interrupt(.tlsFailed)
    guard case .finished(let session) = dialogue.next() else {
      Issue.record("not finished")
      return
    }
    #expect(session.plaintextBeforeHandshake.count == DialogueLimits.keptOctets)
    #expect(session.greeting == nil)
    #expect(session.stage == .handshake)
  }

  @Test(arguments: [
    ("R: (x)*100000", MailSession.Limit.lineOctets), ("R: (220-x\\r\\n)*5000", .replyLines),
    ("R: 220 \nR: (x)*5000", .lineOctets),
  ])
  func `a banner without end is cut off, and nothing is said to it`(lines: String, limit: MailSession.Limit)
    throws
  {
    let session = try Transcript(lines).play(
      .smtp(port: 25, .startTLS, as: .host(try Name("probe.example.net"))))
    #expect(session.ending == .exceeded(limit))
    #expect(session.greeting == nil)
    #expect(session.unfinished.count <= DialogueLimits.keptOctets)
  }

  @Test func `a list without end is no list`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      R: (250-STARTTLS\\r\\n)*101
      C: QUIT
      """)
    #expect(session.ending == .exceeded(.replyLines))
    #expect(session.startTLS == .unseen)
    #expect(session.inPlaintext == .unseen)
  }

  @Test(arguments: [
    ("S: 250-mail.example.com\nS: 550 no", MailSession.Violation.codeChanged), ("S: hello", .notAReply),
    ("S: 25", .notAReply), ("S: 250\\x09x", .notAReply), ("S: 150 x", .notAReply), ("S: 650 x", .notAReply),
    ("S:", .notAReply), ("S: 354 go ahead", .unexpectedReply), ("S: 220 again", .unexpectedReply),
  ])
  func `a reply that cannot be understood ends it, and is kept`(
    lines: String, violation: MailSession.Violation
  ) throws {
    let session = try play("S: 220 x\nC: EHLO probe.example.net\n\(lines)\nC: QUIT")
    #expect(session.ending == .violated(violation))
    #expect(session.stage == .capabilities)
    #expect(session.startTLS == .unseen)
    #expect(!session.unfinished.isEmpty)
  }

  @Test(arguments: ["S: HTTP/1.1 400 Bad Request", "S: * OK IMAP4rev1 ready", "S: 250 mail.example.com"])
  func `another protocol's greeting is no greeting`(line: String) throws {
    var lines = line
    if line.hasPrefix("S: 250") { lines += "\nC: QUIT" }
    let session = try play(lines)
    guard case .violated = session.ending else {
      Issue.record("\(session.ending)")
      return
    }
    #expect(session.stage == .greeting)
  }

  @Test(arguments: [
    ("R: 220 mail.example.com\\n", [MailSession.Deviation.bareLineFeed]),
    ("R: 220 mail\\r.example.com\\r\\n", [.bareCarriageReturn]),
    ("R: 220 mail\\r\\r\\n", [.bareCarriageReturn]), ("S: 220 a\\0b", [.nul]),
    ("S: 220 \\e[31mred", [.controlCharacter]), ("S: 220 M\\xC3\\xBCller", [.nonASCII]),
    ("S: 220 with\\x09tab", []), ("S: 220", []),
  ])
  func `what can be read is read, and noted`(line: String, deviations: [MailSession.Deviation]) throws {
    let session = try play("\(line)\nC: EHLO probe.example.net\nS: 250 x\nC: QUIT\nS: 221 Bye")
    #expect(session.ending == .completed)
    #expect(session.deviations == deviations)
  }

  @Test func `no server, whatever it says, makes a session contradict itself`() throws {
    let vocabulary = [
      "220 mail.example.com", "220-a", "250-mail.example.com", "250-STARTTLS", "250 STARTTLS",
      "250 AUTH PLAIN",
      "250-SIZE 1", "421 4.7.0 later", "450 4.7.1 wait", "500 what", "550 5.7.1 no", "554 no", "354 go",
      "221 bye",
      "220 2.0.0 go\r\n250-x\r\n250 y", "\0\u{1B}", "é", "\r", "\n", "220", "250", "99", "",
    ]
    let name = SMTPClientName.host(try Name("probe.example.net"))
    let complaints = try HostileServer.complaints(vocabulary: vocabulary) { .smtp(port: 25, $0, as: name) }
    #expect(complaints == [])
    let orderly = [
      "220 mail.example.com", "250-a\r\n250 STARTTLS", "250 a", "500 no", "421 no", "454 no", "220 go",
    ]
    #expect(try HostileServer.complaints(vocabulary: orderly) { .smtp(port: 25, $0, as: name) } == [])
  }
}
