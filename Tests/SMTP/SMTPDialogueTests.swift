import DNSData
import DialogueTesting
import Dialogues
import Evidence
import SMTP
import Testing

@Suite struct SMTPDialogueTests {
  @Test(arguments: [Server.postfix, Server.postscreen, Server.exim, Server.exchange])
  func `a common server is read to the end`(transcript: String) throws {
    let session = try play(transcript)
    #expect(session.ending == .completed)
    #expect(session.stage == .quit)
    #expect(session.startTLS == .accepted)
    #expect(session.inPlaintext.list?.offersStartTLS == true)
    #expect(session.inTLS.list?.offersStartTLS == false)
    #expect(session.plaintextBeforeHandshake.isEmpty)
    #expect(session.deviations.isEmpty)
    #expect(session.contradictions == [])
  }

  @Test func `what a server says is kept as octets, and read beside`() throws {
    let session = try play(Server.postfix)
    #expect(session.greeting?.status == .code(220, enhanced: nil))
    #expect(session.greeting?.text == [Array("mail.example.com ESMTP Postfix (Debian/GNU)".utf8)])
    #expect(session.introducedAs == "probe.example.net")
    let plain = try #require(session.inPlaintext.list)
    #expect(plain.items.count == 10)
    #expect(plain["size"]?.parameters == [Array("10240000".utf8)])
    #expect(plain.mechanisms.isEmpty)
    #expect(plain.reply.text.first == Array("mail.example.com".utf8))
    #expect(session.inTLS.list?.mechanisms == ["PLAIN", "LOGIN", "PLAIN", "LOGIN"])
  }

  @Test func `a greeting may have several lines`() throws {
    #expect(try play(Server.postscreen).greeting?.text.count == 2)
  }

  @Test func `mechanisms before TLS are seen`() throws {
    #expect(try play(Server.exchange).inPlaintext.list?.mechanisms == ["NTLM", "LOGIN"])
  }

  @Test func `with implicit TLS nothing is said before the handshake, and nothing is known of STARTTLS`()
    throws
  {
    let session = try play(Server.submissions, .implicitTLS)
    #expect(session.startTLS == .implicit)
    #expect(session.inPlaintext == .unseen)
    #expect(session.inTLS.list?.mechanisms == ["PLAIN"])
    #expect(session.ending == .completed)
  }

  @Test func `STARTTLS that is not in a complete list is not offered`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 250-mail.example.com
      S: 250 XSTARTTLS
      C: QUIT
      S: 221 Bye
      """)
    #expect(session.startTLS == .notOffered)
    #expect(session.startTLS.isProvenAbsent)
    #expect(session.ending == .completed)
  }

  @Test(arguments: [
    ("454 4.7.0 TLS not available due to local problem", MailReply.Meaning.temporary),
    ("502 5.5.1 not implemented", .permanent),
  ])
  func `STARTTLS offered and refused is not STARTTLS missing`(line: String, meaning: MailReply.Meaning) throws
  {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 250-mail.example.com
      S: 250 STARTTLS
      C: STARTTLS
      S: \(line)
      C: QUIT
      S: 221 Bye
      """)
    guard case .refused(let reply) = session.startTLS else {
      Issue.record("\(session.startTLS)")
      return
    }
    #expect(reply.meaning == meaning)
    #expect(session.ending == .refused(reply))
    #expect(session.stage == .startTLS)
    #expect(!session.startTLS.isProvenAbsent)
  }

  @Test(arguments: [("500 5.5.1 what", true), ("502 unknown", true), ("550 5.7.1 not from you", false)])
  func `HELO is the way out of a refused EHLO, and who does not know EHLO has no STARTTLS`(
    line: String, isAbsent: Bool
  ) throws {
    let session = try play(
      """
      S: 220 mail.example.com SMTP
      C: EHLO probe.example.net
      S: \(line)
      C: HELO probe.example.net
      S: 250 mail.example.com
      C: QUIT
      S: 221 Bye
      """)
    guard case .refused = session.inPlaintext else {
      Issue.record("\(session.inPlaintext)")
      return
    }
    #expect(session.startTLS.isProvenAbsent == isAbsent)
    #expect(session.startTLS == (isAbsent ? .notOffered : .unseen))
    #expect(session.ending == .completed)
  }

  @Test func `HELO refused as well ends it`() throws {
    let session = try play(
      """
      S: 220 mail.example.com SMTP
      C: EHLO probe.example.net
      S: 550 5.7.1 no
      C: HELO probe.example.net
      S: 550 5.7.1 no, I said
      C: QUIT
      closed
      """)
    #expect(session.stage == .capabilities)
    #expect(session.startTLS == .unseen)
    guard case .refused(let reply) = session.ending else {
      Issue.record("\(session.ending)")
      return
    }
    #expect(reply.text == [Array("5.7.1 no, I said".utf8)])
  }

  @Test func `a client presents itself by name or by address`() throws {
    #expect(SMTPClientName.host(try Name("mail.example.com")).description == "mail.example.com")
    let v4 = try #require(IPAddress("192.0.2.1"))
    let v6 = try #require(IPAddress("2001:db8::1"))
    #expect(SMTPClientName.literal(v4).description == "[192.0.2.1]")
    #expect(SMTPClientName.literal(v6).description == "[IPv6:2001:db8::1]")
    let hostile = SMTPClientName.host(try Name(labels: [Array("a b\r\nRSET\r\n".utf8)]))
    #expect(!hostile.description.utf8.contains { $0 <= 0x20 || $0 >= 0x7F })
  }
}
