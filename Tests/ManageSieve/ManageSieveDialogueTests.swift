import DialogueTesting
import Dialogues
import Evidence
import ManageSieve
import Testing

private func play(_ transcript: String, _ security: MailSession.Security = .startTLS) throws -> MailSession {
  try Transcript.play(transcript, .manageSieve(port: 4190, security))
}

@Suite struct ManageSieveDialogueTests {
  private let pigeonhole = """
    S: "IMPLEMENTATION" "Dovecot (Debian) Pigeonhole"
    S: "SIEVE" "fileinto reject envelope"
    S: "NOTIFY" "mailto"
    S: "SASL" ""
    S: "STARTTLS"
    S: "VERSION" "1.0"
    S: OK "Dovecot ready."
    C: STARTTLS
    S: OK "Begin TLS negotiation now."
    TLS
    S: "IMPLEMENTATION" "Dovecot (Debian) Pigeonhole"
    S: "SIEVE" "fileinto reject envelope"
    S: "SASL" "PLAIN LOGIN"
    S: "VERSION" "1.0"
    S: OK "TLS negotiation successful."
    C: LOGOUT
    S: OK "Logout completed."
    """

  @Test func `Pigeonhole is read to the end`() throws {
    let session = try play(pigeonhole)
    #expect(session.ending == .completed)
    #expect(session.startTLS == .accepted)
    #expect(session.greeting?.text == [Array("Dovecot ready.".utf8)])
    let plain = try #require(session.inPlaintext.list)
    #expect(plain["sieve"]?.parameters == [Array("fileinto reject envelope".utf8)])
    #expect(plain.mechanisms.isEmpty)
    #expect(session.inTLS.list?.mechanisms == ["PLAIN", "LOGIN"])
    #expect(session.inTLS.list?.offersStartTLS == false)
  }

  @Test func `strings may be literals and hold anything`() throws {
    let session = try play(
      """
      R: "IMPLEMENTATION" {9}\\r\\na\\r\\nOK {3}\\r\\n
      R: {4}\\r\\nSASL "PL\\\\"AIN"\\r\\n
      R: {8}\\r\\nSTARTTLS\\r\\n
      R: OK (WARNINGS) {3}\\r\\nhi!\\r\\n
      C: STARTTLS
      R: NO (TRYLATER "x)") {2+}\\r\\nno\\r\\n
      C: LOGOUT
      S: OK
      """)
    let plain = try #require(session.inPlaintext.list)
    #expect(plain["IMPLEMENTATION"]?.parameters == [Array("a\r\nOK {3}".utf8)])
    #expect(plain["SASL"]?.parameters == [Array("PL\"AIN".utf8)])
    #expect(
      session.greeting
        == MailReply(.word(.ok, responseCode: Array("WARNINGS".utf8)), text: [Array("hi!".utf8)]))
    guard case .refused(let reply) = session.startTLS else {
      Issue.record("\(session.startTLS)")
      return
    }
    #expect(reply.meaning == .temporary)
    #expect(reply.text == [Array("no".utf8)])
    #expect(session.ending == .refused(reply))
  }

  @Test func `implicit TLS, though no port is registered for it`() throws {
    let session = try play("TLS\nS: \"SASL\" \"PLAIN\"\nS: OK\nC: LOGOUT\nS: OK", .implicitTLS)
    #expect(session.ending == .completed)
    #expect(session.inTLS.list?.mechanisms == ["PLAIN"])
    #expect(session.inPlaintext == .unseen)
  }

  @Test func `a list without STARTTLS is proof`() throws {
    let session = try play("S: \"SASL\" \"PLAIN\"\nS: OK\nC: LOGOUT\nS: OK")
    #expect(session.startTLS == .notOffered)
    #expect(session.inPlaintext.list?.mechanisms == ["PLAIN"])
    #expect(session.ending == .completed)
  }

  @Test func `a server that does not list again inside TLS is waited for, not asked`() throws {
    let session = try play("S: \"STARTTLS\"\nS: OK\nC: STARTTLS\nS: OK\nTLS\ntimedOut\nC: LOGOUT")
    #expect(session.stage == .capabilitiesInTLS)
    #expect(session.startTLS == .accepted)
    #expect(session.inTLS == .unseen)
  }
}

@Suite struct ManageSieveTroubleTests {
  @Test func `BYE as a greeting, with a referral or none`() throws {
    let session = try play("S: BYE (REFERRAL \"sieve://other.example.com\") \"moved\"\nC: LOGOUT\nclosed")
    let greeting = try #require(session.greeting)
    #expect(session.ending == .shutDown(greeting))
    #expect(
      greeting.status == .word(.bye, responseCode: Array("REFERRAL \"sieve://other.example.com\"".utf8)))
    #expect(try play("S: BYE (TRYLATER)\nC: LOGOUT\nclosed").greeting?.meaning == .temporary)
  }

  @Test func `NO as a greeting`() throws {
    let session = try play("S: NO \"not you\"\nC: LOGOUT\nS: OK")
    #expect(session.ending == session.greeting.map(MailSession.Ending.refused))
    #expect(session.startTLS == .unseen)
  }

  @Test func `success without a list proves nothing`() throws {
    let session = try play("S: OK \"hi\"\nC: LOGOUT")
    #expect(session.ending == .violated(.missingData))
    #expect(session.startTLS == .unseen)
  }

  @Test(arguments: [
    "S: \"open", "S: \"a\\\\", "S: OK (open", "S: {5} more", "S: OK {x}", "S: \"a\" {5",
  ])
  func `a string without end ends it`(line: String) throws {
    #expect(try play(line).ending == .violated(.malformedString))
  }

  @Test func `lines of another kind are let pass, up to the limit`() throws {
    let session = try play("S: * OK hi\nS:\nS: \"SIEVE\" \"\"\nS: (x)\nS: OK\nC: LOGOUT\nS: OK")
    #expect(session.deviations == [.unknownLine])
    #expect(session.ending == .completed)
    #expect(try play("R: (220 mail\\r\\n)*101").ending == .exceeded(.replyLines))
    #expect(try play("S: \"SIEVE\" {65536}").ending == .exceeded(.replyOctets))
  }

  @Test func `a list injected behind the reply to STARTTLS is not taken for the one inside TLS`() throws {
    let session = try play(
      """
      S: "STARTTLS"
      S: OK
      C: STARTTLS
      S: OK
      S: "SASL" "PLAIN"
      S: OK
      TLS
      S: "SASL" "SCRAM-SHA-256"
      S: OK
      C: LOGOUT
      S: OK
      """)
    #expect(session.plaintextBeforeHandshake == Array("\"SASL\" \"PLAIN\"\r\nOK\r\n".utf8))
    #expect(session.inTLS.list?.mechanisms == ["SCRAM-SHA-256"])
  }

  @Test func `no server, whatever it says, makes a session contradict itself`() throws {
    let vocabulary = [
      "\"SASL\" \"PLAIN\"", "\"STARTTLS\"", "\"IMPLEMENTATION\" {3}\r\nabc", "OK", "OK \"hi\"",
      "NO (TRYLATER) \"x\"",
      "BYE", "BYE (REFERRAL \"x\")", "\"open", "(", "{3}", "{x}", "\"SASL\" {4}", "\0\u{1B}", "é", "\r", "\n",
      "",
    ]
    #expect(try HostileServer.complaints(vocabulary: vocabulary) { .manageSieve(port: 4190, $0) } == [])
  }
}

/// A command behind STARTTLS in the same packet.
@Suite struct ManageSieveTrialTests {
  private func play(_ rest: String) throws -> MailSession {
    let opening = #"""
      S: "IMPLEMENTATION" "x"
      S: "STARTTLS"
      S: OK
      C: STARTTLS\r\nNOOP "n0"
      S: OK
      TLS
      S: "IMPLEMENTATION" "x"
      S: OK
      C: LOGOUT

      """#
    return try Transcript.play(opening + rest, .manageSieve(port: 4190, .startTLS, .trial))
  }

  @Test func `a server that obeys it gives the tag back`() throws {
    #expect(try play("S: OK (TAG \"n0\") \"done\"\nS: OK").isInjectable == true)
    #expect(try play("S: OK").isInjectable == false)
  }
}
