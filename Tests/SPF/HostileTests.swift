// What strangers may publish to do harm: random octets, endless includes, huge
// records. What is tested is that nothing traps and that the work stays within its
// limits, not what comes out.

import DNSData
import SPF
import SeededRandom
import Testing

/// Foreign input must neither trap nor make the audit ask or hold more than its limits.
@Suite struct HostileTests {
  @Test func randomOctetsNeverTrap() throws {
    var random = SeededGenerator(seed: 7208)
    let alphabet = Array("v=spf1 a:/.%{}dirsl-+?~0123456789,;_ipxe\u{0}\t\u{FF}é".utf8)
    for _ in 0..<3000 {
      let length = Int.random(in: 0...60, using: &random)
      let tail = (0..<length).map { _ in
        Bool.random(using: &random)
          ? alphabet.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      let record = try #require(SPFRecord(Array("v=spf1 ".utf8) + tail))
      for fault in record.faults {
        #expect(fault.range.lowerBound >= fault.termRange.lowerBound)
        #expect(fault.range.upperBound <= fault.termRange.upperBound)
        #expect(fault.termRange.upperBound <= record.octets.count)
      }
      if record.faults.isEmpty {
        #expect(SPFRecord(record.description)?.terms.map(\.content) == record.terms.map(\.content))
      }
    }
  }

  @Test func randomMacrosAndSendersNeverTrap() throws {
    var random = SeededGenerator(seed: 7)
    let parts = [
      "%{s}", "%{l1r-}", "%{d99}", "%{h}", "%{ir}", "%{p}", "%{O2}", "%%", "%_", "..", "a", "-", ".",
    ]
    let senders = [
      "", "@", "@@", "a@", "@.", "@..", ".@.", "\u{0}@\u{0}.\u{0}", "a@b@example.com", "@example.com",
    ]
    for _ in 0..<500 {
      let spec = (0..<Int.random(in: 1...6, using: &random)).compactMap { _ in
        parts.randomElement(using: &random)
      }
      let table = try AnswerTable("@ TXT \"v=spf1 exists:\(spec.joined()).%{d} a:\(spec.joined())%{d} -all\"")
      let sender = senders.randomElement(using: &random) ?? ""
      _ = try table.check("2001:db8::1", from: sender, helo: "example.com")
      _ = try table.tree()
    }
  }

  /// Ten includes in every record, all different, without end.
  private static func bomb(_ question: Question) -> Answer {
    let includes = (0..<10).map { "include:x\($0).\(question.name.display.suffix(180))" }.joined(
      separator: " ")
    let outcome: Outcome =
      question.type == .txt
      ? .records([Record(question.name, ttl: 1, .txt(TXT("v=spf1 " + includes)))], aliases: [])
      : .noData(aliases: [])
    return Answer(question, outcome, from: .nobody, at: Timestamp(seconds: 0))
  }

  private func askUntilDone<Value>(_ evaluate: (KnownAnswers) -> Evaluation<Value>) -> (Value, questions: Int)
  {
    var known: [Question: Answer] = [:]
    while true {
      switch evaluate({ known[$0] }) {
      case .result(let value): return (value, known.count)
      case .needs(let questions): for question in questions { known[question] = Self.bomb(question) }
      }
    }
  }

  @Test func anIncludeBombIsBounded() throws {
    let name = try Name("example.com")
    let (tree, questions) = askUntilDone { SPFTree.evaluate(name, $0) }
    #expect(questions == SPFTreeLimit.maximumNodes)
    #expect(tree.limitsReached == [.nodes])
    #expect(tree.nodes.count == SPFTreeLimit.maximumNodes)
    let client = try #require(IPAddress("192.0.2.1"))
    let check = SPFCheck(client: client, mailFrom: "u@example.com", helo: "h", now: Timestamp(seconds: 0))
    let (verdict, asked) = askUntilDone { check.evaluate($0) }
    #expect(verdict.problem?.kind == .tooManyLookups)
    #expect(asked == 11)
  }

  @Test func aLongChainIsBoundedInDepth() throws {
    let chain = (0..<30).map { "c\($0) TXT \"v=spf1 include:c\($0 + 1).example.com\"" }.joined(
      separator: "\n")
    let run = try AnswerTable(chain).tree("c0.example.com")
    #expect(run.value.limitsReached == [.depth])
    #expect(run.value.lookups == 12)
    #expect(run.rounds == 12)
  }

  @Test func aHugeRecordIsBounded() throws {
    let name = try Name("example.com")
    let terms = (0..<5000).map { "a:h\($0).example.com" }.joined(separator: " ")
    let run = askUntilDoneOver("v=spf1 " + terms, name)
    #expect(run.tree.limitsReached == [.targets, .terms])
    #expect(run.tree.root.terms.count == SPFTreeLimit.maximumTerms)
    #expect(run.questions == 1 + 2 * SPFTreeLimit.maximumTargets)
  }

  private func askUntilDoneOver(_ text: String, _ name: Name) -> (tree: SPFTree, questions: Int) {
    var known: [Question: Answer] = [:]
    while true {
      switch SPFTree.evaluate(name, { known[$0] }) {
      case .result(let tree): return (tree, known.count)
      case .needs(let questions):
        for question in questions {
          let outcome: Outcome =
            question.type == .txt
            ? .records([Record(name, ttl: 1, .txt(TXT(text)))], aliases: []) : .noData(aliases: [])
          known[question] = Answer(question, outcome, from: .nobody, at: Timestamp(seconds: 0))
        }
      }
    }
  }

  @Test func manyFaultsInOneTermCostLittle() throws {
    let record = try #require(SPFRecord("v=spf1 a:" + String(repeating: "%{z}", count: 15_000)))
    #expect(record.faults.count == 15_000)
  }
}
