import DialogueTesting
import Dialogues
import Evidence
import IMAP
import Testing

func play(_ transcript: String, _ security: MailSession.Security = .startTLS) throws -> MailSession {
  try Transcript.play(transcript, .imap(port: 143, security))
}

@Suite struct IMAPDialogueTests {
  private let dovecot = """
    S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS LOGINDISABLED] Dovecot ready.
    C: a1 STARTTLS
    S: a1 OK Begin TLS negotiation now.
    TLS
    C: a2 CAPABILITY
    S: * CAPABILITY IMAP4rev1 SASL-IR LITERAL+ AUTH=PLAIN AUTH=LOGIN
    S: a2 OK Pre-login capabilities listed, post-login capabilities have more.
    C: a3 LOGOUT
    S: * BYE Logging out
    S: a3 OK Logout completed.
    """

  private let cyrus = """
    S: * OK [CAPABILITY IMAP4 IMAP4rev1 LITERAL+ ID ENABLE] mail.example.com Cyrus IMAP 3.6.1 server ready
    C: a1 CAPABILITY
    S: * CAPABILITY IMAP4 IMAP4rev1 LITERAL+ ID ENABLE STARTTLS AUTH=GSSAPI
    S: a1 OK Completed
    C: a2 STARTTLS
    S: a2 OK Begin TLS negotiation now
    TLS
    C: a3 CAPABILITY
    S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
    S: a3 OK Completed
    C: a4 LOGOUT
    S: * BYE LOGOUT received
    S: a4 OK Completed
    """

  private let exchange = """
    S: * OK The Microsoft Exchange IMAP4 service is ready.
    C: a1 CAPABILITY
    S: * CAPABILITY IMAP4 IMAP4rev1 AUTH=NTLM LOGINDISABLED STARTTLS UIDPLUS
    S: a1 OK CAPABILITY completed.
    C: a2 STARTTLS
    S: a2 OK Begin TLS negotiation now.
    TLS
    C: a3 CAPABILITY
    S: * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN
    S: a3 OK CAPABILITY completed.
    C: a4 LOGOUT
    S: * BYE Microsoft Exchange Server IMAP4 server signing off.
    S: a4 OK LOGOUT completed.
    """

  @Test func `a list in the greeting that holds STARTTLS saves asking`() throws {
    let session = try play(dovecot)
    #expect(session.ending == .completed)
    #expect(session.startTLS == .accepted)
    #expect(session.inPlaintext.list?.allowsLoginCommand == false)
    #expect(session.inTLS.list?.mechanisms == ["PLAIN", "LOGIN"])
    #expect(session.inTLS.list?.allowsLoginCommand == true)
    #expect(session.greeting?.text == [Array("Dovecot ready.".utf8)])
  }

  @Test func `a list in the greeting without STARTTLS proves nothing`() throws {
    let session = try play(cyrus)
    #expect(session.startTLS == .accepted)
    #expect(session.inPlaintext.list?.mechanisms == ["GSSAPI"])
  }

  @Test func `a greeting without a list`() throws {
    let session = try play(exchange)
    #expect(session.ending == .completed)
    #expect(session.inPlaintext.list?.mechanisms == ["NTLM"])
  }

  @Test func `implicit TLS`() throws {
    let session = try play(
      """
      TLS
      S: * OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] ready
      C: a1 LOGOUT
      S: * BYE
      S: a1 OK
      """, .implicitTLS)
    #expect(session.startTLS == .implicit)
    #expect(session.inTLS.list?["IMAP4rev2"] != nil)
    #expect(session.ending == .completed)
  }

  @Test func `the answer to CAPABILITY without STARTTLS is proof`() throws {
    let session = try play(
      "S: * OK hi\nC: a1 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: a1 OK\nC: a2 LOGOUT\nclosed")
    #expect(session.startTLS == .notOffered)
    #expect(session.ending == .completed)
  }

  @Test func `a list in the closing line counts as well`() throws {
    let session = try play(
      "S: * OK hi\nC: a1 CAPABILITY\nS: a1 OK [CAPABILITY IMAP4rev1] x\nC: a2 LOGOUT\nclosed")
    #expect(session.startTLS == .notOffered)
  }

  @Test func `after PREAUTH there is no STARTTLS, whatever is listed`() throws {
    let withList = try play(
      "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: a1 LOGOUT\nS: * BYE\nS: a1 OK")
    let asked = try play(
      """
      S: * PREAUTH hi
      C: a1 CAPABILITY
      S: * CAPABILITY IMAP4rev1 STARTTLS
      S: a1 OK
      C: a2 LOGOUT
      S: a2 OK
      """)
    for session in [withList, asked] {
      #expect(session.greeting?.word == .preauth)
      #expect(session.startTLS == .ruledOutByPreauth)
      #expect(session.startTLS.isProvenAbsent)
      #expect(session.inPlaintext.list?.offersStartTLS == true)
      #expect(session.ending == .completed)
    }
  }

  @Test func `data that nobody asked for is let pass, with its literals`() throws {
    let session = try play(
      """
      S: * OK hi
      C: a1 CAPABILITY
      S: * 23 EXISTS
      S: * NO disk nearly full {5}
      R: * DATA {7}\\r\\na1 OK\\r\\n rest\\r\\n
      S: * CAPABILITY IMAP4rev1
      S: * XYZ
      S: nonsense
      S: a1 OK
      C: a2 LOGOUT
      S: a2 OK
      """)
    #expect(session.ending == .completed)
    #expect(session.startTLS == .notOffered)
    #expect(session.deviations == [.unknownLine])
  }
}

@Suite struct IMAPTroubleTests {
  @Test(arguments: [
    ("S: * BYE Too many connections", MailReply.Meaning.unspecified),
    ("S: * BYE [UNAVAILABLE] later", .temporary),
  ])
  func `BYE is a shutdown, as a greeting`(line: String, meaning: MailReply.Meaning) throws {
    let session = try play("\(line)\nC: a1 LOGOUT\nclosed")
    let greeting = try #require(session.greeting)
    #expect(session.ending == .shutDown(greeting))
    #expect(session.stage == .greeting)
    #expect(greeting.meaning == meaning)
    #expect(session.startTLS == .unseen)
  }

  @Test func `BYE is a shutdown at any stage`() throws {
    let session = try play(
      "S: * OK [CAPABILITY STARTTLS] hi\nC: a1 STARTTLS\nS: * BYE idle\nC: a2 LOGOUT\nclosed")
    #expect(session.stage == .startTLS)
    #expect(session.startTLS == .unanswered)
    guard case .shutDown = session.ending else {
      Issue.record("\(session.ending)")
      return
    }
  }

  @Test(arguments: ["NO", "BAD"])
  func `STARTTLS offered and refused`(word: String) throws {
    let session = try play(
      "S: * OK [CAPABILITY STARTTLS] hi\nC: a1 STARTTLS\nS: a1 \(word) broken\nC: a2 LOGOUT\nS: a2 OK")
    guard case .refused(let reply) = session.startTLS else {
      Issue.record("\(session.startTLS)")
      return
    }
    #expect(session.ending == .refused(reply))
    #expect(!session.startTLS.isProvenAbsent)
  }

  @Test func `CAPABILITY refused leaves STARTTLS unknown`() throws {
    let session = try play("S: * OK hi\nC: a1 CAPABILITY\nS: a1 BAD what\nC: a2 LOGOUT\nS: a2 OK")
    #expect(session.startTLS == .unseen)
    guard case .refused = session.inPlaintext else {
      Issue.record("\(session.inPlaintext)")
      return
    }
  }

  @Test(arguments: [
    ("S: a1 OK done", MailSession.Violation.missingData), ("S: a9 OK done", .foreignTag),
    ("S: A1 OK done", .foreignTag), ("S: + go on", .unexpectedReply),
  ])
  func `a reply that cannot be understood ends it`(line: String, violation: MailSession.Violation) throws {
    let session = try play("S: * OK hi\nC: a1 CAPABILITY\n\(line)\nC: a2 LOGOUT")
    #expect(session.ending == .violated(violation))
    #expect(session.startTLS == .unseen)
  }

  @Test(arguments: [
    ("S: +OK hi", MailSession.Violation.notAReply), ("S: * CAPABILITY IMAP4rev1", .notAReply),
    ("S: a1 OK hi", .notAReply), ("S: * NO hi", .unexpectedReply), ("S:", .notAReply),
  ])
  func `what is no greeting is not answered`(line: String, violation: MailSession.Violation) throws {
    let session = try play(line)
    #expect(session.ending == .violated(violation))
    #expect(session.greeting == nil)
  }

  @Test(arguments: [
    ("S: * DATA {70000}", MailSession.Limit.replyOctets),
    ("R: (* X {900}\\r\\n)*1\nR: (y)*9000", .lineOctets),
    ("R: (* 1 EXISTS\\r\\n)*101", .replyLines), ("R: (x)*2048", .lineOctets),
  ])
  func `endless data is cut off`(lines: String, limit: MailSession.Limit) throws {
    let session = try play("S: * OK hi\nC: a1 CAPABILITY\n\(lines)\nC: a2 LOGOUT")
    #expect(session.ending == .exceeded(limit))
    #expect(session.unfinished.count <= DialogueLimits.keptOctets)
    #expect(session.startTLS == .unseen)
  }

  @Test func `injected capabilities are noted and not listened to`() throws {
    let session = try play(
      """
      S: * OK [CAPABILITY STARTTLS] hi
      C: a1 STARTTLS
      S: a1 OK [CAPABILITY AUTH=PLAIN] go
      S: * CAPABILITY AUTH=PLAIN
      S: a2 OK
      TLS
      C: a2 CAPABILITY
      S: * CAPABILITY IMAP4rev1
      S: a2 OK
      C: a3 LOGOUT
      S: a3 OK
      """)
    #expect(session.plaintextBeforeHandshake == Array("* CAPABILITY AUTH=PLAIN\r\na2 OK\r\n".utf8))
    #expect(session.inTLS.list?.mechanisms == [])
    #expect(session.inTLS.list?.items.count == 1)
  }

  @Test func `no server, whatever it says, makes a session contradict itself`() throws {
    let vocabulary = [
      "* OK hi", "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi", "* PREAUTH hi", "* BYE no",
      "* CAPABILITY STARTTLS",
      "* CAPABILITY IMAP4rev1", "a1 OK", "a2 OK", "a3 OK", "a1 NO no", "a2 BAD", "* DATA {3}", "{3}",
      "* 1 EXISTS",
      "+ go", "* NO x", "\0\u{1B}", "é", "\r", "\n", "",
    ]
    #expect(try HostileServer.complaints(vocabulary: vocabulary) { .imap(port: 143, $0) } == [])
  }
}

/// A command behind STARTTLS in the same packet.
@Suite struct IMAPTrialTests {
  private static let opening = #"""
    S: * OK ready
    C: a1 CAPABILITY
    S: * CAPABILITY IMAP4rev1 STARTTLS
    S: a1 OK done
    C: a2 STARTTLS\r\nn0 NOOP
    S: a2 OK go
    TLS
    C: a4 LOGOUT

    """#

  private func play(_ rest: String) throws -> MailSession {
    try Transcript.play(Self.opening + rest, .imap(port: 143, .startTLS, .trial))
  }

  @Test func `a server that obeys it answers with its tag`() throws {
    let session = try play("S: n0 OK NOOP completed\nS: * BYE\nS: a4 OK bye")
    #expect(session.isInjectable == true)
  }

  @Test func `a server that forgets it does not`() throws {
    #expect(try play("S: * BYE\nS: a4 OK bye").isInjectable == false)
    #expect(try play("closed").isInjectable == false)
    #expect(try play("S: b OK what").isInjectable == nil)
  }
}
