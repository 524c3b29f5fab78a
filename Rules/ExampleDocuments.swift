import DNSData
import Evidence
import Verdict

// Documents for the examples of rules: the policy of example.com, the settings of its mail programs.

extension ExampleDocument {
  /// A domain with one MX host whose policy somebody may fetch.
  static let policyZone = """
    @ MX 10 mail
    mail A 192.0.2.1
    _mta-sts TXT "v=STSv1; id=20260101T000000;"
    mta-sts A 192.0.2.80
    """

  static let policyText = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n"

  private static let policyURL = "https://mta-sts.example.com/.well-known/mta-sts.txt"

  static func policy(
    _ body: String = policyText, status: Int = 200, type: String? = "text/plain", location: String? = nil,
    ending: BodyEnding = .complete, over family: AddressFamily? = nil,
    certificate: ExampleCertificate? = nil
  ) -> ExampleDocument {
    ExampleDocument(
      policyURL, example(body, status: status, type: type, location: location, ending: ending), over: family,
      certificate: certificate?.octets)
  }

  static func policy(failing failure: FetchFailure, over family: AddressFamily? = nil) -> ExampleDocument {
    ExampleDocument(policyURL, .failure(failure), over: family)
  }

  private static func example(
    _ body: String, status: Int, type: String?, location: String?, ending: BodyEnding
  ) -> FetchOutcome {
    .response(
      HTTPResponse(
        status: status, contentType: type.map { ForeignOctets(Array($0.utf8)) },
        location: location.map { ForeignOctets(Array($0.utf8)) }, body: ForeignOctets(Array(body.utf8)),
        ending: ending))
  }
}

extension ExampleDocument {
  /// A domain with a host for webmail.
  static let webmailZone = """
    @ MX 10 mail
    mail A 192.0.2.1
    webmail A 192.0.2.1
    """

  private static let webmailURL = "https://webmail.example.com/"

  static func webmail(status: Int = 200) -> ExampleDocument {
    ExampleDocument(webmailURL, status: status, type: "text/html", "<html></html>")
  }

  static func webmail(failing failure: FetchFailure) -> ExampleDocument {
    ExampleDocument(webmailURL, .failure(failure))
  }
}

extension ExampleDocument {
  /// A domain whose host has addresses of both families.
  static let challengeZone = "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"

  private static let challengeURL = "http://mail.example.com" + ACMEChallenge.path

  static func challenge(status: Int) -> ExampleDocument {
    ExampleDocument(challengeURL, status: status, type: "text/html", "<html></html>")
  }

  static func challenge(failing failure: FetchFailure, over family: AddressFamily? = nil) -> ExampleDocument {
    ExampleDocument(challengeURL, .failure(failure), over: family)
  }
}

/// Where settings of mail programs are asked for.
enum ExampleSettingsPlace: String {
  case main = "https://autoconfig.example.com/mail/config-v1.1.xml"
  case wellKnown = "https://example.com/.well-known/autoconfig/mail/config-v1.1.xml"
  case plain = "http://autoconfig.example.com/mail/config-v1.1.xml"
}

extension ExampleDocument {
  /// A domain with a host for settings.
  static let settingsZone = """
    @ MX 10 mail
    mail A 192.0.2.1
    autoconfig A 192.0.2.81
    """

  static func settings(
    _ body: String = settingsText(), at place: ExampleSettingsPlace = .main, status: Int = 200,
    type: String? = "application/xml", location: String? = nil
  ) -> ExampleDocument {
    ExampleDocument(
      place.rawValue, example(body, status: status, type: type, location: location, ending: .complete))
  }

  /// A domain with a host for Autodiscover.
  static let autodiscoverZone = """
    @ MX 10 mail
    mail A 192.0.2.1
    autodiscover A 192.0.2.82
    """

  static func autodiscover(
    _ body: String = "", status: Int = 200, location: String? = nil, over scheme: FetchRequest.Scheme
  ) -> ExampleDocument {
    ExampleDocument(
      "\(scheme.rawValue)://autodiscover.example.com/autodiscover/autodiscover.xml",
      example(body, status: status, type: "application/xml", location: location, ending: .complete))
  }

  static func settings(failing failure: FetchFailure, at place: ExampleSettingsPlace = .main)
    -> ExampleDocument
  { ExampleDocument(place.rawValue, .failure(failure)) }

  /// Settings with one server to read from and one to submit to.
  static func settingsText(
    domain: String = "example.com", imap: (host: String, port: Int, security: String) = imaps,
    smtp: (host: String, port: Int, security: String) = submissions
  ) -> String {
    """
    <?xml version="1.0"?>
    <clientConfig version="1.1">
      <emailProvider id="example.com">
        <domain>\(domain)</domain>
        <incomingServer type="imap">
          <hostname>\(imap.host)</hostname>
          <port>\(imap.port)</port>
          <socketType>\(imap.security)</socketType>
          <username>%EMAILADDRESS%</username>
          <authentication>password-cleartext</authentication>
        </incomingServer>
        <outgoingServer type="smtp">
          <hostname>\(smtp.host)</hostname>
          <port>\(smtp.port)</port>
          <socketType>\(smtp.security)</socketType>
          <username>%EMAILADDRESS%</username>
          <authentication>password-cleartext</authentication>
        </outgoingServer>
      </emailProvider>
    </clientConfig>
    """
  }

  static let imaps = (host: "mail.example.com", port: 993, security: "SSL")
  static let submissions = (host: "mail.example.com", port: 465, security: "SSL")
}
