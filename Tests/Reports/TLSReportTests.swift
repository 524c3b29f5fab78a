import Crypto
import DNSData
import Evidence
import Reports
import Testing
import Verdict

@testable import Rules

@Suite struct TLSReportTests {
  private func server(
    _ tls: ExampleHandshake = ExampleHandshake(), legacy: ExampleHandshake? = nil, tlsa: DANEVerdict? = nil
  ) throws -> TLSReport.Server {
    let conversation = try #require(ServerProbe.example(tls: tls)?.conversation)
    let old = legacy.flatMap { ServerProbe.example(policy: .legacy, tls: $0)?.conversation }
    return TLSReport.Server(
      try #require(IPAddress("192.0.2.1")), trouble: nil, handshake: conversation.handshake,
      verdicts: conversation.certificate, legacy: old?.handshake, tlsa: tlsa)
  }

  private func report(_ servers: TLSReport.Server...) throws -> TLSReport {
    TLSReport(
      .init(.name(try Name("mail.example.com")), port: 25, service: .smtp), servers, failures: [])
  }

  private func trouble(_ trouble: ServerTrouble) throws -> TLSReport.Server {
    TLSReport.Server(
      try #require(IPAddress("192.0.2.2")), trouble: trouble, handshake: nil, verdicts: nil, legacy: nil,
      tlsa: nil)
  }

  @Test func `one word sums up trust, dates, name and TLSA`() throws {
    #expect(try report(server()).word == .ok)
    let error = PathError(code: 20, reason: "unable to get local issuer certificate", depth: 0)
    #expect(try report(server(ExampleHandshake(trust: .untrusted(error)))).word == .untrusted)
    #expect(
      try report(server(ExampleHandshake(dates: .notYetValid(ExampleHandshake.time, depth: 0)))).word
        == .expired)
    #expect(try report(server(ExampleHandshake(nameMatches: false))).word == .mismatch)
    #expect(try report(server(tlsa: .noUsableRecord)).word == .mismatch)
    #expect(try report(server(tlsa: .failed(error, matched: nil))).word == .mismatch)
  }

  @Test func `what did not work has a word, and not knowing one of its own`() throws {
    let refusal = MailReply.example(502, "no"), deferral = MailReply.example(454, "later")
    #expect(try report(trouble(.closed)).word == .refused)
    #expect(try report(trouble(.noStartTLS)).word == .none)
    #expect(try report(trouble(.startTLSRefused(refusal))).word == .none)
    #expect(try report(trouble(.startTLSRefused(deferral))).word == .unknown)
    #expect(try report(trouble(.incomplete(.handshakeFailed(.alert(40))))).word == .failed)
    #expect(try report(trouble(.incomplete(.handshakeFailed(.timedOut)))).word == .unknown)
    #expect(try report(trouble(.noAnswer)).word == .unknown)
    #expect(try report().word == .unknown)
  }

  @Test func `a definite fault at one address outranks what is not known at another`() throws {
    #expect(try report(server(), trouble(.noAnswer)).word == .unknown)
    #expect(try report(trouble(.noAnswer), server(ExampleHandshake(nameMatches: false))).word == .mismatch)
  }

  @Test func `the facts, the chain and the record to paste are there`() throws {
    let text = try report(server(legacy: ExampleHandshake(version: .tls10))).text
    for part in [
      "ok\nmail.example.com port 25, STARTTLS in smtp\n", "version       TLS 1.3", "TLS_AES_128_GCM_SHA256",
      "x25519",
      "ECDSA+SHA256", "matches mail.example.com", "TLS 1.0 accepted", "CN=mail.example.com",
      "EC prime256v1, 256 bits",
      "2026-11-01 to 2027-01-30", "\n  _25._tcp.mail.example.com. IN TLSA 3 1 1 ",
    ] { #expect(text.contains(part), "\(part) in \(text)") }
    let json = try report(server()).json()
    for part in [
      "\"result\" : \"ok\"", "\"trusted\" : true", "\"nameMatches\" : true", "\"dates\" : \"inDate\"",
    ] {
      #expect(json.contains(part), "\(part)")
    }
  }

  @Test func `every line but the record fits eighty columns, and is harmless`() throws {
    let reply = MailReply.example(454, "\u{1B}[2J\u{202E}" + String(repeating: "later ", count: 60))
    let text = try report(server(), trouble(.startTLSRefused(reply))).text
    for line in text.split(separator: "\n") where !line.contains("TLSA 3 1 1") {
      #expect(line.count <= 80, "\(line)")
    }
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }
}
