import DNSData
import DialogueTesting
import Dialogues
import Evidence
import SMTP
import Testing

/// Conversations that go further than clients go.
@Suite struct SMTPTrialTests {
  private func play(_ transcript: String, port: UInt16 = 25) throws -> MailSession {
    let name = SMTPClientName.host(try Name("probe.example.net"))
    let session = try Transcript.play(transcript, .smtp(port: port, .startTLS, as: name, .trial))
    #expect(session.contradictions == [])
    return session
  }

  private static let opening = """
    S: 220 mail.example.com
    C: EHLO probe.example.net
    S: 250-mail.example.com
    S: 250 STARTTLS
    C: MAIL FROM:<>
    S: 250 2.1.0 Ok
    C: RSET
    S: 250 2.0.0 Ok
    C: STARTTLS\\r\\nNOOP

    """

  @Test func `a server that forgets the command answers the farewell alone`() throws {
    let session = try play(Self.opening + "S: 220 go\nTLS\nC: QUIT\nS: 221 bye")
    #expect(session.ending == .completed)
    #expect(session.isInjectable == false)
    #expect(
      session.trial?.nullSender?.status == .code(250, enhanced: EnhancedStatus(startOf: Array("2.1.0".utf8))))
  }

  @Test func `a server that obeys it answers twice`() throws {
    let session = try play(Self.opening + "S: 220 go\nTLS\nC: QUIT\nS: 250 2.0.0 Ok\nS: 221 bye")
    #expect(session.isInjectable == true)
    #expect(session.trial?.injected?.text == [Array("2.0.0 Ok".utf8)])
  }

  @Test(arguments: [
    "S: 220 go\nTLS\nC: QUIT\nS: 250 2.0.0 Ok\nclosed", "S: 220 go\nTLS\nC: QUIT\nclosed",
    "S: 554 5.5.1 synchronization error\nC: QUIT\nclosed", "S: 220 go\nTLS\nC: QUIT\nS: 421 bye",
    "S: 421 4.7.0 no pipelining\nC: QUIT\nclosed", "closed",
    "R: 220 go\\r\\n500 what\\r\\n\nTLS\nC: QUIT\nS: 221 bye",
  ])
  func `one answer, or none, is no proof`(rest: String) throws {
    #expect(try play(Self.opening + rest).isInjectable == false)
  }

  @Test(arguments: [
    "S: 454 later\nC: QUIT\nclosed", "timedOut\nC: QUIT", "S: 220 go\nTLS\nC: QUIT\ntimedOut",
  ])
  func `what did not come to an end is not known`(rest: String) throws {
    #expect(try play(Self.opening + rest).isInjectable == nil)
  }

  @Test func `another sender is tried after the empty one`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 250 mail.example.com
      C: MAIL FROM:<>
      S: 554 5.7.1 no
      C: MAIL FROM:<postmaster@probe.example.net>
      S: 250 Ok
      C: RSET
      S: 250 Ok
      C: QUIT
      S: 221 bye
      """)
    #expect(session.trial?.nullSender?.meaning == .permanent)
    #expect(session.trial?.otherSender?.meaning == .positive)
    #expect(session.isInjectable == nil)
  }

  @Test func `at submission no sender is named`() throws {
    let session = try play(
      """
      S: 220 mail.example.com
      C: EHLO probe.example.net
      S: 250-mail.example.com
      S: 250 STARTTLS
      C: STARTTLS\\r\\nNOOP
      S: 220 go
      TLS
      C: QUIT
      S: 221 bye
      """, port: 587)
    #expect(session.isInjectable == false)
    #expect(session.trial?.nullSender == nil)
  }

  @Test func `no server, whatever it says, makes a trial contradict itself`() throws {
    let name = SMTPClientName.host(try Name("probe.example.net"))
    let vocabulary = [
      "220 go", "250-a\r\n250 STARTTLS", "250 a", "250 a", "250 a", "554 no", "421 no", "454 no", "221 bye",
      "220",
      "\0", "\r",
    ]
    let complaints = try HostileServer.complaints(vocabulary: vocabulary) {
      .smtp(port: 25, $0, as: name, .trial)
    }
    #expect(complaints.filter { !$0.hasPrefix("nobody came to") } == [])
  }
}
