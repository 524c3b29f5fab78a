import DNSData
import Testing

@testable import DMARC

@Suite struct DMARCReportAuthorizationTests {
  @Test("The question is that of RFC 9990 §4's example")
  func question() throws {
    let policyDomain = try Name("blue.example.com")
    let host = try Name("red.example.net")
    guard
      case .needs(let questions) = DMARCReportAuthorization.evaluate(
        policyDomain: policyDomain, destinationHost: host, answers: { _ in nil })
    else {
      Issue.record("nothing was asked")
      return
    }
    #expect(try questions == [Question(Name("blue.example.com._report._dmarc.red.example.net"), .txt)])
  }

  @Test(
    "A record with the version authorises, and may name other addresses at the same host",
    arguments: [
      (["v=DMARC1"], "authorized"), (["v=DMARC1;"], "authorized"), (["v=DMARC1; p=x"], "authorized"),
      (["v=spf1 -all", "v=DMARC1"], "authorized"), (["v=DMARC1", "v=DMARC1"], "authorized"),
      ([], "notAuthorized"), (["v=spf1 -all"], "notAuthorized"), (["v=dmarc1"], "notAuthorized"),
      (["p=none; v=DMARC1"], "notAuthorized"),
      (["v=DMARC1; rua=mailto:other@RED.example.net"], "mailto:other@RED.example.net"),
      (["v=DMARC1; rua=mailto:other@blue.example.org"], "elsewhere"),
      (["v=DMARC1; rua=mailto:a@red.example.net,mailto:b@blue.example.org"], "elsewhere"),
      (["v=DMARC1", "v=DMARC1; rua=mailto:a@mail.red.example.net"], "elsewhere"),
      (["v=DMARC1; rua=https://red.example.net/"], "https://red.example.net/"),
      (["v=DMARC1; rua=https://192.0.2.1/"], "elsewhere"),
      // A tag without any valid address is dropped (RFC 9989 §4.7).
      (["v=DMARC1; rua=other@red.example.net"], "authorized"), (["!"], "unknown"),
    ])
  func results(texts: [String], expected: String) throws {
    let evaluation = DMARCReportAuthorization.evaluate(
      policyDomain: try Name("blue.example.com"), destinationHost: try Name("red.example.net")
    ) { question in
      let records = texts.map { Record(question.name, ttl: 60, .txt(TXT($0))) }
      let outcome: Outcome =
        if texts == ["!"] { .failure(.timeout) } else if records.isEmpty { .noSuchName(aliases: []) } else {
          .records(records, aliases: [])
        }
      return Answer(question, outcome, from: .zoneFile("test"), at: Timestamp(seconds: 0))
    }
    guard case .result(let authorization) = evaluation else {
      Issue.record("more was asked")
      return
    }
    let summary =
      switch authorization.result {
      case .authorized: "authorized"
      case .redirected(let uris): uris.map(\.description).joined(separator: ",")
      case .redirectedElsewhere: "elsewhere"
      case .notAuthorized: "notAuthorized"
      case .nameTooLong: "tooLong"
      case .unknown: "unknown"
      }
    #expect(summary == expected)
  }

  @Test("A name too long for the DNS authorises nobody, and is not asked for")
  func tooLong() throws {
    let long = try Name(labels: Array(repeating: Array(repeating: 0x61, count: 50), count: 4))
    let evaluation = DMARCReportAuthorization.evaluate(
      policyDomain: long, destinationHost: try Name("reports.a-provider-with-a-long-name.example"),
      answers: { _ in nil })
    guard case .result(let authorization) = evaluation else {
      Issue.record("something was asked")
      return
    }
    #expect(authorization.result == .nameTooLong && authorization.question == nil)
  }
}
