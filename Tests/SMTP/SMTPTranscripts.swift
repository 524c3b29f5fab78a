import DNSData
import DialogueTesting
import Dialogues
import Evidence
import SMTP

func play(_ transcript: String, _ security: MailSession.Security = .startTLS) throws -> MailSession {
  let name = SMTPClientName.host(try Name("probe.example.net"))
  return try Transcript.play(transcript, .smtp(port: 25, security, as: name))
}

/// Banners and lists in the manner of servers that are common.
enum Server {
  static let postfix = """
    S: 220 mail.example.com ESMTP Postfix (Debian/GNU)
    C: EHLO probe.example.net
    S: 250-mail.example.com
    S: 250-PIPELINING
    S: 250-SIZE 10240000
    S: 250-VRFY
    S: 250-ETRN
    S: 250-STARTTLS
    S: 250-ENHANCEDSTATUSCODES
    S: 250-8BITMIME
    S: 250-DSN
    S: 250-SMTPUTF8
    S: 250 CHUNKING
    C: STARTTLS
    S: 220 2.0.0 Ready to start TLS
    TLS
    C: EHLO probe.example.net
    S: 250-mail.example.com
    S: 250-PIPELINING
    S: 250-SIZE 10240000
    S: 250-AUTH PLAIN LOGIN
    S: 250-AUTH=PLAIN LOGIN
    S: 250 CHUNKING
    C: QUIT
    S: 221 2.0.0 Bye
    """

  static let postscreen = """
    S: 220-mail.example.com ESMTP Postfix
    S: 220 mail.example.com ESMTP Postfix
    C: EHLO probe.example.net
    S: 250-mail.example.com
    S: 250-SIZE 52428800
    S: 250 STARTTLS
    C: STARTTLS
    S: 220 2.0.0 Ready to start TLS
    TLS
    C: EHLO probe.example.net
    S: 250 mail.example.com
    C: QUIT
    S: 221 2.0.0 Bye
    """

  static let exim = """
    S: 220 mx.example.org ESMTP Exim 4.97 Sat, 21 Nov 2026 07:00:00 +0000
    C: EHLO probe.example.net
    S: 250-mx.example.org Hello probe.example.net [192.0.2.1]
    S: 250-SIZE 52428800
    S: 250-LIMITS MAILMAX=1000 RCPTMAX=50000
    S: 250-PIPECONNECT
    S: 250-STARTTLS
    S: 250 HELP
    C: STARTTLS
    S: 220 TLS go ahead
    TLS
    C: EHLO probe.example.net
    S: 250-mx.example.org Hello probe.example.net [192.0.2.1]
    S: 250 HELP
    C: QUIT
    S: 221 mx.example.org closing connection
    """

  static let exchange = """
    S: 220 mail.example.net Microsoft ESMTP MAIL Service ready at Sat, 21 Nov 2026 07:00:00 +0000
    C: EHLO probe.example.net
    S: 250-mail.example.net Hello [192.0.2.1]
    S: 250-SIZE 37748736
    S: 250-X-ANONYMOUSTLS
    S: 250-STARTTLS
    S: 250-AUTH NTLM LOGIN
    S: 250-X-EXPS GSSAPI NTLM
    S: 250-XRDST
    S: 250 CHUNKING
    C: STARTTLS
    S: 220 2.0.0 SMTP server ready
    TLS
    C: EHLO probe.example.net
    S: 250-mail.example.net Hello [192.0.2.1]
    S: 250-SIZE
    S: 250 SMTPUTF8
    C: QUIT
    S: 221 2.0.0 Service closing transmission channel
    """

  static let submissions = """
    TLS
    S: 220 mail.example.com ESMTP
    C: EHLO probe.example.net
    S: 250-mail.example.com
    S: 250 AUTH PLAIN
    C: QUIT
    S: 221 Bye
    """
}
