/// Configurations as they are served, each with its faults; every kind of fault is here once.
import DNSData
import Testing
import XML

@testable import Autoconfig

private let head = #"<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="example.com">"#
private let tail = "</emailProvider></clientConfig>"
private let domain = "<domain>example.com</domain>"
private let incoming =
  "<incomingServer type=\"imap\"><hostname>imap.example.com</hostname><port>993</port><socketType>SSL</socketType>"
  + "<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>"
private let outgoing =
  "<outgoingServer type=\"smtp\"><hostname>smtp.example.com</hostname><port>465</port><socketType>SSL</socketType>"
  + "<authentication>password-cleartext</authentication></outgoingServer>"

private typealias Kind = ClientConfigurationFault.Kind

@Suite struct ClientConfigurationTests {
  private func read(_ text: String) -> ClientConfiguration { ClientConfiguration(Array(text.utf8)) }

  @Test func `a sound configuration is read, and what is unknown passed over`() throws {
    let configuration = read(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <clientConfig version="1.1">
        <emailProvider id="example.com">
          <domain> example.com </domain>
          <domain purpose="mx">example.net</domain>
          <displayName>Example</displayName>
          <incomingServer type="imap">
            <hostname>imap.%EMAILDOMAIN%</hostname>
            <port>993</port>
            <socketType>SSL</socketType>
            <authentication>OAuth2</authentication>
            <authentication>password-cleartext</authentication>
            <username>%EMAILADDRESS%</username>
            <pop3><leaveMessagesOnServer>true</leaveMessagesOnServer></pop3>
          </incomingServer>
          <incomingServer type="jmap"><url>https://jmap.example.com/session</url></incomingServer>
          <incomingServer type="carrier-pigeon"><loft>3</loft></incomingServer>
          <outgoingServer type="smtp">
            <hostname>smtp.example.com</hostname>
            <port>587</port>
            <socketType>STARTTLS</socketType>
            <username>%EMAILLOCALPART%</username>
            <authentication>SASL SCRAM-SHA-256</authentication>
            <authentication>plain</authentication>
          </outgoingServer>
          <documentation url="https://example.com/help"><descr lang="en">Help</descr></documentation>
        </emailProvider>
        <webMail><loginPage url="https://example.com/" /></webMail>
      </clientConfig>
      """)
    #expect(configuration.faults.isEmpty)
    #expect(configuration.isUsable)
    #expect(configuration.provider == "example.com")
    #expect(configuration.domains.map(\.text) == ["example.com", "example.net"])
    #expect(try configuration.covers(Name("EXAMPLE.com")))
    #expect(try !configuration.covers(Name("example.org")))
    #expect(configuration.incoming.map(\.service) == [.imap, .jmap, .other("carrier-pigeon")])
    let imap = try #require(configuration.incoming.first)
    #expect(imap.hostname == "imap.%EMAILDOMAIN%")
    #expect(try imap.host(for: Name("example.net")) == Name("imap.example.net"))
    #expect(imap.port == 993)
    #expect(imap.security == .implicitTLS)
    #expect(imap.authentication == [.oAuth2, .passwordCleartext])
    #expect(imap.username == "%EMAILADDRESS%")
    #expect(imap.line == 7)
    #expect(configuration.incoming[1].url == "https://jmap.example.com/session")
    let smtp = try #require(configuration.outgoing.first)
    #expect(smtp.service == .smtp)
    #expect(smtp.security == .startTLS)
    #expect(smtp.authentication == [.sasl("SCRAM-SHA-256"), .passwordCleartext])
  }

  @Test func `a placeholder for the domain covers every domain`() throws {
    let configuration = read(head + "<domain>%EMAILDOMAIN%</domain>" + incoming + outgoing + tail)
    #expect(configuration.faults.isEmpty)
    #expect(try configuration.covers(Name("whatever.example")))
  }

  @Test(
    "Every fault has its kind",
    arguments: [
      ("<html><body/></html>", [.notClientConfiguration]),
      ("<clientConfig version='1.1'/>", [.providerMissing]),
      ("<clientConfig/>", [.versionMissing, .providerMissing]),
      ("<clientConfig version='9'/>", [.versionUnknown, .providerMissing]),
      (head + tail, [.domainMissing, .incomingMissing, .outgoingMissing]),
      (
        "<clientConfig version='1.1'><emailProvider>\(domain + incoming + outgoing)</emailProvider><emailProvider/>"
          + "</clientConfig>", [.providerRepeated, .identifierMissing]
      ),
      (
        "<clientConfig xmlns='urn:x' version='1.1'><emailProvider id='a'>\(domain + incoming + outgoing)"
          + tail,
        [.namespace]
      ),
      (head + domain + outgoing + tail, [.incomingMissing]),
      (head + domain + incoming + tail, [.outgoingMissing]),
      (head + "<domain>a b</domain>" + incoming + outgoing + tail, [.domainInvalid]),
      (head + "<domain/>" + incoming + outgoing + tail, [.domainInvalid]),
    ] as [(String, [ClientConfigurationFault.Kind])])
  func document(text: String, kinds: [ClientConfigurationFault.Kind]) {
    #expect(read(text).faults.map(\.kind) == kinds)
  }

  @Test(
    "A fault of one server does not take the others away",
    arguments: [
      ("<incomingServer/>", [.typeMissing]),
      (
        "<incomingServer type='imap'/>",
        [.usernameMissing, .hostnameMissing, .portMissing, .socketTypeMissing, .authenticationMissing]
      ),
      (incoming.replacing("imap.example.com", with: "a b"), [.hostnameInvalid]),
      (incoming.replacing("imap.example.com", with: "a\\046b"), [.hostnameInvalid]),
      (incoming.replacing("993", with: "0"), [.portInvalid]),
      (incoming.replacing("993", with: "65536"), [.portInvalid]),
      (incoming.replacing("993", with: "+993"), [.portInvalid]),
      (incoming.replacing("993", with: "99999999999999999999999"), [.portInvalid]),
      (incoming.replacing(">SSL<", with: ">TLS<"), [.socketTypeUnknown]),
      (incoming.replacing("password-cleartext", with: "magic"), [.authenticationUnknown]),
      (incoming.replacing("<port>", with: "<port>143</port><port>"), [.repeated]),
      ("<incomingServer type='jmap'/>", [.urlMissing]),
    ] as [(String, [ClientConfigurationFault.Kind])])
  func server(text: String, kinds: [ClientConfigurationFault.Kind]) {
    let configuration = read(head + domain + "\n" + text + "\n" + incoming + outgoing + tail)
    #expect(configuration.faults.map(\.kind) == kinds)
    #expect(configuration.faults.allSatisfy { $0.line == 2 })
    #expect(configuration.isUsable)
    #expect(configuration.incoming.count == 2)
  }

  @Test func `servers that clients pass over are as good as none`() {
    let configuration = read(head + domain + incoming.replacing("993", with: "x") + outgoing + tail)
    #expect(configuration.faults.map(\.kind) == [.portInvalid, .incomingMissing])
    #expect(!configuration.isUsable)
  }

  @Test(
    "What is no XML is said with its line",
    arguments: [
      ("", XMLError.Kind.empty), ("<!DOCTYPE html><html/>", .documentType),
      ("<!DOCTYPE a [<!ENTITY b 'c'>]><clientConfig>&b;</clientConfig>", .documentType),
      (String(repeating: "<clientConfig>", count: 1000), .tooDeep(limit: 32)),
      ("<clientConfig>" + String(repeating: "<a/>", count: 20_000), .tooManyElements(limit: 10_000)),
      (
        "<clientConfig>" + String(repeating: " ", count: 300_000) + "</clientConfig>",
        .tooLarge(limit: 262_144)
      ),
    ])
  func noXML(text: String, kind: XMLError.Kind) {
    let configuration = read(text)
    #expect(configuration.faults == [ClientConfigurationFault(kind: .xml(kind), line: 1)])
    #expect(!configuration.isUsable)
  }

  @Test func `an element that is never closed has the line of its end`() {
    let configuration = read(head + "\n" + domain + "\n</clientConfig>")
    #expect(configuration.faults.map(\.line) == [3])
    #expect(configuration.faults.first?.kind.effect == .discardsDocument)
  }

  @Test func `every fault has a sentence`() {
    for kind in [Kind.xml(.empty), .notClientConfiguration, .repeated] {
      #expect(kind.description.hasSuffix("."))
    }
  }
}
