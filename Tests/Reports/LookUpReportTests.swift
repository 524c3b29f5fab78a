import DNSData
import DNSSEC
import Evidence
import Foundation
import Reports
import Testing
import Verdict

@Suite struct LookUpReportTests {
  private let question: Question
  private let zone: Name
  private let answer: Answer
  private let expiration = Timestamp("2026-12-01T00:00:00Z") ?? Timestamp(seconds: 0)

  init() throws {
    zone = try Name("example.com")
    question = Question(try Name("mail.example.com"), .a)
    answer = Answer(
      question,
      .records(
        [Record(question.name, ttl: 300, try RecordData(type: .a, rdata: [192, 0, 2, 1]))], aliases: []),
      from: .server(try #require(ServerAddress("192.0.2.53"))), at: expiration)
  }

  private func report(_ security: Security, _ chain: [ChainLink] = []) -> LookUpReport {
    LookUpReport(answer, Validation(question: question, security: security, chain: chain))
  }

  private func lines(_ security: Security) -> [String] {
    report(security).text().split(separator: "\n").map(String.init)
  }

  @Test func `the verdict comes first, then the answer and who gave it`() {
    #expect(
      lines(.secure) == [
        "secure", "mail.example.com. A: records, says 192.0.2.53", "mail.example.com. 300 IN A 192.0.2.1",
      ])
  }

  @Test func `why it is not secure is one sentence that names the link`() throws {
    let keys = Question(zone, .dnskey)
    let tag: UInt16 = 12345
    let breaks: [(ChainBreak.Reason, Question, String)] = [
      (.noSignature, question, "mail.example.com A has no signature, though example.com is signed"),
      (.expired(expiration), question, "the signature of mail.example.com A expired on 2026-12-01T00:00:00Z"),
      (
        .noKeyMatchesDelegation(keyTags: [tag, 7]), keys,
        "no DNSKEY record of example.com is one that its DS records name (key tags 7 and 12345)"
      ),
      (
        .noSuchKey(keyTag: tag, algorithm: 13), question,
        "signed with key 12345 (ECDSAP256SHA256), which is not among the usable keys of example.com"
      ),
      (
        .denial(.noRecords), question,
        "that there is no mail.example.com A is not proven: the answer holds no NSEC or NSEC3 records"
      ),
    ]
    for (reason, broken, sentence) in breaks {
      let lines = lines(.bogus(ChainBreak(question: broken, zone: zone, reason: reason)))
      #expect(
        lines.first == "bogus" && lines[1].hasPrefix("Why: ") && lines[1].contains(sentence), "\(lines)")
    }
    let insecure = lines(.insecure(Insecurity(zone: zone, reason: .unsupportedAlgorithms([5]))))
    #expect(insecure[0] == "insecure")
    #expect(insecure[1].contains("signed with RSASHA1 alone, which validators treat as not signed"))
    let root = ChainBreak(question: Question(.root, .dnskey), zone: .root, reason: .noSignature)
    let own = lines(.indeterminate(.root(root)))
    #expect(own[0] == "indeterminate" && own[1].contains("of the domain this says nothing"))
  }

  @Test func `the chain is explained from the anchor down, to where it stopped`() throws {
    let chain = [
      ChainLink(
        question: Question(.root, .dnskey), zone: .root,
        proof: .keySet(.anchor, keyTag: 20326, algorithm: 8), expiration: expiration),
      ChainLink(question: Question(zone, .ds), zone: .root, proof: .denial, expiration: nil),
    ]
    let report = report(.insecure(Insecurity(zone: zone, reason: .unsignedDelegation)), chain)
    let lines = report.text(.chain).split(separator: "\n").map(String.init)
    #expect(
      Array(lines[2...4]) == [
        "  . DNSKEY: signed by key 20326 (RSASHA256), which the trust anchor names, until 2026-12-01T00:00:00Z",
        "  example.com. DS: . proves that there is none", "  Here it stopped.",
      ])
    #expect(!report.text().contains("20326"))
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? [String: Any])
    #expect(document["result"] as? String == "insecure")
    #expect(document["reason"] is String)
    #expect((document["chain"] as? [[String: Any]])?.first?["algorithm"] as? String == "RSASHA256")
    #expect(document["records"] as? [String] == ["mail.example.com. 300 IN A 192.0.2.1"])
  }
}
