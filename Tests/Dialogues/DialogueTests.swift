import Dialogues
import Evidence
import Testing

@Suite struct LiteralTests {
  @Test(arguments: [
    ("* DATA {5}", 5), ("\"SIEVE\" {0}", 0), ("x {12+}", 12), ("{9999999999}", 9_999_999_999),
  ])
  func `a literal is announced at the end of the line`(line: String, size: Int) {
    #expect(Literal.size(announcedBy: Array(line.utf8)) == size)
  }

  @Test(arguments: ["", "}", "{}", "{+}", "{5} ", "{-5}", "{5x}", "5}", "{99999999999999999999}"])
  func `nothing else announces one`(line: String) {
    #expect(Literal.size(announcedBy: Array(line.utf8)) == nil)
  }
}

/// The course that all protocols share, with a script that answers each line with another command.
@Suite struct DialogueTests {
  private struct Echo: DialogueScript {
    func quitCommand() -> [UInt8] { [0x51] }

    func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation) -> LineReading {
      line.isEmpty ? .more : .reply(MailReply(.word(.ok, responseCode: nil), text: [line]))
    }

    func literalSize(after physicalLine: [UInt8], of line: [UInt8]) -> Int? {
      Literal.size(announcedBy: physicalLine)
    }

    func proceed(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
      -> DialogueMove
    {
      reply.text == [[0x74]] ? .startTLS : .send([0x43], awaiting: .capabilities)
    }

    func proceedInTLS() -> DialogueMove { .await(.capabilitiesInTLS) }
  }

  private func dialogue(_ security: MailSession.Security = .startTLS) -> Dialogue {
    Dialogue(Echo(), for: MailSession(.imap, port: 143, security: security))
  }

  private func session(_ dialogue: Dialogue) -> MailSession? {
    var dialogue = dialogue
    if case .finished(let session) = dialogue.next() { return session }
    return nil
  }

  @Test func `nothing is said before the server has spoken, also when it is silent`() {
    var dialogue = dialogue()
    #expect(dialogue.next() == .wait)
    #expect(dialogue.awaited == .greeting)
    dialogue.interrupt(.timedOut)
    #expect(session(dialogue)?.ending == .interrupted(.timedOut))
    #expect(session(dialogue)?.stage == .greeting)
  }

  @Test func `a conversation that takes too long ends with a farewell, a closed one without`() {
    for (reason, isSaid) in [(MailSession.Interruption.timedOut, true), (.closed, false), (.reset, false)] {
      var dialogue = dialogue()
      dialogue.receive(Array("hello\r\npart".utf8))
      #expect(dialogue.next() == .send([0x43]))
      dialogue.interrupt(reason)
      if isSaid { #expect(dialogue.next() == .send([0x51])) }
      #expect(session(dialogue)?.unfinished == Array("part".utf8))
      #expect(session(dialogue)?.stage == .capabilities)
    }
  }

  @Test func `a failed handshake leaves nothing to say`() {
    for security in MailSession.Security.allCases {
      var dialogue = dialogue(security)
      dialogue.receive(Array("t\r\n220 not TLS".utf8))
      #expect(dialogue.next() == .startTLS)
      #expect(dialogue.next() == .wait)
      dialogue.interrupt(.tlsFailed)
      let session = session(dialogue)
      #expect(session?.stage == .handshake)
      #expect(session?.plaintextBeforeHandshake.suffix(11) == Array("220 not TLS".utf8)[...])
    }
  }

  @Test func `TLS that nobody asked for changes nothing`() {
    var dialogue = dialogue()
    dialogue.tlsEstablished()
    #expect(dialogue.next() == .wait)
    #expect(dialogue.awaited == .greeting)
  }

  @Test func `the longest line is read, and one octet more is a limit`() {
    for (length, isRead) in [(DialogueLimits.lineOctets - 2, true), (DialogueLimits.lineOctets - 1, false)] {
      var dialogue = dialogue()
      dialogue.receive([UInt8](repeating: 0x61, count: length) + [0x0D, 0x0A])
      #expect((dialogue.next() == .send([0x43])) == isRead)
      let session = session(dialogue)
      #expect((session == nil) == isRead)
      if let session { #expect(session.ending == .exceeded(.lineOctets)) }
    }
  }

  @Test func `lines without end are a limit, and are not kept`() {
    var dialogue = dialogue()
    for _ in 0..<DialogueLimits.replyLines { dialogue.receive([0x0D, 0x0A]) }
    #expect(session(dialogue) == nil)
    for _ in 0..<100_000 { dialogue.receive([0x0D, 0x0A]) }
    #expect(session(dialogue)?.ending == .exceeded(.replyLines))
    #expect(session(dialogue)?.unfinished.count == 2 * (DialogueLimits.replyLines + 1))
  }

  @Test func `a literal that would not fit is not awaited`() {
    for size in ["65536", "9999999999"] {
      var dialogue = dialogue()
      dialogue.receive(Array("{\(size)}\r\n".utf8))
      #expect(session(dialogue)?.ending == .exceeded(.replyOctets))
    }
  }

  @Test func `literals may hold line ends, and what looks like a literal`() {
    var dialogue = dialogue()
    dialogue.receive(Array("a {6}\r\n\r\n{9}\n b\r\n".utf8))
    #expect(dialogue.next() == .send([0x43]))
    dialogue.receive(Array("{0}\r\n\r\n".utf8))
    #expect(dialogue.next() == .send([0x43]))
  }

  @Test func `the session is known while the farewell is still under way`() {
    var dialogue = dialogue()
    dialogue.receive(Array("hello\r\n".utf8))
    #expect(dialogue.decided == nil)
    dialogue.interrupt(.timedOut)
    #expect(dialogue.decided?.ending == .interrupted(.timedOut))
    #expect(dialogue.awaited == nil)
  }
}

@Suite struct MailReplyTests {
  private func word(_ word: MailReply.Word, _ text: String) -> MailReply {
    MailReply(word, bracketed: Array(text.utf8))
  }

  @Test func `a reply says whether trying again makes sense`() {
    #expect(MailReply(.code(220, enhanced: nil), text: []).meaning == .positive)
    #expect(MailReply(.code(450, enhanced: nil), text: []).meaning == .temporary)
    #expect(MailReply(.code(554, enhanced: nil), text: []).meaning == .permanent)
    #expect(word(.no, "[UNAVAILABLE] later").meaning == .temporary)
    #expect(word(.no, "[sys/temp] later").meaning == .temporary)
    #expect(word(.no, "[SYS/PERM] never").meaning == .permanent)
    #expect(word(.no, "no").meaning == .unspecified)
    #expect(word(.bye, "too many connections").meaning == .unspecified)
    #expect(word(.bad, "what").meaning == .permanent)
  }

  @Test func `421 and BYE end the session`() {
    #expect(MailReply(.code(421, enhanced: nil), text: []).isShutdown)
    #expect(!MailReply(.code(451, enhanced: nil), text: []).isShutdown)
    #expect(word(.bye, "").isShutdown)
    #expect(!word(.no, "").isShutdown)
  }

  @Test func `a response code stands in brackets`() {
    #expect(
      word(.ok, " [ALERT] ] hi")
        == MailReply(.word(.ok, responseCode: Array("ALERT".utf8)), text: [Array("] hi".utf8)]))
    #expect(word(.ok, "[open") == MailReply(.word(.ok, responseCode: nil), text: [Array("[open".utf8)]))
  }

  @Test(arguments: [("5.7.1 no", [5, 7, 1]), ("4.2.0", [4, 2, 0]), ("2.0.999 x", [2, 0, 999])])
  func `an enhanced code is read`(text: String, numbers: [UInt16]) throws {
    let status = try #require(EnhancedStatus(startOf: Array(text.utf8)))
    #expect([status.category, status.subject, status.detail] == numbers)
    #expect(status.isPolicy == (numbers[1] == 7))
  }

  @Test(arguments: [
    "", "5.7", "5.7.1.2 x", "3.0.0 x", "5..1", "5.7.1000 x", "5.7.x", "mail.example.com ESMTP",
  ])
  func `anything else is none`(text: String) {
    #expect(EnhancedStatus(startOf: Array(text.utf8)) == nil)
  }
}

@Suite struct MailCapabilitiesTests {
  private func list(_ mailProtocol: MailProtocol, _ lines: String...) -> MailCapabilities {
    MailCapabilities(
      mailProtocol, reply: MailReply(.word(.ok, responseCode: nil), text: []),
      items: lines.compactMap { MailCapability(line: Array($0.utf8)) })
  }

  @Test func `mechanisms are found as each protocol writes them`() {
    #expect(list(.smtp, "SIZE", "AUTH PLAIN login").mechanisms == ["PLAIN", "LOGIN"])
    #expect(list(.smtp, "AUTH=PLAIN LOGIN", "AUTH CRAM-MD5").mechanisms == ["PLAIN", "LOGIN", "CRAM-MD5"])
    #expect(list(.imap, "IMAP4rev1", "AUTH=PLAIN", "auth=xoauth2").mechanisms == ["PLAIN", "XOAUTH2"])
    #expect(list(.pop3, "SASL PLAIN", "USER").mechanisms == ["PLAIN"])
    let sieve = MailCapability(keyword: Array("SASL".utf8), parameters: [Array("PLAIN LOGIN".utf8)])
    let reply = MailReply(.word(.ok, responseCode: nil), text: [])
    #expect(MailCapabilities(.manageSieve, reply: reply, items: [sieve]).mechanisms == ["PLAIN", "LOGIN"])
  }

  @Test func `what is no mechanism name is left out`() {
    #expect(list(.smtp, "AUTH PLAIN \u{1B}[2J é ABCDEFGHIJKLMNOPQRSTUVWXYZ").mechanisms == ["PLAIN"])
  }

  @Test func `a password can be sent where nothing forbids it`() {
    #expect(list(.imap, "IMAP4rev1").allowsLoginCommand)
    #expect(!list(.imap, "IMAP4rev1", "logindisabled").allowsLoginCommand)
    #expect(list(.pop3, "USER").allowsLoginCommand)
    #expect(!list(.pop3, "STLS").allowsLoginCommand)
    #expect(!list(.smtp, "AUTH PLAIN").allowsLoginCommand)
  }

  @Test func `POP3 calls it STLS`() {
    #expect(list(.pop3, "STLS").offersStartTLS)
    #expect(!list(.pop3, "STARTTLS").offersStartTLS)
    #expect(list(.imap, "starttls").offersStartTLS)
  }
}
