import DialogueTesting
import Dialogues
import Evidence
import POP3
import Testing

private func play(_ transcript: String, _ security: MailSession.Security = .startTLS) throws -> MailSession {
  try Transcript.play(transcript, .pop3(port: 110, security))
}

@Suite struct POP3DialogueTests {
  private let dovecot = """
    S: +OK Dovecot (Debian) ready.
    C: CAPA
    S: +OK
    S: CAPA
    S: TOP
    S: UIDL
    S: RESP-CODES
    S: PIPELINING
    S: AUTH-RESP-CODE
    S: STLS
    S: SASL
    S: .
    C: STLS
    S: +OK Begin TLS negotiation now.
    TLS
    C: CAPA
    S: +OK
    S: USER
    S: SASL PLAIN LOGIN
    S: ..stuffed
    S: .
    C: QUIT
    S: +OK Logging out
    """

  @Test func `Dovecot is read to the end`() throws {
    let session = try play(dovecot)
    #expect(session.ending == .completed)
    #expect(session.startTLS == .accepted)
    #expect(session.greeting?.text == [Array("Dovecot (Debian) ready.".utf8)])
    let plain = try #require(session.inPlaintext.list)
    #expect(plain.items.count == 8)
    #expect(plain.mechanisms.isEmpty)
    #expect(!plain.allowsLoginCommand)
    let secure = try #require(session.inTLS.list)
    #expect(secure.mechanisms == ["PLAIN", "LOGIN"])
    #expect(secure.allowsLoginCommand)
    #expect(secure.items.last?.keyword == Array(".stuffed".utf8))
    #expect(session.apopTimestamp == nil)
  }

  @Test func `implicit TLS`() throws {
    let session = try play("TLS\nS: +OK hi\nC: CAPA\nS: +OK\nS: USER\nS: .\nC: QUIT\nclosed", .implicitTLS)
    #expect(session.ending == .completed)
    #expect(session.startTLS == .implicit)
    #expect(session.inTLS.list?.items.count == 1)
  }

  @Test func `the time stamp of APOP stands in the banner`() throws {
    let session = try play("S: +OK ready <1896.697170952@mail.example.com>\nC: CAPA\nclosed")
    #expect(session.apopTimestamp == Array("<1896.697170952@mail.example.com>".utf8))
    #expect(try play("S: +OK 1 > 0 <none>\nC: CAPA\nclosed").apopTimestamp == nil)
    #expect(try play("S: +OK <a@b\nC: CAPA\nclosed").apopTimestamp == nil)
  }

  @Test func `a list without STLS is proof, also an empty one`() throws {
    for lines in ["S: +OK\nS: USER\nS: .", "S: +OK\nS: ."] {
      let session = try play("S: +OK hi\nC: CAPA\n\(lines)\nC: QUIT\nS: +OK")
      #expect(session.startTLS == .notOffered)
      #expect(session.ending == .completed)
    }
  }

  @Test func `without CAPA, STLS is tried, and may work`() throws {
    let session = try play(
      """
      S: +OK hi
      C: CAPA
      S: -ERR unknown command
      C: STLS
      S: +OK
      TLS
      C: CAPA
      S: -ERR unknown command
      C: QUIT
      S: +OK
      """)
    #expect(session.startTLS == .accepted)
    #expect(session.ending == .completed)
    guard case .refused = session.inPlaintext, case .refused = session.inTLS else {
      Issue.record("\(session)")
      return
    }
  }

  @Test(arguments: [("-ERR unknown command", true), ("-ERR [SYS/TEMP] no certificate", false)])
  func `STLS refused after CAPA was proves its absence, unless it is for now`(line: String, isAbsent: Bool)
    throws
  {
    let session = try play("S: +OK hi\nC: CAPA\nS: -ERR what\nC: STLS\nS: \(line)\nC: QUIT\nS: +OK")
    guard case .refusedUnlisted = session.startTLS else {
      Issue.record("\(session.startTLS)")
      return
    }
    #expect(session.startTLS.isProvenAbsent == isAbsent)
  }

  @Test func `STLS listed and refused is something else`() throws {
    let session = try play(
      "S: +OK hi\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: -ERR [SYS/TEMP] later\nC: QUIT\nS: +OK")
    guard case .refused(let reply) = session.startTLS else {
      Issue.record("\(session.startTLS)")
      return
    }
    #expect(reply.meaning == .temporary)
    #expect(reply.text == [Array("later".utf8)])
  }
}

@Suite struct POP3TroubleTests {
  @Test func `a refused greeting`() throws {
    let session = try play("S: -ERR [IN-USE] too many connections\nC: QUIT\nclosed")
    #expect(session.stage == .greeting)
    #expect(session.ending == session.greeting.map(MailSession.Ending.refused))
    #expect(session.greeting?.meaning == .temporary)
    #expect(session.startTLS == .unseen)
  }

  @Test(arguments: ["S: * OK ready", "S: +OKAY", "S: OK", "S: 220 mail.example.com", "S:"])
  func `another protocol's greeting is none`(line: String) throws {
    let session = try play(line)
    #expect(session.ending == .violated(.notAReply))
    #expect(session.greeting == nil)
  }

  @Test func `a list that was cut off, or never ends, is no list`() throws {
    let start = "S: +OK hi\nC: CAPA\nS: +OK\nS: USER\n"
    for reason in ["closed", "reset"] { #expect(try play(start + reason).inPlaintext == .unseen) }
    #expect(try play(start + "timedOut\nC: QUIT").inPlaintext == .unseen)
    let endless = try play(start + "R: (STLS\\r\\n)*200\nC: QUIT")
    #expect(endless.ending == .exceeded(.replyLines))
    #expect(endless.startTLS == .unseen)
  }

  @Test func `an injected list is noted and not listened to`() throws {
    let session = try play(
      """
      S: +OK hi
      C: CAPA
      S: +OK
      S: STLS
      S: .
      C: STLS
      S: +OK go
      S: +OK
      S: USER
      S: .
      TLS
      C: CAPA
      S: +OK
      S: .
      C: QUIT
      S: +OK
      """)
    #expect(session.plaintextBeforeHandshake == Array("+OK\r\nUSER\r\n.\r\n".utf8))
    #expect(session.inTLS.list?.items.isEmpty == true)
  }

  @Test func `no server, whatever it says, makes a session contradict itself`() throws {
    let vocabulary = [
      "+OK hi", "+OK", "-ERR no", "-ERR [SYS/TEMP] x", "STLS", "USER", "SASL PLAIN", ".", "..",
      "+OK\r\nSTLS\r\n.",
      "+OK\r\nUSER\r\n.", "\0\u{1B}", "é", "\r", "\n", "",
    ]
    #expect(try HostileServer.complaints(vocabulary: vocabulary) { .pop3(port: 110, $0) } == [])
  }
}

/// A command behind STLS in the same packet.
@Suite struct POP3TrialTests {
  private func play(_ rest: String) throws -> MailSession {
    let opening = #"""
      S: +OK ready
      C: CAPA
      S: +OK
      S: STLS
      S: .
      C: STLS\r\nNOOP
      S: +OK go
      TLS
      C: QUIT

      """#
    return try Transcript.play(opening + rest, .pop3(port: 110, .startTLS, .trial))
  }

  @Test func `a server that obeys it refuses it and takes its leave, another takes its leave`() throws {
    #expect(try play("S: -ERR unknown command\nS: +OK bye").isInjectable == true)
    #expect(try play("S: +OK bye").isInjectable == false)
    #expect(try play("S: -ERR\nclosed").isInjectable == false)
  }
}
